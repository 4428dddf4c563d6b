import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import {
  depthIn,
  LIST_REACH_METRES,
  liesIn,
  memberNear,
  memberOnWay,
  wayIn,
} from '#domain/geo/zone-or-list.ts';
import { listed } from '#test/support/zone-lists.ts';
import { circle } from '#test/support/zones.ts';
import { moved } from './drawings.ts';

const CENTRE = { lat: 51.5, lon: -0.1 };
const WEST = circle(moved(CENTRE, -1_000, 0));
const EAST = circle(moved(CENTRE, 1_000, 0));
const LIST = listed({ 'Zürich Road': WEST, 'East Street': EAST });
const spot = fc
  .tuple(fc.double({ min: -3e3, max: 3e3, noNaN: true }), fc.double({ min: -900, max: 900 }))
  .filter(([, north]) => !Number.isNaN(north))
  .map(([east, north]) => {
    const { lat, lon } = moved(CENTRE, east, north);
    return position(lat, lon);
  });

describe('a list of two zones', () => {
  it('is as deep as the deeper of the two, everywhere', () => {
    fc.assert(
      fc.property(spot, (at) => {
        const both = [depthIn(WEST, at), depthIn(EAST, at)];
        expect(depthIn(LIST, at)).toBe(Math.max(...both));
        expect(liesIn(LIST, at)).toBe(liesIn(WEST, at) || liesIn(EAST, at));
      }),
    );
  });

  it('is led into as deep as the deeper of the two is', () => {
    let into = 0;
    fc.assert(
      fc.property(spot, spot, (from, to) => {
        const both = [WEST, EAST].map((zone) => wayIn(zone, from, to).deepestMetres);
        const deepest = Math.max(...both);
        if (deepest < 0) {
          expect(memberOnWay(LIST, from, to)).toBeNull();
          return;
        }
        into += 1;
        expect(wayIn(LIST, from, to).deepestMetres).toBe(deepest);
      }),
    );
    expect(into).toBeGreaterThan(2);
  });

  it('names the zone that is meant', () => {
    const at = (east: number) => {
      const { lat, lon } = moved(CENTRE, east, 0);
      return position(lat, lon);
    };
    expect(memberNear(LIST, at(-900))).toBe('Zürich Road');
    expect(memberNear(LIST, at(30))).toBe('East Street');
    expect(memberOnWay(LIST, at(-2_000), at(0))).toBe('Zürich Road');
    expect(memberNear(LIST, at(40_000))).toBeNull();
  });

  it('is no further away than its reach, wherever one is', () => {
    expect(depthIn(LIST, position(53.4, -2.2))).toBe(-LIST_REACH_METRES);
    expect(liesIn(LIST, position(53.4, -2.2))).toBe(false);
  });
});
