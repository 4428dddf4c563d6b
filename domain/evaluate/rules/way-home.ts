import * as z from 'zod';
import { distanceMetres } from '../../geo/plane.ts';
import { type Instant, instant, secondsAfter, secondsBetween } from '../../model/instant.ts';
import { covers, windowAt } from '../../time/active-intervals.ts';
import { staleFrom } from '../freshness.ts';
import { nextStartAfter } from '../next-start.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  leadSeconds: z.number().int().min(600).max(14_400),
  speedMetresPerSecond: z.number().min(0.5).max(40),
  marginSeconds: z.number().int().min(0).max(7_200),
  nearMetres: z.number().min(50).max(2_000),
  slackSeconds: z.number().int().min(0).max(1_800),
});
type Asked = Seen<ConditionOf<'curfew'>, z.infer<typeof thresholds>>;

/** Seconds that the way home takes, with the margin; or that they are there, or not seen. */
const secondsHome = ({ core: { lastFix }, watch, at }: Asked): number | 'there' | 'unseen' => {
  if (lastFix === null || at >= staleFrom(lastFix.at, watch.staleAfterSeconds)) return 'unseen';
  const { place, otherPlaces } = watch.condition;
  const metres = Math.min(...[place, ...otherPlaces].map((one) => distanceMetres(one, lastFix)));
  const { nearMetres, speedMetresPerSecond, marginSeconds } = watch.thresholds;
  return metres <= nearMetres ? 'there' : metres / speedMetresPerSecond + marginSeconds;
};

type Ahead = Readonly<{ wakeAt: Instant; startsAt: Instant }>;

const setOff = ({ wakeAt, startsAt }: Ahead): Judgement => {
  const found = { reason: 'leave-for-home', since: wakeAt, claims: null } as const;
  const memory = { toldFor: startsAt };
  return { verdict: 'violated', ...found, untilAt: startsAt, memory, dueAt: startsAt };
};

/** Before a curfew: whether to set off now, later, or not at all; looked at twice at most. */
const judgeBefore = (seen: Asked, ahead: Ahead): Judgement => {
  const { at, memory } = seen;
  const { wakeAt, startsAt } = ahead;
  if (memory.toldFor === startsAt) return setOff(ahead);
  const nothing = { verdict: 'not-applicable', reason: 'outside-hours' } as const;
  if (memory.settledFor === startsAt) return { ...nothing, memory, dueAt: startsAt };
  const lookAt = instant(memory.lookAt ?? wakeAt);
  if (at < lookAt) return { ...nothing, memory, dueAt: lookAt };
  const seconds = secondsHome(seen);
  // Whoever is not seen just now may be with the next fix, while there is still time.
  if (seconds === 'unseen') return { ...nothing, memory, dueAt: startsAt, rests: false };
  // Who stays where they were may seem a little nearer the second time.
  const slackSeconds = memory.lookAt === undefined ? 0 : seen.watch.thresholds.slackSeconds;
  const isLate = seconds !== 'there' && seconds + slackSeconds >= secondsBetween(at, startsAt);
  if (isLate) return setOff(ahead);
  if (seconds === 'there' || memory.lookAt !== undefined) {
    return { ...nothing, memory: { settledFor: startsAt }, dueAt: startsAt };
  }
  const laterAt = secondsAfter(startsAt, -Math.ceil(seconds));
  return { ...nothing, memory: { lookAt: laterAt }, dueAt: laterAt };
};

/**
 * Tells the wearer to set off while they can still be home in time. A while before each start of
 * the curfew it looks how far they are from home, by the last fix that is fresh; who need not set
 * off yet is looked at once more, when they must. Somebody at home is told nothing; somebody who is
 * not seen is looked at with the next fix.
 */
export const wayHome = defineRule({
  name: 'way-home',
  says: 'The wearer is told to set off when the way home takes what is left until the curfew.',
  kinds: ['curfew'],
  suffix: 'way-home',
  isPermissible: true,
  thresholds,
  usual: {
    ...{ leadSeconds: 3_600, speedMetresPerSecond: 4, marginSeconds: 600 },
    ...{ nearMetres: 200, slackSeconds: 120 },
  },
  basis: {
    leadSeconds: 'chosen: an hour before, so that a wearer is woken once a curfew',
    speedMetresPerSecond: 'chosen: 14 km/h as the crow flies, from door to door in a town',
    marginSeconds: 'chosen: ten minutes to finish what one is doing',
    nearMetres: 'chosen: from here nobody needs more than the margin',
    slackSeconds: 'chosen: some hundreds of metres, more than a receiver errs and less than a walk',
  },
  isEvidence: () => false,
  judge: (seen) => {
    const { watch, at } = seen;
    if (!covers(watch.active, at)) {
      const unknown = { verdict: 'undetermined', reason: 'hours-unknown', rests: true } as const;
      return { ...unknown, memory: {}, dueAt: null };
    }
    const nothing = { verdict: 'not-applicable', reason: 'outside-hours', memory: {} } as const;
    const startsAt = nextStartAfter(watch.active, at);
    const window = windowAt(watch.active, at);
    if (startsAt === null) return { ...nothing, dueAt: null };
    const leadAt = secondsAfter(startsAt, -watch.thresholds.leadSeconds);
    const wakeAt = window !== undefined && leadAt < window.endAt ? window.endAt : leadAt;
    if (window !== undefined || at < wakeAt) return { ...nothing, dueAt: wakeAt };
    return judgeBefore(seen, { wakeAt, startsAt });
  },
});
