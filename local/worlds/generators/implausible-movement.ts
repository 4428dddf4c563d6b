import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import { offsetBy } from '../track/place-trace.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';
import { fixesAlong, type Spot, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 6 * 3600);
const KILOMETRE = 1_000;

type Stretch = Readonly<{ from: Instant; until: Instant }>;

const DAY: Stretch = { from: STARTS_AT, until: ENDS_AT };

const fixes = (seed: number, way: Way, { from, until } = DAY): MadeEvent[] =>
  fixesAlong({
    ...{ seed, origin: ORIGIN, way, from, until },
    ...{ everySeconds: 60, accuracyMetres: between(5, 20, seed, 1) },
  });

const at = (minutes: number): Instant => secondsAfter(STARTS_AT, Math.round(minutes * 60));

const movementDay = (events: readonly MadeEvent[], truth: readonly Truth[]): MadeDay => ({
  ...{ rule: 'implausible-movement', startsAt: STARTS_AT, endsAt: ENDS_AT },
  order: { conditions: [], deviceCare: {} },
  events: events.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt)),
  truth,
});

const HOME: Spot = { east: 0, north: 0 };

/** A fix so far away, seconds after a minute: nobody can be there. */
const jump = (minute: number, seed: number): MadeEvent => {
  const when = secondsAfter(at(minute), 31);
  const metres = between(60, 900, seed, minute, 1) * KILOMETRE;
  const bearing = between(0, 2 * Math.PI, seed, minute, 2);
  const spot = offsetBy(ORIGIN, metres * Math.sin(bearing), metres * Math.cos(bearing));
  const { lat, lon } = spot;
  return { kind: 'fix', recordedAt: toIso(when), lat, lon, accuracyMetres: 9, source: 'gnss' };
};

const found = (beganAt: Instant, withinSeconds: number): Truth => ({
  ...{ conditionId: 'device-care', reasons: ['impossible-movement'] },
  ...{ beganAt, withinSeconds },
});

/** One device is in two places at once, by turns: three times or more within the hour. */
export const isInTwoPlaces = (seed: number): MadeDay => {
  const first = Math.round(between(30, 200, seed, 2));
  const step = Math.round(between(2, 12, seed, 3));
  const minutes = [0, 1, 2, 3, 4].map((i) => first + i * step);
  const third = secondsAfter(at(first + 2 * step), 31);
  return movementDay(
    [...fixes(seed, [{ at: STARTS_AT, spot: HOME }]), ...minutes.map((m) => jump(m, seed))],
    [found(third, 1)],
  );
};

/** From one minute to the next at the other end of the country, and there for good. */
export const isTeleported = (seed: number): MadeDay => {
  const minute = Math.round(between(30, 200, seed, 2));
  const there: Spot = { east: between(100, 400, seed, 3) * KILOMETRE, north: 0 };
  return movementDay(
    [
      ...fixes(seed, [{ at: STARTS_AT, spot: HOME }], { ...DAY, until: at(minute) }),
      ...fixes(seed, [{ at: STARTS_AT, spot: there }], { ...DAY, from: at(minute) }),
    ],
    [found(at(minute), 180)],
  );
};

/**
 * A single fix that errs now and then, at times the very first; a drive at 200 km/h; a flight, its
 * two hours without a fix or with one each minute.
 */
export const isPlausible = (seed: number): MadeDay => {
  const kind = Math.floor(chance(seed, 4) * 4);
  const still = fixes(seed, [{ at: STARTS_AT, spot: HOME }]);
  if (kind === 0) return movementDay([...still, jump(40, seed), jump(140, seed)], []);
  if (kind === 1) return movementDay([jump(-1, seed), ...still], []);
  const metresPerSecond = kind === 2 ? 55 : between(180, 240, seed, 5);
  const lands = 60 + between(40, 110, seed, 6);
  const there: Spot = { east: 0, north: metresPerSecond * (lands - 60) * 60 };
  const way: Way = [
    { at: at(60), spot: HOME },
    { at: at(lands), spot: there },
  ];
  const isUnseen = kind === 3 && chance(seed, 7) < 0.5;
  const seen = isUnseen
    ? [
        ...fixes(seed, way, { ...DAY, until: at(60) }),
        ...fixes(seed, way, { ...DAY, from: at(lands) }),
      ]
    : fixes(seed, way);
  return movementDay(seen, []);
};
