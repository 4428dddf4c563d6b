import type { Condition } from '../model/order.ts';
import type { Judgement, Rule, Seen } from './rule.ts';
import { judgeCurfew } from './rules/curfew.ts';
import { judgeExclusionZone } from './rules/exclusion-zone.ts';

/** Every rule under the kind of condition that it judges. A new rule is a file and a line here. */
export const RULES: { readonly [K in Condition['kind']]: Rule<Extract<Condition, { kind: K }>> } = {
  'exclusion-zone': judgeExclusionZone,
  curfew: judgeCurfew,
};

const judgeByKind = (seen: Seen): Judgement => {
  const { condition } = seen.supervised;
  switch (condition.kind) {
    case 'exclusion-zone':
      return RULES['exclusion-zone']({ ...seen, supervised: { ...seen.supervised, condition } });
    case 'curfew':
      return RULES.curfew({ ...seen, supervised: { ...seen.supervised, condition } });
    default:
      return condition satisfies never;
  }
};

/**
 * Asks the rule. One that throws is a finding of its own, and the wearer's other rules still run.
 */
export const judge = (seen: Seen, ask: (seen: Seen) => Judgement = judgeByKind): Judgement => {
  try {
    return ask(seen);
  } catch {
    // Record: the verdict says that the rule failed, and stands in the state until it answers
    // again.
    return { verdict: 'undetermined', reason: 'rule-failed', memory: seen.memory, dueAt: null };
  }
};
