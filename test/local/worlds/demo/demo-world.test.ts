import { describe, expect, it } from 'vitest';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { sentEventSchema } from '#domain/model/device-event.ts';
import { orderSchema } from '#domain/model/order.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { MADE_WEARERS } from '#local/worlds/demo/made-wearers.ts';
import { ON_CALL_WEARERS } from '#local/worlds/demo/on-call-wearers.ts';
import type { WorldWearer } from '#local/worlds/world.ts';

const { wearers, startsAt, endsAt } = DEMO_WORLD;

const wearer = (wearerId: string): WorldWearer => {
  const found = wearers.find((one) => one.wearerId === wearerId);
  if (found === undefined) throw new Error(`There is no ${wearerId}.`);
  return found;
};

const zoneOf = ({ zones }: WorldWearer, zoneId: string) => {
  const read = parseZoneShape(zones.find((zone) => zone.zoneId === zoneId)?.shape);
  if (!read.ok) throw new Error(`${zoneId} has no sound shape.`);
  return compileZone(read.shape);
};

/** Metres inside a zone, for each fix; negative outside. */
const depths = (one: WorldWearer, zoneId: string): number[] => {
  const zone = zoneOf(one, zoneId);
  const events = one.events.map((event) => sentEventSchema.parse(event));
  return events.flatMap((e) => (e.kind === 'fix' ? [signedDistanceMetres(zone, e)] : []));
};

describe('given the demo world', () => {
  it.each(wearers.map((one) => [one.wearerId, one] as const))('sets %s up soundly', (_, one) => {
    const { conditions } = one.order === null ? { conditions: [] } : orderSchema.parse(one.order);
    const zoneIds = one.zones.map(({ zoneId }) => zoneId);
    const timetableIds = one.timetables.map(({ timetableId }) => timetableId);
    for (const condition of conditions) {
      if (condition.kind === 'exclusion-zone') expect(zoneIds).toContain(condition.zoneId);
      if ('timetableId' in condition && condition.timetableId !== null) {
        expect(timetableIds).toContain(condition.timetableId);
      }
    }
    expect(one.timetables.every((timetable) => parseTimetable(timetable).ok)).toBe(true);
    expect(zoneIds.every((zoneId) => zoneOf(one, zoneId).areaSquareMetres > 0)).toBe(true);
  });

  it.each(wearers.map((one) => [one.wearerId, one] as const))(
    'has %s report in order, each event once, and those on real traces to the end of the day',
    (_, one) => {
      const events = one.events.map((event) => sentEventSchema.parse(event));
      const instants = events.map(({ recordedAt }) => recordedAt);
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i));
      expect(Math.min(...instants)).toBeGreaterThanOrEqual(startsAt);
      expect(Math.max(...instants)).toBeLessThanOrEqual(endsAt);
      const isMade = [...MADE_WEARERS, ...ON_CALL_WEARERS].includes(one);
      if (!isMade) expect(endsAt - Math.max(...instants)).toBeLessThan(600_000);
    },
  );

  it('runs one wearer within the buffer of a park, and past another zone at less than 20 m', () => {
    const runner = wearer('W-101');
    expect(depths(runner, 'banneker').filter((metres) => metres > -50)).toHaveLength(3);
    const nearest = Math.max(...depths(runner, 'irving-street'));
    expect([nearest < 0, nearest > -20]).toEqual([true, true]);
  });

  it('has one wearer live 20 m from a zone, and two in five of the fixes at home inside it', () => {
    const found = depths(wearer('W-104'), 'playground-zurich');
    const share = found.filter((metres) => metres > 0).length / found.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.45);
    const [condition] = orderSchema.parse(wearer('W-104').order).conditions;
    const home = condition?.kind === 'exclusion-zone' ? condition.place : null;
    const zone = zoneOf(wearer('W-104'), 'playground-zurich');
    expect(home === null ? null : signedDistanceMetres(zone, home)).toBeCloseTo(-20, 0);
  });

  it('has one fix of one wearer inside a zone, and none of another who passes by', () => {
    const inside = (id: string, zoneId: string) =>
      depths(wearer(id), zoneId).filter((metres) => metres >= 0).length;
    expect(inside('W-107', 'square-portland')).toBe(1);
    expect(inside('W-108', 'college-toronto')).toBe(0);
    expect(Math.max(...depths(wearer('W-108'), 'college-toronto'))).toBeGreaterThan(-60);
  });

  it('has the fix to try out with inside a zone of that wearer', () => {
    const { wearerId, at } = DEMO_WORLD.tryOut;
    const one = wearer(wearerId);
    const deepest = Math.max(
      ...one.zones.map((z) => signedDistanceMetres(zoneOf(one, z.zoneId), at)),
    );
    expect(deepest).toBeGreaterThan(30);
  });
});
