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
    expect(through([-5_000, 0], [-290, 0])).toHaveLength(1);
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
