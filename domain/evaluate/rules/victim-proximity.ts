import * as z from 'zod';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import {
  alertMetresSchema,
  lossSecondsSchema,
  preAlertFactorSchema,
} from '../../model/conditions/victim-proximity.ts';
import type { WearerId } from '../../model/ids.ts';
import { type Instant, instant, secondsAfter, secondsBetween } from '../../model/instant.ts';
import { heardAgainAt, silenceDueAt, silentSince } from '../heard.ts';
import { type Closeness, TOGETHER } from '../pair/closeness.ts';
import { judgeDistance, judgeInHours } from '../pair/judge-distance.ts';
import { holdSeconds, type Members } from '../pair/leash.ts';
import { apartMetres, heardOf } from '../pair/sides.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  certainty: certaintySchema,
  alertMetres: alertMetresSchema,
  preAlertFactor: preAlertFactorSchema,
  leaveFactor: z.number().min(1).max(3),
  closingMetresPerSecond: z.number().min(1).max(60),
  lagCapSeconds: z.number().int().min(0).max(900),
  waitSeconds: z.number().int().min(0).max(900),
  lossSeconds: lossSecondsSchema,
});
type Numbers = z.infer<typeof thresholds>;
type Asked = Seen<ConditionOf<'victim-proximity'>, Numbers>;

/** The inner circle, the outer one, and the loss of either device. */
const TIERS = ['', 'approach', 'wearer-lost', 'protected-lost'] as const;

const closenessOf = (tier: string, numbers: Numbers): Closeness => {
  const factor = tier === '' ? 1 : numbers.preAlertFactor;
  const enterMetres = numbers.alertMetres * factor;
  const { closingMetresPerSecond, lagCapSeconds, waitSeconds } = numbers;
  const leaveMetres = enterMetres * numbers.leaveFactor;
  const lag = { closingMetresPerSecond, lagCapSeconds, waitSeconds, lagIs: 'reach' } as const;
  return { enterMetres, leaveMetres, ...lag };
};

const membersOf = ({ watch }: Asked): Members => [watch.about, watch.condition.protectedPersonId];

/** Within a circle is enough: nobody waits for them to stay. */
const judgeCircle = (seen: Asked): Judgement => {
  const { watch, core, at } = seen;
  const reason = watch.tier === '' ? 'near-protected-person' : 'approaching-protected-person';
  const distanceMetres = apartMetres(core.sides, membersOf(seen));
  const found = { reason, since: at, claims: 'inside', distanceMetres } as const;
  return judgeDistance(seen, {
    other: watch.condition.protectedPersonId,
    closeness: closenessOf(watch.tier, watch.thresholds),
    certainty: watch.thresholds.certainty,
    together: () => ({ verdict: 'violated', ...found, memory: {}, dueAt: null }),
  });
};

type Silence = Readonly<{ since: Instant | null; dueAt: Instant | null }>;

/** Since when one of the two is silent too long, or when they will be. */
const silenceOf = (seen: Asked, who: WearerId, allowedSeconds: number): Silence => {
  const { core, memory, at } = seen;
  const heard = heardOf(core.sides, who);
  if (heard.length === 0) {
    const watchedSince = instant(memory.watchedSince ?? at);
    const dueAt = secondsAfter(watchedSince, allowedSeconds);
    return at < dueAt ? { since: null, dueAt } : { since: watchedSince, dueAt: null };
  }
  const silent = silentSince(heard, at);
  return silent !== null && secondsBetween(silent, at) >= allowedSeconds
    ? { since: silent, dueAt: heardAgainAt(heard, at) }
    : { since: null, dueAt: silenceDueAt(heard, at, allowedSeconds) };
};

const judgeLoss = (seen: Asked): Judgement => {
  const { watch, core, memory, at } = seen;
  const isWearer = watch.tier === 'wearer-lost';
  const who = isWearer ? watch.about : watch.condition.protectedPersonId;
  const far = holdSeconds(core.sides, membersOf(seen), closenessOf('approach', watch.thresholds));
  const { since, dueAt } = silenceOf(seen, who, watch.thresholds.lossSeconds + far);
  // Of two people of whom nothing was ever heard it is not these devices that are lost.
  if (core.sides === undefined) {
    const nothing = { verdict: 'undetermined', reason: 'no-recent-evidence' } as const;
    return { ...nothing, memory: {}, dueAt: null };
  }
  const isHeard = heardOf(core.sides, who).length > 0;
  const kept = isHeard ? {} : { watchedSince: memory.watchedSince ?? at };
  const answer = { memory: kept, dueAt } as const;
  if (since === null) return { ...answer, verdict: 'satisfied', reason: 'in-order' };
  const reason = isWearer ? 'wearer-device-lost' : 'protected-device-lost';
  return { ...answer, verdict: 'violated', reason, since, claims: null };
};

/**
 * A zone that moves with a protected person: an alert within its radius, an earlier one within
 * twice that. What either may have come nearer since they were last seen counts as come nearer, and
 * the loss of either device is an alert of its own. Two people so far apart that they could not
 * meet for a while may be silent for that while longer.
 */
export const victimProximity = defineRule({
  name: 'victim-proximity',
  says: 'The wearer keeps away from a protected person, and both devices are heard.',
  kinds: ['victim-proximity'],
  suffix: null,
  tiers: () => TIERS,
  thresholds,
  usual: {
    certainty: 0.9,
    alertMetres: 500,
    preAlertFactor: 2,
    leaveFactor: 1.2,
    closingMetresPerSecond: 14,
    lagCapSeconds: 300,
    waitSeconds: 60,
    lossSeconds: 900,
  },
  basis: {
    certainty: 'two fixes that agree; a single one stays below it and never decides',
    alertMetres: "Spain's Cometa alarms at 500 m",
    preAlertFactor: 'France: the pre-alert is twice the distance that the judge sets',
    leaveFactor: 'chosen: an edge of 100 m at 500 m keeps one approach one alert',
    closingMetresPerSecond: 'chosen: 50 km/h, as in town; the order may say more',
    lagCapSeconds: 'chosen: an upload every four minutes, and one more',
    waitSeconds: 'chosen: a minute for what was sent at the same time; more would warn too late',
    lossSeconds: 'chosen: a quarter of the hour that other orders wait for a silent device',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'fix',
  question: (_, { tier }) => (tier === '' || tier === 'approach' ? TOGETHER : null),
  closeness: ({ tier, thresholds: numbers }) =>
    tier === '' || tier === 'approach' ? closenessOf(tier, numbers) : null,
  judge: (seen) => judgeInHours(seen, seen.watch.question === null ? judgeLoss : judgeCircle),
});
