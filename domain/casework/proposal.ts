import type { Order } from '../model/order.ts';
import type { DecisionKind } from './decision.ts';
import { type Ground, groundsOf, type Rung, warningsSince } from './grounds.ts';
import { countedOf, type ProposalFacts, warningsStanding } from './proposal-facts.ts';

/** What the system suggests, and why. It decides nothing. */
export type Proposal = Readonly<{ kind: DecisionKind; grounds: readonly Ground[] }>;

/** What is proposed, the mildest first, and why something is not. */
export type Proposals = Readonly<{
  proposals: readonly Proposal[];
  /** Warnings that stand, and are reckoned with. */
  warnings: number;
  /** Somebody needs care, or is under reduced supervision for it: nothing is held against them. */
  heldBack: 'care-first' | null;
}>;

/** Who is out on licence goes back by a recall; everybody else before a court by a breach. */
const ON_LICENCE: readonly Order['type'][] = ['post-release', 'home-detention-curfew'];

const kindOf = (rung: Rung, warnings: number, order: Order): DecisionKind => {
  if (rung === 'support') return 'supervision-level';
  if (rung === 'warning' && warnings === 0) return 'first-warning';
  if (rung === 'warning' && warnings === 1) return 'second-warning';
  return ON_LICENCE.includes(order.type) ? 'recall-requested' : 'breach-initiated';
};

const MILDEST_FIRST: readonly DecisionKind[] = [
  'referral',
  'supervision-level',
  'first-warning',
  'second-warning',
  'breach-initiated',
  'recall-requested',
];

const isCare = ({ code }: Ground): boolean => code === 'welfare';

/**
 * What follows from what is on record, as a proposal: for each ground the mildest answer that is
 * adequate to it, with all grounds that call for the same. What was excused is left out, and what
 * has been answered by a decision that stands is no ground any more; warnings that stand make the
 * next answer graver. The same facts give the same proposals.
 */
export const proposalsOf = (facts: ProposalFacts): Proposals => {
  const warnings = warningsStanding(facts, warningsSince(facts));
  const all = groundsOf(facts, countedOf(facts));
  const needsCare = all.some(isCare) || facts.level.level === 'reduced-for-care';
  const grounds = needsCare ? all.filter(({ rung }) => rung === 'support') : all;
  const byKind = new Map<DecisionKind, Ground[]>();
  for (const ground of grounds) {
    const kind = isCare(ground) ? 'referral' : kindOf(ground.rung, warnings, facts.order);
    byKind.set(kind, [...(byKind.get(kind) ?? []), ground]);
  }
  const proposals = MILDEST_FIRST.flatMap((kind) => {
    const of = byKind.get(kind);
    return of === undefined ? [] : [{ kind, grounds: of }];
  });
  const heldBack = grounds.length < all.length ? 'care-first' : null;
  return { proposals, warnings, heldBack };
};
