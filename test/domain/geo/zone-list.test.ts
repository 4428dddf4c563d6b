import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Position, position } from '#domain/geo/position.ts';
import { segmentDepth } from '#domain/geo/segment-depth.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import {
  membersOnWay,
  membersWithin,
  nearestMember,
  type ZoneListMember,
} from '#domain/geo/zone-list.ts';
import { decodeZoneList, encodeZoneList, MOST_PART_BYTES } from '#domain/geo/zone-list-codec.ts';
import { closed, middleArbitrary, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import type { Place } from './vincenty.ts';

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const metres = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

/** Circles and squares scattered about a place, many near each other, some one upon the other. */
const scattered = (from: Place, reach: number, sites: readonly [number, number, number][]) =>
  sites.map(([east, north, size], i): ZoneListMember => {
    const middle = moved(from, east * reach, north * reach);
    const shape =
      i % 2 === 0
        ? { type: 'Circle', centre: at(middle), radiusMetres: size }
        : { type: 'Polygon', coordinates: [closed(square(middle, size))] };
    return { memberId: `school-${i}`, zone: zoneOf(shape) };
  });

const site = fc.tuple(metres(1), metres(1), fc.double({ min: 2, max: 5_000, noNaN: true }));
const scene = fc
  .record({
    from: middleArbitrary,
    reach: fc.constantFrom(3_000, 30_000, 90_000),
    sites: fc.array(site, { minLength: 1, maxLength: 80 }),
    where: fc.tuple(metres(1.3), metres(1.3)),
    within: fc.constantFrom(0, 100, 2_000, 10_000, 40_000),
  })
  .map(({ from, reach, sites, where, within }) => {
    const members = scattered(from, reach, sites);
    const position = at(moved(from, where[0] * reach, where[1] * reach));
    return { members, list: decodeZoneList(encodeZoneList(members)), position, within };
  });

describe('the nearest member of a zone list', () => {
  it('is the one that looking at every member finds, to the bit', () => {
    let found = 0;
    fc.assert(
      fc.property(scene, ({ members, list, position: where, within }) => {
        const depths = members.map(({ zone }) => signedDistanceMetres(zone, where));
        const deepest = Math.max(...depths);
        const nearest = nearestMember(list, where, within);
        if (deepest < -within) {
          expect(nearest).toBeNull();
          return;
        }
        found += 1;
        expect(nearest?.depthMetres).toBe(deepest);
        const member = members.find(({ memberId }) => memberId === nearest?.memberId);
        expect(member && signedDistanceMetres(member.zone, where)).toBe(deepest);
        expect(nearest?.zone).toEqual(member?.zone);
      }),
      { numRuns: 400 },
    );
    expect(found).toBeGreaterThan(150);
  });

  it('comes with all others within reach, each once and at its depth', () => {
    fc.assert(
      fc.property(scene, ({ members, list, position: where, within }) => {
        const expected = members
          .map(({ memberId, zone }) => [memberId, signedDistanceMetres(zone, where)] as const)
          .filter(([, depth]) => depth >= -within)
          .map(([memberId, depth]) => `${memberId} ${depth}`);
        const near = membersWithin(list, where, within);
        const told = near.map(({ memberId, depthMetres }) => `${memberId} ${depthMetres}`);
        expect(told.sort()).toEqual(expected.sort());
      }),
      { numRuns: 200 },
    );
  });

  it('is null in an empty list', () => {
    const list = decodeZoneList(encodeZoneList([]));
    expect(list.count).toBe(0);
    expect(nearestMember(list, position(51, 0), 10_000)).toBeNull();
    expect(membersWithin(list, position(51, 0), 10_000)).toEqual([]);
  });

  it('is the first in the list of those equally deep, however they were sent', () => {
    const zone = zoneOf({ type: 'Circle', centre: { lat: 51, lon: 0 }, radiusMetres: 100 });
    const twins = ['b', 'a', 'c'].map((memberId) => ({ memberId, zone }));
    for (const sent of [twins, twins.toReversed()]) {
      const list = decodeZoneList(encodeZoneList(sent));
      expect(nearestMember(list, position(51, 0), 0)?.memberId).toBe('a');
      expect(nearestMember(list, position(51.01, 0), 5_000)?.memberId).toBe('a');
    }
  });
});

describe('a way past the members of a zone list', () => {
  it('leads into those that segmentDepth says it leads into, the deepest first', () => {
    fc.assert(
      fc.property(scene, fc.tuple(metres(9_000), metres(9_000)), (scene_, [east, north]) => {
        const { members, list, position: from } = scene_;
        const to = at(moved(from, east, north));
        const expected = members
          .map(({ memberId, zone }) => ({ memberId, ...segmentDepth(zone, from, to) }))
          .filter(({ deepestMetres }) => deepestMetres >= 0)
          .map(({ memberId, deepestMetres }) => `${memberId} ${deepestMetres}`);
        const found = membersOnWay(list, from, to);
        const depths = found.map(({ deepestMetres }) => deepestMetres);
        expect(depths).toEqual(depths.toSorted((a, b) => b - a));
        const told = found.map(({ memberId, deepestMetres }) => `${memberId} ${deepestMetres}`);
        expect(told.sort()).toEqual(expected.sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('the stored form of a zone list', () => {
  const grid = (count: number): ZoneListMember[] =>
    Array.from({ length: count }, (_, i) => {
      const middle = moved({ lat: 52, lon: -1.5 }, (i % 100) * 800, Math.floor(i / 100) * 900);
      const zone = zoneOf({ type: 'Polygon', coordinates: [closed(square(middle, 60))] });
      return { memberId: `school-${i}`, zone };
    });

  it('comes in parts that fit an item, the same for the same members in any order', () => {
    const members = grid(8_000);
    const parts = encodeZoneList(members);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(MOST_PART_BYTES);
    expect(encodeZoneList(members.toReversed())).toEqual(parts);
    const list = decodeZoneList(parts);
    expect([list.count, list.parts.length]).toEqual([8_000, parts.length]);
    expect(list.areaSquareMetres).toBeCloseTo(8_000 * 120 * 120, -7);
    const middle = moved({ lat: 52, lon: -1.5 }, 42 * 800, 17 * 900);
    expect(nearestMember(list, at(middle), 0)?.memberId).toBe('school-1742');
    expect(nearestMember(decodeZoneList(parts.toReversed()), at(middle), 0)?.memberId).toBe(
      'school-1742',
    );
  });

  it('keeps neighbours together: the boxes of its groups hardly overlap', () => {
    const { levels } = decodeZoneList(encodeZoneList(grid(8_000))).tree;
    const areas = levels.map((boxes) => {
      let area = 0;
      for (let i = 0; i < boxes.length; i += 4) {
        const [west = 0, south = 0, east = 0, north = 0] = boxes.subarray(i, i + 4);
        area += (east - west) * (north - south);
      }
      return area;
    });
    expect(levels.map(({ length }) => length / 4)).toEqual([8_000, 500, 32, 2]);
    expect((areas[1] ?? Infinity) / (areas[3] ?? 0)).toBeLessThan(1.5);
  });

  it.each([
    ['another version', [2, 0, 0], /version 2, this code reads version 1/],
    ['fewer members than it says', [1, 3, 0], /end too soon/],
    ['bytes beyond its members', [1, 0, 0, 7], /longer or shorter/],
  ])('is refused when it holds %s', (_, bytes, message) => {
    expect(() => decodeZoneList([Uint8Array.from(bytes)])).toThrow(message);
  });

  it('is refused wherever it is cut short', () => {
    const [bytes = new Uint8Array()] = encodeZoneList(grid(5));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeZoneList([bytes.subarray(0, length)])).toThrow(RangeError);
    }
  });
});
