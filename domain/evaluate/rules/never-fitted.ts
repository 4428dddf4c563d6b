import * as z from 'zod';
import { earliest, type Instant, laterOf, secondsAfter } from '../../model/instant.ts';
import { type Activation, activationPhaseAt } from '../../model/wearer.ts';
import { withinGrace } from '../grace.ts';
import { type During, within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  fittedWithinSeconds: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400),
  firstDataWithinSeconds: z
    .number()
    .int()
    .min(900)
    .max(7 * 86_400),
});
type Asked = Seen<ConditionOf<'device-care'>, z.infer<typeof thresholds>>;

const FIRST_DATA = 'data';

const wornAt = ({ watch: { activations } }: Asked, at: Instant): Activation[] =>
  activations.filter((activation) => activationPhaseAt(activation, at) === 'active');

/** When the order's time begins or ends next, or a device goes on or comes off. */
const turnsAt = ({ watch, at }: Asked, { edgeAt }: During): Instant | null => {
  const edges = watch.activations.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const ahead = edges.filter((edge) => edge !== null && edge > at);
  return earliest([edgeAt, ...ahead]);
};

/** Since when nobody wears a device, within the order's time. */
const bareSince = ({ watch, at }: Asked, { window }: During): Instant =>
  watch.activations.reduce(
    (since, { endsAt }) => (endsAt !== null && endsAt <= at ? laterOf(since, endsAt) : since),
    window.startAt,
  );

/** By our receipts: what a device kept and uploads later tells nobody that it works. */
const isHeard = ({ core, at }: Asked, { startsAt }: Activation): boolean =>
  core.heard.some(({ fromAt, toAt }) => fromAt <= at && toAt >= startsAt);

/** From when anything of a device could be taken: it may come on record after it was put on. */
const expectedFrom = ({ startsAt, registeredAt = startsAt }: Activation): Instant =>
  laterOf(startsAt, registeredAt);

/**
 * From when the grace counts. An order may come on record long after it began, as when an agency
 * moves here: nobody is told at once that nothing was heard of anybody until then.
 */
const graceFrom = ({ core, watch }: Asked, since: Instant): Instant =>
  laterOf(since, core.watches[watch.watchId]?.validFrom ?? since);

const judgeDevice = (seen: Asked, during: During): Judgement => {
  const answer = { memory: {}, dueAt: turnsAt(seen, during), rests: true };
  if (wornAt(seen, seen.at).length > 0) {
    return { ...answer, verdict: 'satisfied', reason: 'in-order' };
  }
  const since = bareSince(seen, during);
  const { fittedWithinSeconds } = seen.watch.thresholds;
  const graceEndsAt = secondsAfter(graceFrom(seen, since), fittedWithinSeconds);
  if (seen.at < graceEndsAt) return withinGrace(graceEndsAt, answer);
  return { ...answer, verdict: 'violated', reason: 'no-device', since, claims: null };
};

const judgeFirstData = (seen: Asked, during: During): Judgement => {
  const worn = wornAt(seen, seen.at);
  const answer = { memory: {}, dueAt: turnsAt(seen, during) };
  if (worn.length === 0) return { ...answer, verdict: 'not-applicable', reason: 'covered' };
  const unheard = worn.filter((activation) => !isHeard(seen, activation));
  const first = earliest(unheard.map(expectedFrom));
  if (first === null) return { ...answer, verdict: 'satisfied', reason: 'in-order' };
  const since = laterOf(first, during.window.startAt);
  const { firstDataWithinSeconds } = seen.watch.thresholds;
  const graceEndsAt = secondsAfter(graceFrom(seen, since), firstDataWithinSeconds);
  const waiting = { ...answer, silence: 'until-heard', rests: false } as const;
  if (seen.at < graceEndsAt) return withinGrace(graceEndsAt, waiting);
  return { ...waiting, verdict: 'violated', reason: 'no-first-data', since, claims: null };
};

/**
 * While an order is in force the wearer has a device on, and it has been heard of. It needs no
 * event to find it: putting the order is enough. Also finds that a device came off and none came
 * after. Of two devices worn at once one that is heard of speaks for the other, too.
 */
export const neverFitted = defineRule({
  name: 'never-fitted',
  says: 'While the order is in force a device is on the wearer, and was heard of once it was.',
  kinds: ['device-care'],
  suffix: 'fitted',
  tiers: () => ['', FIRST_DATA],
  thresholds,
  usual: { fittedWithinSeconds: 86_400, firstDataWithinSeconds: 3_600 },
  basis: {
    fittedWithinSeconds:
      'chosen: a day, for the fitting visit; in 2024 hundreds of released people went untagged, some for eight weeks, and nothing said so (Serco, England and Wales)',
    firstDataWithinSeconds: 'an hour, as for a device that falls silent',
  },
  isEvidence: () => false,
  judge: (seen) => within(seen, seen.watch.tier === FIRST_DATA ? judgeFirstData : judgeDevice),
});
