import { type Fix, fixSchema } from '#domain/model/device-event.ts';
import { activationIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Leg } from './diary.ts';
import { errorsOf } from './errors.ts';
import { flagsOf } from './flags.ts';
import { apart, onEarth, type Point, plus } from './ground.ts';
import type { Random } from './random.ts';
import type { Receiver } from './receivers.ts';
import type { WorldSettings } from './settings.ts';
import { whereIn } from './truth.ts';

export const ACTIVATION = activationIdSchema.parse('tag');
/** Midnight before the first day of every wearer. */
export const STARTS_AT = instant(Date.UTC(2026, 2, 2));
const DAY_MINUTES = 1_440;

export const atMinute = (minute: number): Instant =>
  instant(STARTS_AT + Math.round(minute * 60_000));

const BLANK: Fix = fixSchema.parse({
  kind: 'fix',
  activationId: ACTIVATION,
  recordedAt: STARTS_AT,
  receivedAt: STARTS_AT,
  lat: 0,
  lon: 0,
});

/** What a wearer wears, and where they live. */
export type Device = Readonly<{
  random: Random;
  receiver: Receiver;
  settings: WorldSettings;
  home: Point;
}>;

/** What the receiver takes its own radius at 68 % for, metres. */
const radius68 = ({ random, settings }: Device, error: Point, isIndoors: boolean): number => {
  const usual = isIndoors ? 14 : 7;
  const off = apart(error, { x: 0, y: 0 }) / (isIndoors ? 22 : 6);
  const told = Math.min(3, Math.max(0.4, off ** settings.telling));
  return Math.round(Math.max(2, usual * told * Math.exp(0.3 * random.normal())) * 10) / 10;
};

/** Now and then a stretch of a day without a fix. */
const drawGap = ({ random, settings }: Device, dayStart: number) => {
  if (!random.chance(settings.gapDays)) return { from: dayStart, to: dayStart };
  const from = dayStart + random.between(0, DAY_MINUTES);
  return { from, to: from + 5 + random.exponential(25) };
};

type Moment = Readonly<{ leg: Leg; minute: number; since: number }>;

const watcher = (device: Device) => {
  const { random, receiver, settings, home } = device;
  const errors = errorsOf(random, settings);
  const flags = flagsOf(random, settings);
  return ({ leg, minute, since }: Moment): Fix | null => {
    const building = leg.kind === 'stay' ? leg.building : null;
    const [isIndoors, isHome] = [building !== null, leg.kind === 'stay' && leg.isHome];
    const truth = whereIn(leg, minute);
    const error = errors.next(since, building);
    const shown = plus(truth, errors.outlier() ?? error);
    const motion = flags.motion(leg.kind === 'way', isHome);
    const homeUnit = flags.unit(apart(truth, home), isHome, since);
    const stated = receiver.state(random, {
      radius68: radius68(device, error, isIndoors),
      isIndoors,
    });
    if (random.chance(isIndoors ? 0.04 : 0.01)) return null;
    const at = atMinute(minute);
    return {
      ...BLANK,
      ...{ recordedAt: at, receivedAt: at, motion, homeUnit },
      ...onEarth(settings.origin, shown),
      ...stated,
    };
  };
};

/** What a device sends of a stretch of somebody's life: a fix a minute, but for what is lost. */
export const observe = (device: Device, legs: readonly Leg[]): Fix[] => {
  const look = watcher(device);
  const fixes: Fix[] = [];
  let minute = Math.ceil(legs[0]?.fromMinute ?? 0);
  let gap = drawGap(device, minute);
  for (const leg of legs) {
    for (; minute < leg.toMinute; minute += 1) {
      if (minute % DAY_MINUTES === 0) gap = drawGap(device, minute);
      const fix = look({ leg, minute, since: 1 });
      const isLost = minute > gap.from && minute < gap.to;
      if (fix !== null && !isLost) fixes.push(fix);
    }
  }
  return fixes;
};
