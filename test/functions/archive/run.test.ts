import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type WearerRef, wearerRefSchema } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import { archivableItems } from '#functions/adapters/dynamodb/archivable-items.ts';
import { duePages } from '#functions/adapters/dynamodb/due.ts';
import { asidePut, latePut, type TrailPut, trail } from '#functions/adapters/dynamodb/trail.ts';
import { trailArchive } from '#functions/adapters/s3/trail-archive.ts';
import { wholeTrail } from '#functions/adapters/whole-trail.ts';
import { type ArchiveDeps, run } from '#functions/archive/run.ts';
import { fix } from '#test/support/events.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const FIRST_DAY = Date.parse('2026-03-02T00:00:00Z');
const HOME = { lat: 51.5, lon: -0.1 };
const wearerNamed = (wearerId: string): WearerRef =>
  wearerRefSchema.parse({ agencyId: 'demo', wearerId });
const wearer = wearerNamed('w-1');
const hourOf = (hours: number) => instant(FIRST_DAY + hours * 3_600_000);
const fixesAt = (hours: readonly number[]): DeviceEvent[] =>
  hours.map((hour) => fix(hourOf(hour), HOME));

let dynamoDb: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  dynamoDb = fakeDynamoDb(DynamoDBClient);
});
afterEach(() => dynamoDb.restore());

const client = new DynamoDBClient({ region: 'eu-west-2' });
const put = (one: TrailPut) => client.send(new PutItemCommand(one));
const late = (hours: readonly number[], whose = wearer): TrailPut =>
  latePut('trail', whose, fixesAt(hours));

/** An archive that runs as of so many days after the first. */
const archiving = (afterDays: number, fails: (moment: string) => void = () => undefined) => {
  const told = recordedTelemetry();
  const bucket = fakeObjects(fails);
  let now = instant(FIRST_DAY + afterDays * DAY_MILLISECONDS);
  const table = archivableItems(client, 'trail');
  const deps: ArchiveDeps = {
    now: () => now,
    duePages: duePages(client, 'trail'),
    items: {
      ...table,
      remove: async (item) => {
        fails('before remove');
        return table.remove(item);
      },
      leave: async (item, archivedTo, lastDay) => {
        fails('before leave');
        return table.leave(item, archivedTo, lastDay);
      },
    },
    archive: trailArchive(bucket.objects),
    telemetry: told.telemetry,
  };
  const whole = wholeTrail({
    table: trail(client, 'trail'),
    archive: trailArchive(bucket.objects),
    now: () => now,
  });
  return {
    ...told,
    bucket,
    whole,
    pass: (days: number) => {
      now = instant(now + days * DAY_MILLISECONDS);
    },
    go: (remaining = () => 600_000) => run(deps)(null, { getRemainingTimeInMillis: remaining }),
    goPart: (event: unknown) => run(deps)(event, { getRemainingTimeInMillis: () => 600_000 }),
  };
};

const left = () => dynamoDb.itemsOf('trail').map(({ sk }) => sk?.S ?? '');
const measuredOf = (measured: readonly (readonly [string, number])[], name: string) =>
  measured.filter(([one]) => one === name).map(([, value]) => value);

describe('given days of a wearer in the trail', () => {
  it('leaves alone what a late event may still reach', async () => {
    await put(late([1, 2]));
    const { go, bucket, measured } = archiving(32.99);
    await go();
    expect(bucket.kept.size).toBe(0);
    expect(left()).toHaveLength(1);
    expect(measuredOf(measured, 'archivedDays')).toEqual([0]);
  });

  it('moves a day that is due into one object of that day', async () => {
    await put(late([1, 2]));
    await put(late([5]));
    const { go, bucket, measured } = archiving(33);
    await go();
    expect([...bucket.kept.keys()]).toEqual(['demo/w-1/2026-03-02.ndjson.gz']);
    expect(left()).toEqual([]);
    expect(measuredOf(measured, 'archivedDays')).toEqual([1]);
    expect(measuredOf(measured, 'archiveOverdueDays')).toEqual([0]);
  });

  it('takes with it what is as old and was marked by nobody', async () => {
    const { TableName, Item } = late([1]);
    const { dueShard: _, nextDueAt: __, ...unmarked } = Item;
    await put({ TableName, Item: unmarked });
    await put(late([5]));
    const { go } = archiving(33);
    await go();
    expect(left()).toEqual([]);
  });

  it('comes again for what one run does not take, although only the first is marked', async () => {
    const minutes = Array.from({ length: 805 }, (_, i) => 1 + i / 60);
    for (const [i, hour] of minutes.entries()) {
      const { TableName, Item } = late([hour]);
      const { dueShard, nextDueAt, ...unmarked } = Item;
      await put({ TableName, Item: i === 0 ? Item : unmarked });
    }
    const { go, whole } = archiving(33);
    await go();
    expect(left()).toHaveLength(5);
    await go();
    expect(left()).toEqual([]);
    expect(await whole.load(wearer, hourOf(0), hourOf(23.9))).toHaveLength(805);
  });

  it('keeps an item that reaches into the next day until that is due too', async () => {
    await put(late([23, 25]));
    const { go, pass, bucket } = archiving(33);
    await go();
    expect([...bucket.kept.keys()]).toEqual(['demo/w-1/2026-03-02.ndjson.gz']);
    expect(left()).toHaveLength(1);
    await go();
    expect(left()).toHaveLength(1);
    pass(1);
    await go();
    expect([...bucket.kept.keys()].sort()).toEqual([
      'demo/w-1/2026-03-02.ndjson.gz',
      'demo/w-1/2026-03-03.ndjson.gz',
    ]);
    expect(left()).toEqual([]);
  });

  it('adds to a day that is archived already what comes after all', async () => {
    const { go, whole } = archiving(33);
    await put(late([1]));
    await go();
    await put(late([2]));
    await go();
    expect(left()).toEqual([]);
    expect(await whole.load(wearer, hourOf(0), hourOf(23))).toEqual(fixesAt([1, 2]));
  });

  it('does not remove what changed after it was read', async () => {
    const first = late([1]);
    await put(first);
    let isChanged = false;
    const { go, whole } = archiving(33, (moment) => {
      if (moment !== 'before remove' || isChanged) return;
      isChanged = true;
      // As when a late event is folded into a slice: the same key, more events, no mark.
      const { dueShard: _, nextDueAt: __, inputs: ___, ...rest } = first.Item;
      const { inputs } = late([1, 3]).Item;
      void put({ TableName: 'trail', Item: { ...rest, ...(inputs && { inputs }) } });
    });
    await go();
    expect(left()).toHaveLength(1);
    await go();
    expect(left()).toEqual([]);
    expect(await whole.load(wearer, hourOf(0), hourOf(23))).toEqual(fixesAt([1, 3]));
  });

  it('keeps what was set aside, and does not show it', async () => {
    await put(asidePut('trail', wearer, fixesAt([4])));
    const { go, whole, bucket } = archiving(33);
    await go();
    expect(bucket.kept.size).toBe(1);
    expect(await whole.load(wearer, hourOf(0), hourOf(23))).toEqual([]);
  });
});

