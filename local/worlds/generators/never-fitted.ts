import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeActivation, MadeDay, MadeEvent, Truth } from './made-day.ts';

const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const HOUR = 3_600;
const DAY = 24 * HOUR;

const heardFrom = (from: Instant, until: Instant): MadeEvent[] => {
  const events: MadeEvent[] = [];
  for (let at = from; at < until; at = secondsAfter(at, 1_200)) {
    events.push({ kind: 'device-status', recordedAt: toIso(at), batteryPercent: 80 });
  }
  return events;
};

type Made = Readonly<{
  devices: readonly MadeActivation[];
  events: readonly MadeEvent[];
  truth: readonly Truth[];
}>;

/** The order begins with the day, and goes on after it. */
const fittingDays = (made: Made): MadeDay => ({
  ...{ rule: 'never-fitted', startsAt: STARTS_AT, endsAt: secondsAfter(STARTS_AT, 3 * DAY) },
  order: { conditions: [], deviceCare: {}, startsAt: toIso(STARTS_AT) },
  ...made,
});

const found = { conditionId: 'device-care', withinSeconds: 1 };

/** Nobody puts a device on; or one is taken off, and none follows. */
export const goesUnfitted = (seed: number): MadeDay => {
  if (chance(seed, 1) < 0.5) {
    const beganAt = secondsAfter(STARTS_AT, DAY);
    return fittingDays({
      ...{ devices: [], events: [] },
      truth: [{ ...found, reasons: ['no-device'], beganAt }],
    });
  }
  const startsAt = secondsAfter(STARTS_AT, Math.round(between(0, 12 * HOUR, seed, 2)));
  const endsAt = secondsAfter(startsAt, Math.round(between(2 * HOUR, 30 * HOUR, seed, 3)));
  return fittingDays({
    devices: [{ startsAt, endsAt }],
    events: heardFrom(startsAt, endsAt),
    truth: [{ ...found, reasons: ['no-device'], beganAt: secondsAfter(endsAt, DAY) }],
  });
};

/** A device is assigned, and nothing is heard of it for hours, or ever. */
export const neverReports = (seed: number): MadeDay => {
  const startsAt = secondsAfter(STARTS_AT, Math.round(between(0, 20 * HOUR, seed, 1)));
  const hours = between(2, 40, seed, 2);
  const until = secondsAfter(STARTS_AT, 3 * DAY);
  const from = secondsAfter(startsAt, Math.round(hours * HOUR));
  return fittingDays({
    devices: [{ startsAt, endsAt: null }],
    events: chance(seed, 3) < 0.5 ? [] : heardFrom(from, until),
    truth: [{ ...found, reasons: ['no-first-data'], beganAt: secondsAfter(startsAt, HOUR) }],
  });
};

/** Fitted within the day, heard of within 20 minutes; changed for another within the day. */
export const isFitted = (seed: number): MadeDay => {
  const until = secondsAfter(STARTS_AT, 3 * DAY);
  const startsAt = secondsAfter(STARTS_AT, Math.round(between(0, 23 * HOUR, seed, 1)));
  const endsAt = secondsAfter(startsAt, Math.round(between(2 * HOUR, 20 * HOUR, seed, 2)));
  const againAt = secondsAfter(endsAt, Math.round(between(0, 20 * HOUR, seed, 3)));
  const firstAt = secondsAfter(startsAt, Math.round(between(1, 900, seed, 4)));
  const secondAt = secondsAfter(againAt, Math.round(between(1, 900, seed, 5)));
  return fittingDays({
    devices: [
      { startsAt, endsAt },
      { startsAt: againAt, endsAt: null },
    ],
    events: [
      ...heardFrom(firstAt, endsAt),
      ...heardFrom(secondAt, until).map((event) => ({ ...event, device: 1 })),
    ],
    truth: [],
  });
};
