import * as z from 'zod';
import type { DeviceStatus } from '../../model/device-event.ts';
import { earliest, type Instant, instant, laterOf, secondsAfter } from '../../model/instant.ts';
import type { ViolationReason } from '../../model/reasons.ts';
import { afterReading, emptyAt, isRecharged } from '../battery/discharge.ts';
import { eveningReminder } from '../battery/last-the-night.ts';
import { stateCalled } from '../core.ts';
import { type During, within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Memory, type Seen } from '../rule.ts';

const percentSchema = z.number().min(1).max(90);
const thresholds = z.object({
  lowPercent: percentSchema,
  criticalPercent: percentSchema,
  leftSeconds: z.number().int().min(0).max(86_400),
  backAbovePercent: z.number().min(0).max(50),
  chargeEverySeconds: z.number().int().min(3_600).max(1_209_600),
  leastDropPercent: z.number().min(1).max(50),
  chargedRisePercent: z.number().min(0).max(50),
  fullPercent: z.number().min(50).max(100),
  eveningMinutes: z.number().int().min(960).max(1_380),
  remindSeconds: z.number().int().min(1_800).max(14_400),
  nightSeconds: z.number().int().min(14_400).max(57_600),
});
type Asked = Seen<ConditionOf<'device-care'>, z.infer<typeof thresholds>>;

/** At what a level is met: a share, or the device's own words where it gives none. */
type Level = Readonly<{ percent: number; words: readonly DeviceStatus['battery'][] }>;

const saysSomething = ({ batteryPercent, battery, charging }: DeviceStatus): boolean =>
  batteryPercent !== null || battery !== 'unknown' || charging !== null;

/** Since when it has been at or below a level; a little above it still counts as there. */
const withLevel = (seen: Asked, status: DeviceStatus, { percent, words }: Level): Memory => {
  const { batteryPercent: now, battery, charging } = status;
  const { belowAt, ...rest } = seen.memory;
  const known = { ...rest, said: 1 };
  const backAt = percent + seen.watch.thresholds.backAbovePercent;
  const isBack = charging === true || (now === null ? battery === 'good' : now >= backAt);
  if (isBack) return known;
  const isBelow = now === null ? words.includes(battery) : now <= percent;
  const since = belowAt ?? (isBelow ? seen.at : undefined);
  return since === undefined ? known : { ...known, belowAt: since };
};

/** When it has been charged last, as far as can be told; at the first word of it, then. */
const withCharge = ({ memory, at, watch }: Asked, status: DeviceStatus): Memory => {
  const { batteryPercent, charging } = status;
  const percent = batteryPercent ?? memory.percent;
  const isCharged = charging === true || isRecharged(memory, batteryPercent, watch.thresholds);
  const chargedAt = isCharged || memory.chargedAt === undefined ? at : memory.chargedAt;
  return { chargedAt, ...(percent === undefined ? {} : { percent }) };
};

type Tier = Readonly<{
  reason: ViolationReason;
  remember: (seen: Asked, status: DeviceStatus) => Memory;
  /** From when on it is violated, by what is remembered; null: not as things stand. */
  fromAt: (memory: Memory, seen: Asked) => Instant | null;
}>;

const belowAtOf = ({ belowAt }: Memory): Instant | null =>
  belowAt === undefined ? null : instant(belowAt);

/** Forecasts waver: said to be empty soon, it stays so until twice that time seems to be left. */
const withForecast = ({ watch, at }: Asked, memory: Memory): Memory => {
  const { soonAt: _, ...rest } = memory;
  const endAt = emptyAt(memory);
  const isNear = endAt !== null && endAt <= secondsAfter(at, 2 * watch.thresholds.leftSeconds);
  return isNear ? memory : rest;
};

const LOW: Tier = {
  reason: 'battery-low',
  remember: (seen, status) =>
    withLevel(seen, status, {
      percent: seen.watch.thresholds.lowPercent,
      words: ['low', 'critical'],
    }),
  fromAt: belowAtOf,
};

/** From when on it is forecast to be empty soon: never from before the reading that shows it. */
const soonFrom = (memory: Memory, { watch }: Asked): Instant | null => {
  const { percentAt } = memory;
  const endAt = emptyAt(memory);
  if (endAt === null || percentAt === undefined) return null;
  return laterOf(secondsAfter(endAt, -watch.thresholds.leftSeconds), instant(percentAt));
};

const CRITICAL: Tier = {
  reason: 'battery-critical',
  remember: (seen, status) => {
    const { at, watch } = seen;
    const { thresholds: by } = watch;
    const level = { percent: by.criticalPercent, words: ['critical'] as const };
    return withForecast(seen, afterReading(withLevel(seen, status, level), status, { at, by }));
  },
  fromAt: (memory, seen) => {
    const { soonAt } = memory;
    const knownAt = soonAt === undefined ? null : instant(soonAt);
    return earliest([belowAtOf(memory), knownAt, soonFrom(memory, seen)]);
  },
};

