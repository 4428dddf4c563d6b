import type { Place } from '../cloud/place.ts';
import type { Template } from '../cloud/template/template.ts';
import { awsCalls } from './aws-calls.ts';
import { type Grant, grantsOf, withoutGrant } from './grants.ts';
import { type Asked, type Rights, readRights } from './rights.ts';

/** What a grant is good for: the calls that are denied without it. None: it is one too many. */
export type JudgedGrant = { grant: Grant; deniedWithout: readonly Asked[] };

export type JudgedStack = {
  grants: readonly JudgedGrant[];
  /** Calls that are denied although nothing is taken away. */
  denied: readonly Asked[];
};

/** Every call that is known of a stack: those of its functions, and those of AWS's services. */
const allCalls = (rights: Rights, more: readonly Asked[]): Asked[] => {
  const byServices = awsCalls(rights).flatMap(({ asker, needs }) =>
    needs.map((need): Asked => ({ asker, need })),
  );
  return [...byServices, ...more];
};

/**
 * Takes each grant away, by itself, and asks for every call again. Nothing runs: this is the
 * template, its policies and the list of calls.
 */
export const judgeGrants = async (
  template: Template,
  place: Place,
  callsOfFunctions: (rights: Rights) => readonly Asked[],
): Promise<JudgedStack> => {
  const rights = await readRights(template, place);
  const calls = allCalls(rights, callsOfFunctions(rights));
  const allowed = calls.filter(({ asker, need }) => !rights.firstDenial(asker, [need]));
  const grants: JudgedGrant[] = [];
  for (const grant of grantsOf(rights.stack)) {
    const without = await readRights(withoutGrant(template, grant), place);
    const deniedWithout = allowed.filter(({ asker, need }) => without.firstDenial(asker, [need]));
    grants.push({ grant, deniedWithout });
  }
  return { grants, denied: calls.filter((call) => !allowed.includes(call)) };
};
