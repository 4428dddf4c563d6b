import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WearerRef, wearerRefSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { asidePut, latePut } from '#functions/adapters/dynamodb/trail.ts';
import { MalformedDay, packDay, unpackDay } from '#functions/adapters/s3/day-object.ts';
import { fix } from '#test/support/events.ts';

const wearer: WearerRef = wearerRefSchema.parse({ agencyId: 'demo', wearerId: 'w-1' });
const day = '2026-03-02';
const at = { wearer, day };
const MIDNIGHT = Date.parse(`${day}T00:00:00Z`);
const HOME = { lat: 51.5, lon: -0.1 };

const fixes = (...minutes: readonly number[]) =>
  minutes.map((minute) => fix(instant(MIDNIGHT + minute * 60_000), HOME));
const late = (...minutes: readonly number[]): Item =>
  latePut('trail', wearer, fixes(...minutes)).Item;

describe("a wearer's day as an object", () => {
  it('comes back as it was put, without what belongs to the index', () => {
    const item = late(1, 2);
    const { items, manifest } = unpackDay(at, packDay(at, [item]));
    const { dueShard, nextDueAt, ...rest } = item;
    expect([dueShard?.S, nextDueAt?.N]).not.toContain(undefined);
    expect(items).toHaveLength(1);
    expect(items[0]?.inputs?.B).toEqual(Buffer.from(rest.inputs?.B ?? []));
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(Object.keys(rest).sort());
    expect(manifest).toMatchObject({ ...wearer, day, items: 1, events: 2, setAside: 0 });
  });

  it('is the same bytes whatever the order of its items, and however often one is given', () => {
    const items = [late(1), late(2, 3), late(700)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...items, ...items], { minLength: 6 }), (some) => {
        expect(packDay(at, some)).toEqual(packDay(at, items));
      }),
    );
  });

  it('counts each event of the day once, and those set aside apart', () => {
    const spanning = late(-5, 3);
    const aside = asidePut('trail', wearer, fixes(9)).Item;
    const { manifest } = unpackDay(at, packDay(at, [late(1, 2), late(2), spanning, aside]));
    expect(manifest).toMatchObject({ items: 4, events: 3, setAside: 1 });
  });

  it('is lines that any reader of JSON understands', () => {
    const [manifest = '', line = ''] = gunzipSync(packDay(at, [late(1)]))
      .toString()
      .split('\n');
    expect(JSON.parse(manifest)).toMatchObject({ form: 1, agencyId: 'demo', wearerId: 'w-1', day });
    expect(JSON.parse(line)).toMatchObject({ pk: { S: 'demo#WEARER#w-1' } });
  });

  it('is refused where a line was changed', () => {
    const text = gunzipSync(packDay(at, [late(1)])).toString();
    const changed = gzipSync(text.replace('LATE#2026-03-02', 'LATE#2026-03-03'));
    expect(() => unpackDay(at, changed)).toThrow(MalformedDay);
  });

  it("is refused under another's key, or another day's", () => {
    const body = packDay(at, [late(1)]);
    const other = wearerRefSchema.parse({ agencyId: 'demo', wearerId: 'w-2' });
    expect(() => unpackDay({ wearer: other, day }, body)).toThrow(MalformedDay);
    expect(() => unpackDay({ wearer, day: '2026-03-03' }, body)).toThrow(MalformedDay);
  });

  it('does not take what it could not give back', () => {
    expect(() => packDay(at, [{ ...late(1), list: { L: [] } }])).toThrow(MalformedDay);
  });
});
