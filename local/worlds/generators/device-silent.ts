import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 7 * 3600);

/** A day at one place, a fix every other minute. */
const dayAt = (seed: number): MadeEvent[] => {
  const way: Way = [{ at: STARTS_AT, spot: { east: 0, north: 0 } }];
  return fixesAlong({
    ...{ seed, origin: ORIGIN, way, from: STARTS_AT, until: ENDS_AT },
    ...{ everySeconds: 120, accuracyMetres: between(4, 12, seed, 1) },
  });
};

const silentDay = (events: readonly MadeEvent[], truth: MadeDay['truth']): MadeDay => ({
  ...{ rule: 'device-silent', startsAt: STARTS_AT, endsAt: ENDS_AT },
  order: { conditions: [], deviceCare: {} },
  events,
  truth,
});

type Gap = Readonly<{ from: Instant; until: Instant }>;

/** What was recorded in a gap is lost, or comes when the gap has ended. */
const silenced = (events: readonly MadeEvent[], gap: Gap, isKept: boolean): MadeEvent[] =>
  events.flatMap((event) => {
    const at = Date.parse(event.recordedAt);
    if (at <= gap.from || at >= gap.until) return [event];
    return isKept ? [{ ...event, receivedAt: gap.until }] : [];
  });

const minutesAfter = (at: Instant, minutes: number): Instant => secondsAfter(at, minutes * 60);

/**
 * Silent for an hour and a half, or for two and a half to five; what the device recorded is lost,
 * or uploaded afterwards.
 */
export const fallsSilent = (seed: number): MadeDay => {
  const isForLong = chance(seed, 5) < 0.5;
  const [least, most] = isForLong ? [155, 300] : [92, 100];
  const minutes = Math.round(between(least, most, seed, 2));
  const from = minutesAfter(STARTS_AT, Math.round(between(20, 90, seed, 3)));
  const gap = { from, until: minutesAfter(from, minutes) };
  return silentDay(silenced(dayAt(seed), gap, chance(seed, 4) < 0.5), [
    {
      ...{ conditionId: 'device-care', reasons: ['device-silent'] },
      ...{ beganAt: secondsAfter(from, 3_540), withinSeconds: 120 },
    },
    ...(isForLong
      ? [
          {
            ...{ conditionId: 'device-care', reasons: ['device-silent-for-long'] as const },
            ...{ beganAt: secondsAfter(from, 7_140), withinSeconds: 120 },
          },
        ]
      : []),
  ]);
};

/** Silent again and again, each time for no more than 35 minutes. */
export const breaksOff = (seed: number): MadeDay => {
  const events = [0, 1, 2, 3].reduce<readonly MadeEvent[]>((left, i) => {
    const from = minutesAfter(STARTS_AT, i * 100 + Math.round(between(5, 50, seed, i, 2)));
    const until = minutesAfter(from, Math.round(between(10, 35, seed, i, 3)));
    return silenced(left, { from, until }, chance(seed, i, 4) < 0.5);
  }, dayAt(seed));
  return silentDay(events, []);
};