const CHARGING: Tier = {
  reason: 'charging-missed',
  remember: withCharge,
  fromAt: ({ chargedAt }, { watch }) =>
    chargedAt === undefined
      ? null
      : secondsAfter(instant(chargedAt), watch.thresholds.chargeEverySeconds),
};

const NIGHT = 'night';
const LEVELS: Readonly<Record<string, Tier>> = { low: LOW, critical: CRITICAL, charging: CHARGING };

const judgeNight = (seen: Asked, { edgeAt }: During): Judgement => {
  const { watch, at, core } = seen;
  const low = stateCalled(core, `${watch.firstWatchId}.battery.low`);
  const { memory, dueAt, told } = eveningReminder(seen.memory, {
    ...{ at, timeZone: watch.timeZone, by: watch.thresholds },
    isToldLow: low?.verdict === 'violated',
  });
  const answer = { memory, dueAt: earliest([dueAt, edgeAt]), rests: true };
  return told === null
    ? { ...answer, verdict: 'satisfied', reason: 'in-order' }
    : { ...answer, verdict: 'violated', reason: 'charge-tonight', claims: null, ...told };
};

const judgeLevel = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { watch, memory, at } = seen;
  const tier = LEVELS[watch.tier] ?? LOW;
  const answer = { memory, dueAt: edgeAt, rests: true };
  if (Object.keys(memory).length === 0) {
    return { ...answer, verdict: 'undetermined', reason: 'not-reported' };
  }
  const fromAt = tier.fromAt(memory, seen);
  if (fromAt === null || at < fromAt) {
    const dueAt = earliest([fromAt, edgeAt]);
    return { ...answer, dueAt, verdict: 'satisfied', reason: 'in-order' };
  }
  const found = { reason: tier.reason, since: laterOf(fromAt, window.startAt), claims: null };
  const kept = tier === CRITICAL ? { ...memory, soonAt: fromAt } : memory;
  return { ...answer, memory: kept, verdict: 'violated', ...found };
};

/**
 * The battery is charged before it is empty. Low: the wearer is reminded. About to be empty, by its
 * share or by how fast it has been draining: somebody must act, for a dead device watches nobody.
 * Not charged in its time: the officer should know. In the evening the wearer is reminded where it
 * will not last the night. A device that says nothing of its battery is
 * undetermined.
 */
export const battery = defineRule({
  name: 'battery',
  says: 'The battery is charged in its time, and before it is empty.',
  kinds: ['device-care'],
  suffix: 'battery',
  tiers: () => [...Object.keys(LEVELS), NIGHT],
  thresholds,
  usual: {
    lowPercent: 20,
    criticalPercent: 10,
    leftSeconds: 1_800,
    backAbovePercent: 5,
    chargeEverySeconds: 93_600,
    leastDropPercent: 5,
    chargedRisePercent: 3,
    fullPercent: 95,
    eveningMinutes: 1_200,
    remindSeconds: 7_200,
    nightSeconds: 39_600,
  },
  basis: {
    lowPercent: 'chosen: twice the critical share, while there is time to charge',
    criticalPercent: 'a tenth: critical battery of monitoring protocols (Shadowtrack, SCRAM)',
    leftSeconds: 'half an hour left: critical battery of the same protocols',
    backAbovePercent: 'chosen: five points, so that a gauge that wavers opens nothing twice',
    chargeEverySeconds: 'chosen: charged daily, and two hours beside',
    leastDropPercent: 'chosen: five points, several times what a gauge errs by',
    chargedRisePercent: 'chosen: more than a gauge errs by',
    fullPercent: 'chosen: nobody is as full as that who was not charged since',
    eveningMinutes: 'chosen: 20:00 on the clock of the order, minutes after midnight',
    remindSeconds: 'chosen: two hours, until most people go to bed',
    nightSeconds: 'chosen: eleven hours, until seven in the morning',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'device-status' && saysSomething(event),
  judge: (seen) => {
    const { watch, input } = seen;
    const tier = watch.tier === NIGHT ? CRITICAL : (LEVELS[watch.tier] ?? LOW);
    const status = input?.kind === 'device-status' && saysSomething(input) ? input : null;
    const memory = status === null ? seen.memory : tier.remember(seen, status);
    const judgeTier = watch.tier === NIGHT ? judgeNight : judgeLevel;
    return within({ ...seen, memory }, judgeTier, () => ({ memory }));
  },
});