describe('given runs side by side', () => {
  it('each takes its own shards, and together they take all', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `w-${n}`);
    for (const name of names) await put(late([1], wearerNamed(name)));
    const { goPart, bucket } = archiving(33);
    await goPart({ part: 0, of: 4 });
    const first = bucket.kept.size;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(12);
    for (const part of [1, 2, 3]) await goPart({ part, of: 4 });
    expect(bucket.kept.size).toBe(12);
    expect(left()).toEqual([]);
  });
});

describe('given runs that end anywhere', () => {
  const hours = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 5 });

  it('loses nothing, doubles nothing, and shows all of it at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(hours, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(12), { maxLength: 8 }),
        async (items, ends) => {
          dynamoDb.restore();
          dynamoDb = fakeDynamoDb(DynamoDBClient);
          for (const one of items) await put(late([...one].sort((a, b) => a - b)));
          const all = [...new Set(items.flat())].sort((a, b) => a - b);
          const expected = fixesAt(all).map(identityOf);
          let countdown = Number.POSITIVE_INFINITY;
          const { go, pass, whole } = archiving(33, () => {
            countdown -= 1;
            if (countdown < 0) throw new Error('the process ends here');
          });
          const shown = async () => {
            countdown = Number.POSITIVE_INFINITY;
            const days = [0, 1, 2, 3].map((n) => [hourOf(n * 24), hourOf(n * 24 + 23)] as const);
            const found = await Promise.all(days.map(([from, to]) => whole.load(wearer, from, to)));
            return found.flat().map(identityOf);
          };
          for (const end of ends) {
            countdown = end;
            await go();
            expect(await shown()).toEqual(expected);
            pass(0.5);
          }
          countdown = Number.POSITIVE_INFINITY;
          for (let days = 0; days < 4; days += 1) {
            pass(1);
            await go();
          }
          expect(left()).toEqual([]);
          expect(await shown()).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stops before its time is up, and says how long overdue the rest is', async () => {
    await put(late([1]));
    const { go, measured } = archiving(35);
    await go(() => 29_000);
    expect(left()).toHaveLength(1);
    expect(measuredOf(measured, 'archiveOverdueDays')).toEqual([2]);
  });
});

describe('given a wearer who cannot be archived', () => {
  it('goes on with the others, logs the id, and says that something is left', async () => {
    const broken = late([1], wearerNamed('w-broken'));
    await put({ ...broken, Item: { ...broken.Item, inputs: { B: new Uint8Array([99]) } } });
    await put(late([1]));
    const { go, bucket, lines, measured } = archiving(34);
    await go();
    expect([...bucket.kept.keys()]).toEqual(['demo/w-1/2026-03-02.ndjson.gz']);
    expect(left()).toHaveLength(1);
    expect(lines).toEqual([
      {
        level: 'error',
        message: 'wearer not archived',
        fields: { agencyId: 'demo', wearerId: 'w-broken', error: 'RangeError' },
      },
    ]);
    expect(measuredOf(measured, 'archiveFailures')).toEqual([1]);
    expect(measuredOf(measured, 'archiveOverdueDays')).toEqual([1]);
  });

  it('stops after fifty failures on end: the trouble is not theirs', async () => {
    for (let n = 0; n < 80; n += 1) await put(late([1], wearerNamed(`w-${n}`)));
    const { go, measured } = archiving(33, (moment) => {
      if (moment.startsWith('before put')) throw new Error('no bucket');
    });
    await go();
    expect(measuredOf(measured, 'archiveFailures')[0]).toBeGreaterThanOrEqual(50);
    expect(measuredOf(measured, 'archiveFailures')[0]).toBeLessThan(70);
    expect(left()).toHaveLength(80);
  });
});
