import { depthWithin } from '#domain/geo/signed-distance.ts';
import { nearestMember, type ZoneListMember } from '#domain/geo/zone-list.ts';
import { decodeZoneList, encodeZoneList } from '#domain/geo/zone-list-codec.ts';
import { between } from '#local/worlds/chance.ts';
import { type BenchFix, makeWearer } from './bench-wearers.ts';
import { drawZone } from './drawn-zones.ts';
import { BUFFER_METRES, ours } from './kernels.ts';
import { type Aim, digits, printTable } from './print.ts';
import { compare, each, through } from './round-robin.ts';

const MEMBERS = 100_000;
const OWN_ZONES = 10;
const AIM_SLOWDOWN = 3;

/** Grounds of 12 corners and some 120 m across, strewn over a country round the wearer's home. */
const drawSchools = (): ZoneListMember[] =>
  Array.from({ length: MEMBERS }, (_, i) => {
    const middle = { lat: between(50, 53, 1, i), lon: between(-3, 1.5, 2, i) };
    const { zone } = drawZone({ middle, radiusMetres: 60, vertices: 12, seed: i });
    return { memberId: `school-${i}`, zone };
  });

const milliseconds = <T>(work: () => T): readonly [T, number] => {
  const began = performance.now();
  const done = work();
  return [done, performance.now() - began];
};

/** What a wearer's fixes cost with a list that their whole agency shares, and without it. */
export const benchZoneLists = (): Aim[] => {
  const members = drawSchools();
  const [parts, encodeMs] = milliseconds(() => encodeZoneList(members));
  const [list, decodeMs] = milliseconds(() => decodeZoneList(parts));
  const wearer = makeWearer(OWN_ZONES);
  const { classify } = ours(wearer);
  const into = new Uint8Array(OWN_ZONES + 1);
  const own = (fix: BenchFix): number => {
    classify(fix, into);
    return into[0] ?? 0;
  };
  const shared = (fix: BenchFix): number =>
    own(fix) + (nearestMember(list, fix.position, BUFFER_METRES)?.depthMetres ?? 0);
  const looking = ({ position }: BenchFix): number =>
    members.reduce(
      (most, { zone }) => Math.max(most, depthWithin(zone, position, BUFFER_METRES)),
      -Infinity,
    );
  const some = wearer.fixes.slice(0, 2);
  const names = [`${OWN_ZONES} zones of their own`, `and ${digits(MEMBERS)} shared`] as const;
  const [before = Number.NaN, after = Number.NaN] = each(
    compare([through(names[0], wearer.fixes, own), through(names[1], wearer.fixes, shared)]),
    wearer.fixes,
  ).map(({ nanoseconds }) => nanoseconds);
  const [scan = Number.NaN] = each(compare([through('by box', some, looking)]), some).map(
    ({ nanoseconds }) => nanoseconds,
  );
  const differ = wearer.fixes.slice(0, 200).filter((fix) => {
    const deepest = looking(fix);
    const found = nearestMember(list, fix.position, BUFFER_METRES)?.depthMetres ?? -Infinity;
    return found !== (deepest >= -BUFFER_METRES ? deepest : -Infinity);
  }).length;
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  printTable(
    `A list of ${digits(MEMBERS)} zones: ${parts.length} parts, ${digits(bytes)} bytes, ` +
      `encoded in ${digits(encodeMs)} ms, decoded in ${digits(decodeMs)} ms`,
    ['full evaluation with', 'ns', 'times', 'answers that differ'],
    [
      [names[0], digits(before), '1', ''],
      [names[1], digits(after), (after / before).toFixed(2), `${differ} of 200`],
      ['the shared, each by its box', digits(scan), (scan / before).toFixed(0), ''],
    ],
  );
  return [
    {
      ...{ what: `slowdown by ${digits(MEMBERS)} shared zones`, aim: `${AIM_SLOWDOWN}` },
      ...{ measured: (after / before).toFixed(2), isMet: after <= AIM_SLOWDOWN * before },
    },
  ];
};
