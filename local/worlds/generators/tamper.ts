import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';

const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 8 * 3600);

const tamperDay = (events: readonly MadeEvent[], truth: readonly Truth[]): MadeDay => ({
  ...{ rule: 'tamper', startsAt: STARTS_AT, endsAt: ENDS_AT },
  order: { conditions: [], deviceCare: {} },
  events: events.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt)),
  truth,
});

const PARTS = [
  { open: { strap: 'open' }, closed: { strap: 'closed' }, reason: 'strap-open' },
  { open: { case: 'open' }, closed: { case: 'closed' }, reason: 'case-open' },
  {
    open: { homeUnitPlace: 'moved' },
    closed: { homeUnitPlace: 'in-place' },
    reason: 'home-unit-moved',
  },
] as const;
type Said = (typeof PARTS)[number]['open' | 'closed'];

const said = (at: Instant, status: Said): MadeEvent => ({
  ...{ kind: 'device-status', recordedAt: toIso(at) },
  ...status,
});

const partOf = (seed: number, ...keys: readonly number[]) =>
  PARTS[Math.floor(chance(seed, ...keys) * PARTS.length)] ?? PARTS[0];

/** Each quarter of an hour the device says that all is closed; between two such a part opens. */
const regular = (isOpenAt: (at: Instant) => boolean, part: (typeof PARTS)[number]): MadeEvent[] =>
  Array.from({ length: 32 }, (_, i) => secondsAfter(STARTS_AT, i * 900)).flatMap((at) =>
    isOpenAt(at) ? [said(at, part.open)] : PARTS.map(({ closed }) => said(at, closed)),
  );

/** A part opens for seconds, or for hours, and in most cases flaps a while: one episode. */
export const isTamperedWith = (seed: number): MadeDay => {
  const part = partOf(seed, 1);
  const openAt = secondsAfter(STARTS_AT, Math.round(between(600, 9_000, seed, 2)));
  const isShort = chance(seed, 3) < 0.5;
  const seconds = Math.round(isShort ? between(2, 200, seed, 4) : between(900, 9_000, seed, 4));
  const flaps = isShort ? Math.floor(chance(seed, 5) * 4) : 0;
  // Closed and open again for a minute or two each: never closed for long enough to be an end.
  const flapped = Array.from({ length: flaps }, (_, i) => {
    const at = secondsAfter(openAt, seconds + 120 * (i + 1));
    return [said(at, part.open), said(secondsAfter(at, 30), part.closed)];
  }).flat();
  const overAt = secondsAfter(openAt, seconds + 120 * flaps + 60);
  const isOpenAt = (at: Instant): boolean => at >= openAt && at < overAt;
  const quiet = regular(isOpenAt, part).filter(
    ({ recordedAt }) => !isShort || !isOpenAt(instant(Date.parse(recordedAt))),
  );
  const events = [
    ...quiet,
    ...[said(openAt, part.open), said(secondsAfter(openAt, seconds), part.closed)],
    ...flapped,
  ];
  const found = { conditionId: 'device-care', beganAt: openAt, withinSeconds: 0 };
  return tamperDay(events, [{ ...found, reasons: [part.reason] }]);
};

/** All stays closed; what the device does not know of it leaves open, and is no tamper. */
export const staysClosed = (seed: number): MadeDay => {
  const events = Array.from({ length: 60 }, (_, i): MadeEvent => {
    const at = secondsAfter(STARTS_AT, i * 480);
    const isSilentOfIt = chance(seed, i, 1) < 0.3;
    const batteryPercent = Math.round(90 - i / 5);
    if (isSilentOfIt) return { kind: 'device-status', recordedAt: toIso(at), batteryPercent };
    return said(at, partOf(seed, i, 2).closed);
  });
  return tamperDay(events, []);
};
