import * as z from 'zod';
import { type CheckPlans, checkSeedSchema } from '#domain/model/check-plan.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import { type Item, packJson, readPackedJson } from './items.ts';

/** Checks as seconds, each after the one before, the first after 1970: a third of the room. */
const packedSchema = z.object({
  seed: checkSeedSchema,
  plans: z.record(
    conditionIdSchema,
    z.object({ fromAt: instantSchema, untilAt: instantSchema, steps: z.array(z.number()) }),
  ),
});

const stepsOf = (askedAt: readonly Instant[]): number[] =>
  askedAt.map((at, i) => (at - (askedAt[i - 1] ?? 0)) / 1000);

const instantsOf = (steps: readonly number[]): Instant[] => {
  let at = instantSchema.parse(0);
  return steps.map((step) => {
    at = secondsAfter(at, step);
    return at;
  });
};

/** The plans of an order's checks as an attribute beside it; nothing where there are none. */
export const checkPlansAttribute = (found: CheckPlans | null): Item => {
  if (found === null) return {};
  const plans = Object.entries(found.plans).map(([id, { askedAt, ...plan }]) => [
    id,
    { ...plan, steps: stepsOf(askedAt) },
  ]);
  return { checks: packJson({ seed: found.seed, plans: Object.fromEntries(plans) }) };
};

/** The plans that are kept with an order; null where it asks for no checks. */
export const checkPlansFrom = (item: Item | null): CheckPlans | null => {
  if (item?.checks === undefined) return null;
  const { seed, plans } = readPackedJson(item, 'checks', packedSchema);
  const read = Object.entries(plans).map(([id, { steps, ...plan }]) => [
    id,
    { ...plan, askedAt: instantsOf(steps) },
  ]);
  return { seed, plans: Object.fromEntries(read) };
};
