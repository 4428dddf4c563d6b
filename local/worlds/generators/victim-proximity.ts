import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { between } from '../chance.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 3 * 3600);
const EVERY_SECONDS = 60;
const ALERT_METRES = 500;
const PRE_ALERT_METRES = 1_000;

const CONDITION = {
  ...{ conditionId: 'keep-away', kind: 'victim-proximity' as const },
  ...{ protectedPersonId: 'p-1', alertMetres: ALERT_METRES, preAlertFactor: 2 },
};

const WHOLE_DAY = { startsAt: secondsAfter(STARTS_AT, -86_400), endsAt: null };

type Two = Readonly<{ wearer: Way; protectedPerson: Way }>;
type Spell = Readonly<{ from: Instant; until: Instant }>;

/** The day of two people, the first device the wearer's; each at an instant of their own. */
const dayOfTwo = (
  seed: number,
  { wearer, protectedPerson }: Two,
  more: Readonly<{ truth: MadeDay['truth']; lost?: Spell }>,
): MadeDay => {
  const taken = {
    ...{ origin: ORIGIN, from: STARTS_AT, until: ENDS_AT, everySeconds: EVERY_SECONDS },
    accuracyMetres: between(4, 20, seed, 1),
  };
  const apart = secondsAfter(STARTS_AT, Math.floor(between(1, EVERY_SECONDS, seed, 2)));
  const isLost = ({ recordedAt }: MadeEvent): boolean => {
    const at = Date.parse(recordedAt);
    return more.lost !== undefined && at >= more.lost.from && at < more.lost.until;
  };
  const theirs = fixesAlong({ ...taken, seed: seed + 1, way: protectedPerson, from: apart });
  return {
    ...{ rule: 'victim-proximity', startsAt: STARTS_AT, endsAt: ENDS_AT },
    order: { conditions: [CONDITION] },
    devices: [WHOLE_DAY, WHOLE_DAY],
    events: [
      ...fixesAlong({ ...taken, seed, way: wearer }),
      ...theirs.filter((event) => !isLost(event)).map((event) => ({ ...event, device: 1 })),
    ],
    truth: more.truth,
  };
};

/** Not far from the origin, at home or about the quarter at a walk. */
const stroll = (seed: number): Way => {
  const setsOutAt = secondsAfter(STARTS_AT, between(0, 5_400, seed, 20));
  const [east, north] = [between(-250, 250, seed, 21), between(-250, 250, seed, 22)];
  const walkSeconds = Math.hypot(east, north) / 1.2 + 1;
  const backAt = secondsAfter(setsOutAt, walkSeconds + 900);
  return [
    { at: setsOutAt, spot: { east: 0, north: 0 } },
    { at: secondsAfter(setsOutAt, walkSeconds), spot: { east, north } },
    { at: backAt, spot: { east, north } },
    { at: secondsAfter(backAt, walkSeconds), spot: { east: 0, north: 0 } },
  ];
};

const still = (east: number): Way => [{ at: STARTS_AT, spot: { east, north: 0 } }];

const crossing = (reason: ViolationReason, beganAt: Instant, withinSeconds: number) => ({
  ...{ conditionId: 'keep-away', reasons: [reason] as const, beganAt, withinSeconds },
});

/** So much earlier than the true crossing it may be said, for what is unseen between two fixes. */
const unseenMetres = (metresPerSecond: number): number =>
  EVERY_SECONDS * Math.max(4, 1.5 * metresPerSecond) + 60;

/** Comes from 5 km away on foot, by bicycle or by car, to within 200 m, stays, and goes. */
export const approachesProtected = (seed: number): MadeDay => {
  const speed = between(1.2, 13, seed, 30);
  const setsOutAt = secondsAfter(STARTS_AT, between(600, 1_800, seed, 31));
  const nearest = between(20, 200, seed, 32);
  const travelSeconds = (5_000 - nearest) / speed;
  const thereAt = secondsAfter(setsOutAt, travelSeconds);
  const leavesAt = secondsAfter(thereAt, between(900, 1_500, seed, 33));
  const wearer: Way = [
    { at: setsOutAt, spot: { east: 5_000, north: 0 } },
    { at: thereAt, spot: { east: nearest, north: 0 } },
    { at: leavesAt, spot: { east: nearest, north: 0 } },
    { at: secondsAfter(leavesAt, travelSeconds), spot: { east: 5_000, north: 0 } },
  ];
  const crossedAt = (metres: number) => secondsAfter(setsOutAt, (5_000 - metres) / speed);
  const early = unseenMetres(speed);
  const slack = 180 + early / speed;
  return dayOfTwo(
    seed,
    { wearer, protectedPerson: still(0) },
    {
      truth: [
        crossing('approaching-protected-person', crossedAt(PRE_ALERT_METRES + early), slack),
        crossing('near-protected-person', crossedAt(ALERT_METRES + early), slack),
      ],
    },
  );
};

/** They live a kilometre and a half to three apart, and both are about: nothing happens. */
export const livesNotFar = (seed: number): MadeDay => {
  const home = between(2_100, 3_000, seed, 40);
  const wearer = stroll(seed + 7).map(({ at, spot }) => ({
    at,
    spot: { east: spot.east + home, north: spot.north },
  }));
  const [first = { at: STARTS_AT, spot: { east: home, north: 0 } }, ...rest] = wearer;
  return dayOfTwo(seed, { wearer: [first, ...rest], protectedPerson: stroll(seed) }, { truth: [] });
};

/** The protected person's device falls silent for 20 minutes or more, and comes back. */
export const losesProtected = (seed: number): MadeDay => {
  const from = secondsAfter(STARTS_AT, Math.floor(between(1_200, 3_600, seed, 50)));
  const lost = { from, until: secondsAfter(from, between(1_500, 3_000, seed, 51)) };
  return dayOfTwo(
    seed,
    { wearer: still(3_000), protectedPerson: still(0) },
    {
      truth: [crossing('protected-device-lost', secondsAfter(from, 780), 180)],
      lost,
    },
  );
};

/** Ten minutes without a word, as indoors happens: not yet a device lost. */
export const fallsShortlySilent = (seed: number): MadeDay => {
  const from = secondsAfter(STARTS_AT, Math.floor(between(1_200, 3_600, seed, 50)));
  const lost = { from, until: secondsAfter(from, between(300, 600, seed, 51)) };
  const two = { wearer: still(3_000), protectedPerson: still(0) };
  return dayOfTwo(seed, two, { truth: [], lost });
};
