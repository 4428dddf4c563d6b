import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MOST_SHEET_BYTES, writeSheet } from '#domain/exchange/sheet.ts';
import { sha256Of } from '#functions/adapters/s3/imported-sheets.ts';
import { ADMINISTRATOR, httpRequest } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { minute } from '#test/support/walks.ts';
import { orderedWorld, WHY, type World } from './history-world.ts';

const SHEET = '/v1/wearers/{wearerId}/imports/{importId}/{group}/{sheet}';
const AT = { wearerId: 'w-1', importId: 'vendor-a', group: 'violations', sheet: '1' };

/** What another vendor found, in words and ids of its own. */
const FOUND = {
  ...{ kind: 'violation', violationId: '2024/0117 #9', orderId: 'Case 88', orderVersion: null },
  ...{
    conditionId: null,
    conditionKind: null,
    rule: 'Leave Zone',
    reason: 'Left home',
    revision: null,
  },
  ...{
    status: 'ended',
    openedAt: '2024-03-02T20:00:00+01:00',
    endedAt: '2024-03-02T20:30:00+01:00',
  },
  ...{ endReason: null, detectedAt: null, certainty: null, competing: null, distanceMetres: null },
  ...{ zoneName: null, isLate: false, isOldNews: false, evidence: [], saidBy: [] },
  more: { 'Officer comment': 'phoned him', rank: 2 },
};
type Stated = Parameters<typeof writeSheet>[0];
const STATED: Stated = {
  group: 'violations',
  ...{ subjectId: '88-117', source: { system: 'Vendor A', agency: 'County' } },
  ...{ from: '2020-01-01T00:00:00Z', to: '2025-01-01T00:00:00Z' },
  ...{ sheet: 1, isLast: true, linesBefore: 0 },
};

const sheetOf = (stated: Partial<Stated>, ...lines: readonly object[]): string =>
  writeSheet(
    { ...STATED, ...stated },
    lines.map((line) => JSON.stringify(line)),
    sha256Of,
  );
const GOOD = sheetOf({}, FOUND, { ...FOUND, violationId: '2024/0118' });

let world: World;
const newWorld = async (): Promise<void> => {
  world = await orderedWorld();
};

type Named = Readonly<Record<string, string>>;
const put = (body: unknown, path: Named = {}, query: Named = { by: 'officer' }) =>
  world.ask(`PUT ${SHEET}`, { path: { ...AT, ...path }, query, body });
const get = (path: Named = {}, query: Named = WHY) =>
  world.ask(`GET ${SHEET}`, { path: { ...AT, ...path }, query });

const written = () => [world.itemsOf(world.tables.record).length, world.bucket.size];

describe('a sheet of what another system said', () => {
  beforeEach(newWorld);

  it('is kept as it came, and read again so', async () => {
    expect(await put(GOOD)).toMatchObject({ statusCode: 201, json: { isNew: true, lines: 2 } });
    const { statusCode, headers, body } = await get();
    expect([statusCode, headers['content-type'], body]).toEqual([
      200,
      'application/x-ndjson',
      GOOD,
    ]);
  });

  it('is kept once, however often it comes', async () => {
    await put(GOOD);
    const before = written();
    world.clock.now = minute(60);
    expect(await put(GOOD)).toMatchObject({ statusCode: 200, json: { isNew: false } });
    expect(written()).toEqual(before);
  });

  it('stands where another one comes under its number', async () => {
    await put(GOOD);
    const before = written();
    const other = await put(sheetOf({}, FOUND));
    expect(other).toMatchObject({ statusCode: 409, json: { code: 'another-sheet' } });
    expect(written()).toEqual(before);
    expect((await get()).body).toBe(GOOD);
  });

  it('is one of two that come at the same time under a number: the other is told', async () => {
    const both = [put(GOOD), put(sheetOf({}, FOUND))];
    const codes = (await Promise.all(both)).map(({ statusCode }) => statusCode);
    expect(codes.sort()).toEqual([201, 409]);
    expect((await put((await get()).body)).statusCode).toBe(200);
  });

  it('is put again whole where the power went between its two writes', async () => {
    for (let calls = 4; ; calls += 1) {
      world = await orderedWorld();
      world.clock.callsLeft = calls;
      const first = await put(GOOD).catch(() => null);
      world.clock.callsLeft = Number.POSITIVE_INFINITY;
      expect([200, 201]).toContain((await put(GOOD)).statusCode);
      expect((await get()).body).toBe(GOOD);
      if (first !== null) break;
    }
  });

  it('is said to be gone when the time for which it is kept is over', async () => {
    await put(GOOD);
    world.bucket.clear();
    expect(await get()).toMatchObject({ statusCode: 410, json: { code: 'no-longer-kept' } });
    const { json } = await world.ask('GET /v1/wearers/{wearerId}/imports', { path: AT });
    expect(json.imports).toMatchObject([{ importId: 'vendor-a', groups: [{ lines: 2 }] }]);
  });

  it('is never shown where it is not what was put there', async () => {
    await put(GOOD);
    const [key = ''] = world.bucket.keys();
    world.bucket.set(key, { body: new Uint8Array(gzipSync(`${GOOD} `)), etag: '"x"' });
    await expect(get()).rejects.toThrow('an imported sheet is not what was put there');
  });

  it('is not found before it has come', async () => {
    expect((await get()).statusCode).toBe(404);
  });

  it('is handed over only with a reason, which is put on record', async () => {
    await put(GOOD);
    expect((await get({}, { by: 'officer' })).statusCode).toBe(422);
    await get();
    const entry = world
      .itemsOf(world.tables.record)
      .find(({ pk }) => pk?.S === 'demo#READINGS#w-1');
    const asked = { path: { importId: 'vendor-a' } };
    expect(JSON.parse(entry?.body?.S ?? '')).toMatchObject({ asked, ...WHY });
  });
});

