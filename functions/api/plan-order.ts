import { planChecks, planProblems } from '#domain/checks/plan-checks.ts';
import type { CheckPlans } from '#domain/model/check-plan.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import { textsStoppedAt } from '#domain/model/texts-off.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { checkPlansFrom } from '../adapters/dynamodb/check-plans.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { type Item, readJson } from '../adapters/dynamodb/items.ts';
import { loadTextsOff } from '../adapters/dynamodb/wearer-texts.ts';
import type { Problem, Reading } from './problems.ts';

/** An order lasts at most two years: with a year to spare, as hours are compiled. */
const PLANNED_SECONDS = 3 * 366 * DAY_SECONDS;

type Known = Readonly<{
  /** The order as it stands. */
  known: Item | null;
  newSeed: string;
  now: Instant;
}>;

const plansOf = (known: Item | null): CheckPlans | null => {
  try {
    return checkPlansFrom(known);
  } catch {
    // Record: what cannot be read is planned anew with the order that mends it.
    return null;
  }
};

/** The checks of an order, planned as far as hours are known; null where it asks for none. */
export const readPlan = (
  order: Order,
  { known, newSeed, now }: Known,
): Reading<CheckPlans | null> => {
  const untilAt = secondsAfter(now, PLANNED_SECONDS);
  const plans = planChecks({ order, before: plansOf(known), newSeed, now, untilAt });
  const problems = planProblems(order, plans, now);
  return problems.length === 0 ? { ok: true, value: plans } : { ok: false, problems };
};

/** Checks that nobody can ask for: the order is good, and whoever puts it should know. */
export const promptWarnings = async (
  documents: Pick<Documents, 'loadItem'>,
  agencyId: AgencyId,
  { order, wearer }: Readonly<{ order: Order; wearer: Item }>,
): Promise<Problem[]> => {
  const checked = order.conditions.flatMap(({ kind }, i) => (kind === 'check-in' ? [i] : []));
  if (checked.length === 0) return [];
  const { mobile } = readJson(wearer, 'body', wearerSchema);
  const textsOff = mobile === null ? [] : await loadTextsOff(documents, agencyId, mobile);
  const isOff = textsStoppedAt(textsOff) !== null;
  if (mobile !== null && !isOff) return [];
  const [code, why] = isOff
    ? ['texts-stopped', 'the wearer has stopped texts']
    : ['no-mobile', 'the wearer has no mobile number'];
  const message = `${why}: no text message asks them for their checks`;
  return checked.map((i) => ({ code, path: `conditions.${i}`, message }));
};
