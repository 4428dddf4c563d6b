import { position } from '#domain/geo/position.ts';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { MadeDay } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 3 * 3600);
const EVERY_SECONDS = 60;
const TOGETHER_METRES = 60;
const DWELL_SECONDS = 600;
const WALK = 1.3;

const WHOLE_DAY = { startsAt: secondsAfter(STARTS_AT, -86_400), endsAt: null };

const dayOfTwo = (
  seed: number,
  { wearer, other }: Readonly<{ wearer: Way; other: Way }>,
  truth: MadeDay['truth'],
): MadeDay => {
  const taken = {
    ...{ origin: ORIGIN, from: STARTS_AT, until: ENDS_AT, everySeconds: EVERY_SECONDS },
    accuracyMetres: between(4, 14, seed, 1),
  };
  const apart = secondsAfter(STARTS_AT, Math.floor(between(1, EVERY_SECONDS, seed, 2)));
  const theirs = fixesAlong({ ...taken, seed: seed + 1, way: other, from: apart });
  return {
    ...{ rule: 'non-association', startsAt: STARTS_AT, endsAt: ENDS_AT },
    order: {
      conditions: [
        {
          ...{ conditionId: 'keep-apart', kind: 'non-association', otherWearerId: 'w-2' },
          ...{ togetherMetres: TOGETHER_METRES, dwellSeconds: DWELL_SECONDS },
        },
      ],
    },
    devices: [WHOLE_DAY, WHOLE_DAY],
    events: [
      ...fixesAlong({ ...taken, seed, way: wearer }),
      ...theirs.map((event) => ({ ...event, device: 1 })),
    ],
    truth,
  };
};

/** Both come on foot from opposite sides, stay by each other for half an hour or more, and go. */
export const meetsOther = (seed: number): MadeDay => {
  const thereAt = secondsAfter(STARTS_AT, between(1_200, 3_600, seed, 10));
  const leavesAt = secondsAfter(thereAt, between(1_800, 3_000, seed, 11));
  const side = between(0, 15, seed, 12);
  const wayFrom = (far: number, near: number): Way => {
    const seconds = Math.abs(far - near) / WALK;
    return [
      { at: secondsAfter(thereAt, -seconds), spot: { east: far, north: 0 } },
      { at: thereAt, spot: { east: near, north: 0 } },
      { at: leavesAt, spot: { east: near, north: 0 } },
      { at: secondsAfter(leavesAt, seconds), spot: { east: far, north: 0 } },
    ];
  };
  const two = { wearer: wayFrom(900, side), other: wayFrom(-900, -side) };
  return dayOfTwo(seed, two, [
    {
      ...{ conditionId: 'keep-apart', reasons: ['together-with-other'] },
      beganAt: secondsAfter(thereAt, -120),
      withinSeconds: DWELL_SECONDS + 480,
    },
  ]);
};

/** Both walk the same street in opposite directions and pass at arm's length. */
export const passesOther = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(STARTS_AT, between(600, 3_600, seed, 20));
  const thereAt = secondsAfter(setsOutAt, 1_600 / WALK);
  const way = (from: number, north: number): Way => [
    { at: setsOutAt, spot: { east: from, north } },
    { at: thereAt, spot: { east: -from, north } },
  ];
  return dayOfTwo(seed, { wearer: way(800, 0), other: way(-800, 2) }, []);
};

/** They live 200 m apart, and one of them walks past the other's door again and again. */
export const sharesQuarter = (seed: number): MadeDay => {
  const home = between(200, 300, seed, 30);
  const trips = [0, 1, 2].flatMap((trip) => {
    const setsOutAt = secondsAfter(STARTS_AT, 900 + trip * 2_700 + between(0, 600, seed, 31, trip));
    const seconds = (2 * home) / WALK;
    return [
      { at: setsOutAt, spot: { east: home, north: 0 } },
      { at: secondsAfter(setsOutAt, seconds), spot: { east: -home, north: 10 } },
      { at: secondsAfter(setsOutAt, seconds + 300), spot: { east: -home, north: 10 } },
      { at: secondsAfter(setsOutAt, 2 * seconds + 300), spot: { east: home, north: 0 } },
    ];
  });
  const [first = { at: STARTS_AT, spot: { east: home, north: 0 } }, ...rest] = trips;
  const other: Way = [{ at: STARTS_AT, spot: { east: 0, north: 0 } }];
  return dayOfTwo(seed, { wearer: [first, ...rest], other }, []);
};