describe('a sheet that cannot be kept leaves nothing behind', () => {
  beforeAll(newWorld);

  const bad = sheetOf({}, FOUND, { ...FOUND, openedAt: 'yesterday' }, FOUND, {
    ...FOUND,
    kind: 'x',
  });

  it('of which some lines are bad: each is told by its number, and none is kept', async () => {
    const before = written();
    const { statusCode, json } = await put(bad);
    expect(statusCode).toBe(422);
    expect(json).toMatchObject({
      badLines: 2,
      problems: [
        { line: 3, path: 'openedAt', message: expect.stringMatching(/must be an instant/) },
        { line: 5 },
      ],
    });
    expect(written()).toEqual(before);
  });

  it.each<[string, number, string, Named, Named]>([
    ['of another group than its path', 422, GOOD, { group: 'alerts' }, { by: 'officer' }],
    ['of another number than its path', 422, GOOD, { sheet: '2' }, { by: 'officer' }],
    [
      'of a stretch that is still ahead',
      422,
      sheetOf({ to: '2027-01-01T00:00:00Z' }),
      {},
      { by: 'officer' },
    ],
    ['that is empty', 422, '', {}, { by: 'officer' }],
    ['sent by nobody', 422, GOOD, {}, {}],
    ['sent by somebody unknown', 422, GOOD, {}, { by: 'nobody' }],
    ['of a wearer who is not on record', 404, GOOD, { wearerId: 'nobody' }, { by: 'officer' }],
    ['of a pair', 404, GOOD, { wearerId: 'pair-1' }, { by: 'officer' }],
    ['of no group', 400, GOOD, { group: 'thoughts' }, { by: 'officer' }],
    ['of no number', 400, GOOD, { sheet: '1e3' }, { by: 'officer' }],
    ['of number 0', 400, GOOD, { sheet: '0' }, { by: 'officer' }],
    ['of an import with a slash', 400, GOOD, { importId: 'a/b' }, { by: 'officer' }],
    ['of an import that climbs', 400, GOOD, { importId: '..' }, { by: 'officer' }],
    ['that is too large', 413, 'x'.repeat(MOST_SHEET_BYTES + 1), {}, { by: 'officer' }],
  ])('%s', async (_, status, body, path, query) => {
    const before = written();
    expect((await put(body, path, query)).statusCode).toBe(status);
    expect(written()).toEqual(before);
  });

  it('of a protected person, whose whereabouts nobody may know', async () => {
    const body = { name: 'Ann', kind: 'protected-person' };
    await world.ask('PUT /v1/wearers/{wearerId}', { path: { wearerId: 'v-1' }, body });
    const before = written();
    expect((await put(GOOD, { wearerId: 'v-1' })).statusCode).toBe(403);
    expect(written()).toEqual(before);
  });

  it('whatever it is', async () => {
    const before = written();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (body) => {
        expect((await put(body)).statusCode).toBe(422);
      }),
      { numRuns: 200 },
    );
    expect(written()).toEqual(before);
  });

  it('that is no text', async () => {
    const api = keptApi();
    await api.ask('PUT /v1/wearers/{wearerId}', { path: AT, body: { name: 'Jo' } });
    const officer = { name: 'Sam', role: 'officer', mobile: '+447700900001' };
    await api.ask('PUT /v1/people/{personId}', { path: { personId: 'officer' }, body: officer });
    const body = Buffer.from([0xff, 0xfe, 0x0a]).toString('base64');
    const asked = {
      routeKey: `PUT ${SHEET}`,
      who: ADMINISTRATOR,
      path: AT,
      query: { by: 'officer' },
      body,
    };
    const answer = await api.handle({ ...httpRequest(asked), isBase64Encoded: true });
    expect([answer.statusCode, JSON.parse(answer.body).detail]).toEqual([
      422,
      'the sheet is not UTF-8',
    ]);
  });
});

describe('what was imported of a wearer', () => {
  beforeAll(newWorld);

  it('says which sheets are missing, until they come', async () => {
    const groupsOf = async () => {
      const { json } = await world.ask('GET /v1/wearers/{wearerId}/imports', { path: AT });
      return json.imports[0]?.groups;
    };
    expect(await groupsOf()).toBeUndefined();
    await put(sheetOf({ sheet: 3, linesBefore: 2 }, FOUND), { sheet: '3' });
    await put(sheetOf({ isLast: false }, FOUND));
    expect(await groupsOf()).toMatchObject([{ isWhole: false, missing: [2], lines: 2 }]);
    await put(sheetOf({ sheet: 2, isLast: false, linesBefore: 1 }, FOUND), { sheet: '2' });
    expect(await groupsOf()).toMatchObject([
      { isWhole: true, missing: [], sheets: 3, lines: 3, subjectId: '88-117', by: ['officer'] },
    ]);
  });
});
