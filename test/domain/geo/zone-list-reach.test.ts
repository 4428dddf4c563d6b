import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Position, position } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import {
  membersOnWay,
  membersWithin,
  nearestMember,
  type ZoneListMember,
} from '#domain/geo/zone-list.ts';
import { decodeZoneList, encodeZoneList } from '#domain/geo/zone-list-codec.ts';
import { inHilbertOrder } from '#domain/geo/zone-list-order.ts';
import { liesIn, wayIn } from '#domain/geo/zone-or-list.ts';
import { closed, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import type { Place } from './vincenty.ts';

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const block = (memberId: string, middle: Place, half: number): ZoneListMember => ({
  ...{ memberId, zone: zoneOf({ type: 'Polygon', coordinates: [closed(square(middle, half))] }) },
});
const listOf = (members: readonly ZoneListMember[]) => decodeZoneList(encodeZoneList(members));

describe('a list with members on the antimeridian', () => {
  const seam = { lat: -17, lon: 180 };
  const members = [
    block('across', seam, 500),
    block('west', moved(seam, -3_000, 0), 500),
    block('east', { lat: -17, lon: wrapLongitude(moved(seam, 3_000, 0).lon) }, 500),
  ];
  const list = listOf(members);

  it('has the same nearest member from either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4_000, max: 4_000 }), (east) => {
        const where = at(moved(seam, east, 7));
        const depths = members.map(({ zone }) => signedDistanceMetres(zone, where));
        expect(nearestMember(list, where, 9_000)?.depthMetres).toBe(Math.max(...depths));
        expect(membersWithin(list, where, 9_000)).toHaveLength(3);
      }),
    );
  });

  it('has the nearer of two, whichever stands first in the list and lies this side', () => {
    const two = listOf([
      block('west', moved(seam, -1_000, 0), 300),
      block('east', { lat: -17, lon: wrapLongitude(moved(seam, 3_000, 0).lon) }, 300),
    ]);
    for (const [east, memberId] of [
      [-2_000, 'west'],
      [-100, 'west'],
      [100, 'west'],
      [900, 'west'],
      [1_100, 'east'],
      [2_000, 'east'],
    ] as const) {
      const where = at(moved(seam, east, 7));
      expect(nearestMember(two, where, 9_000)?.memberId).toBe(memberId);
      const near = membersWithin(two, where, 9_000).map(({ memberId: id }) => id);
      expect(near).toEqual(['east', 'west']);
    }
  });

  it('is led into across it', () => {
    const [from, to] = [at(moved(seam, -1_000, 0)), at(moved(seam, 1_000, 0))];
    for (const way of [membersOnWay(list, from, to), membersOnWay(list, to, from)]) {
      expect(way.map(({ memberId }) => memberId)).toEqual(['across']);
    }
  });
});

describe('members within reach', () => {
  const middle = { lat: 51, lon: 0 };
  const members = Array.from({ length: 40 }, (_, i) =>
    block(`m-${i}`, moved(middle, 700 * Math.sin(i * 5.1), 700 * Math.cos(i * 3.3)), 20 + i),
  );
  const list = listOf(members);
  const order = inHilbertOrder(members).map(({ memberId }) => memberId);

  it('come in the order of the list, and none beyond reach', () => {
    const near = membersWithin(list, position(51, 0), 600);
    const ids = near.map(({ memberId }) => memberId);
    expect(ids).toEqual(order.filter((id) => ids.includes(id)));
    expect(near.every(({ depthMetres }) => depthMetres >= -600)).toBe(true);
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.length).toBeLessThan(40);
  });

  it('come by their zones and not by their boxes', () => {
    const centre = at(moved(middle, 1_000, 1_000));
    const circle = zoneOf({ type: 'Circle', centre, radiusMetres: 500 });
    const round = listOf([{ memberId: 'round', zone: circle }]);
    // 1,414 m to its middle, 914 to its edge, and 707 to the corner of its box.
    expect(membersWithin(round, at(middle), 800)).toEqual([]);
    expect(membersWithin(round, at(middle), 930)).toHaveLength(1);
  });

  it('are not looked for where there are none', () => {
    expect(() => nearestMember({ ...list, parts: [] }, position(51, 0), 600)).toThrow(
      /^a zone list has no member \d+$/,
    );
  });
});

describe('a way along a member of a list', () => {
  const middle = { lat: 51, lon: 0 };
  const list = listOf([block('a', middle, 300)]);
  const through = (from: [number, number], to: [number, number]) =>
    membersOnWay(list, at(moved(middle, ...from)), at(moved(middle, ...to)));

  it('leads into it where it runs along its edge, and not beside it', () => {
    expect(through([-300, 300], [300, 300])[0]?.deepestMetres).toBe(0);
    expect(through([-300, 310], [300, 310])).toEqual([]);
  });

  it('leads into it from afar, and up to where it ends', () => {
    expect(through([-20_000, 0], [20_000, 0])).toHaveLength(1);
    expect(through([-5_000, 0], [-310, 0])).toEqual([]);
    expect(through([-5_000, 0], [-299.6, 0])).toHaveLength(1);
  });

  it('leads into the deepest first, in whatever order they lie', () => {
    const beside = (north: number) => [
      block('deep', moved(middle, -1_000, 0), 300),
      block('shallow', moved(middle, 1_000, north), 300),
    ];
    for (const north of [-250, 250]) {
      const both = listOf(beside(north));
      const [from, to] = [at(moved(middle, -3_000, 0)), at(moved(middle, 3_000, 0))];
      for (const way of [membersOnWay(both, from, to), membersOnWay(both, to, from)]) {
        expect(way.map(({ memberId }) => memberId)).toEqual(['deep', 'shallow']);
      }
      const turned = beside(north).map((one, i) => ({ ...one, memberId: `${1 - i}` }));
      const found = membersOnWay(listOf(turned), from, to);
      expect(found.map(({ memberId }) => memberId)).toEqual(['1', '0']);
    }
    const mirrored = listOf([
      block('deep', moved(middle, 1_000, 0), 300),
      block('shallow', moved(middle, -1_000, 250), 300),
    ]);
    const found = membersOnWay(mirrored, at(moved(middle, -3_000, 0)), at(moved(middle, 3_000, 0)));
    expect(found.map(({ memberId }) => memberId)).toEqual(['deep', 'shallow']);
  });
});

describe('a list as one thing to be in', () => {
  const middle = { lat: 51, lon: 0 };
  const member = block('a', middle, 300);
  const listed = { kind: 'list', list: listOf([member]), fingerprint: 'x' } as const;
  const places = ([0, 299, 301, 5_000] as const).map((east) => at(moved(middle, east, 0)));

  it('holds what a member of it holds', () => {
    expect(places.map((place) => liesIn(listed, place))).toEqual([true, true, false, false]);
    expect(places.map((place) => liesIn(member.zone, place))).toEqual([true, true, false, false]);
  });

  it('does not hold its edge', () => {
    const corner = at(moved(middle, 300, 300));
    expect([liesIn(listed, corner), liesIn(member.zone, corner)]).toEqual([false, false]);
  });

  it('is nowhere near a way that leads past all of it', () => {
    const [from, to] = [at(moved(middle, 9_000, 0)), at(moved(middle, 9_000, 900))];
    expect(wayIn(listed, from, to)).toEqual({ insideShare: 0, deepestMetres: -20_000 });
  });
});
