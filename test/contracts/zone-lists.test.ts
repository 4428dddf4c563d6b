import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import { depthIn } from '#domain/geo/zone-or-list.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { text } from '#functions/adapters/dynamodb/items.ts';
import { sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { queryAll } from '#functions/adapters/dynamodb/query.ts';
import { sweepZoneListDraft } from '#functions/adapters/dynamodb/zone-list-drafts.ts';
import { isZoneListDraft } from '#functions/adapters/dynamodb/zone-list-keys.ts';
import {
  zoneListHeaderFrom,
  zoneListLoader,
  zoneListStore,
} from '#functions/adapters/dynamodb/zone-lists.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { at, HOME, SCHOOL, WEARER } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const NOON = at('2026-03-02T12:00:00Z');
const days = (count: number): Instant => secondsAfter(NOON, count * DAY_SECONDS);
type Spot = Readonly<{ lat: number; lon: number }>;
const SPOTS = { Home: HOME, School: SCHOOL, Church: { lat: 51.49, lon: -0.13 } };
const zone = (name: keyof typeof SPOTS) => ({
  ...{ name, shape: { type: 'Circle', centre: SPOTS[name], radiusMetres: 200 } },
});
const [HOMES, SCHOOLS, CHURCHES] = [[zone('Home')], [zone('School')], [zone('Church')]];

describe.each(STORES)('a zone list in $name', ({ start }) => {
  const { store } = useStore(start);
  const listed = (zoneListId: string) => sharedKey(WEARER.agencyId, 'ZONE-LIST', zoneListId);
  const put = async (zoneListId: string, body: object, now = NOON) => {
    const { client, names } = store();
    const deps = {
      documents: documents(client, names.monitoring),
      zoneLists: zoneListStore(client, names.monitoring),
    };
    const route = 'PUT /v1/zone-lists/{zoneListId}';
    return keptApi({ now, deps }).ask(route, { path: { zoneListId }, body });
  };
  /** Whose zones lie in a list, as evaluation loads it. */
  const read = async (zoneListId: string): Promise<string[]> => {
    const { client, names } = store();
    const item = await documents(client, names.monitoring).loadItem(listed(zoneListId));
    if (item === null) return [];
    const load = zoneListLoader(client, names.monitoring);
    const { value } = await load(listed(zoneListId), zoneListHeaderFrom(item));
    const isIn = (spot: Spot) => depthIn(value.zones, position(spot.lat, spot.lon)) > 0;
    return Object.entries(SPOTS).flatMap(([name, spot]) => (isIn(spot) ? [name] : []));
  };
  /** What the sweep does of a day: it finds the drafts of a list that are due, and sweeps them. */
  const sweep = async (zoneListId: string, now: Instant): Promise<number> => {
    const { client, names } = store();
    const rows = await due(client, names.monitoring)(now);
    const keys = rows.flatMap(({ pk, sk }) =>
      sk !== null && isZoneListDraft(sk) && pk === listed(zoneListId).pk ? [{ pk, sk }] : [],
    );
    for (const key of keys) await sweepZoneListDraft(client, names.monitoring)(key, now);
    return keys.length;
  };
  const parts = async (zoneListId: string): Promise<number> => {
    const { client, names } = store();
    const found = await queryAll(client, {
      TableName: names.monitoring,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :part)',
      ExpressionAttributeValues: { ':pk': text(listed(zoneListId).pk), ':part': text('PART#') },
    });
    return found.length;
  };

  it('is read as it was put, in the version that was put last', async () => {
    await put('whole', { name: 'List', zones: [...HOMES, ...SCHOOLS] });
    expect(await read('whole')).toEqual(['Home', 'School']);
    await put('whole', { name: 'List', zones: SCHOOLS });
    expect(await read('whole')).toEqual(['School']);
  });

  it('is read by nobody before its draft is published', async () => {
    await put('drafted', { draft: 'june', part: 1, zones: HOMES });
    await put('drafted', { draft: 'june', part: 2, zones: SCHOOLS });
    expect(await read('drafted')).toEqual([]);
    const missing = await put('drafted', { name: 'List', draft: 'june', parts: 3 });
    expect(missing).toMatchObject({ statusCode: 422, json: { problems: [{ path: 'parts' }] } });
    expect((await put('drafted', { name: 'List', draft: 'june', parts: 2 })).statusCode).toBe(201);
    expect(await read('drafted')).toEqual(['Home', 'School']);
  });

  it('keeps its parts when the draft that brought them is swept', async () => {
    await put('swept', { draft: 'june', part: 1, zones: HOMES });
    await put('swept', { name: 'List', draft: 'june', parts: 1 });
    expect(await sweep('swept', days(6.9))).toBe(0);
    expect(await sweep('swept', days(7.1))).toBe(1);
    expect(await sweep('swept', days(8))).toBe(0);
    expect(await read('swept')).toEqual(['Home']);
  });

  it('loses a draft that nobody published, with the parts that nothing else names', async () => {
    await put('unused', { name: 'List', zones: HOMES });
    await put('unused', { draft: 'june', part: 1, zones: HOMES });
    await put('unused', { draft: 'june', part: 2, zones: SCHOOLS });
    await put('unused', { draft: 'june', part: 3, zones: CHURCHES });
    await put('unused', { draft: 'july', part: 1, zones: CHURCHES }, days(5));
    expect(await sweep('unused', days(7.1))).toBe(3);
    expect(await parts('unused')).toBe(2);
    const answer = await put('unused', { name: 'List', draft: 'july', parts: 1 }, days(8));
    expect(answer.statusCode).toBe(200);
    expect(await read('unused')).toEqual(['Church']);
  });

  it('keeps what was sent again since, and takes no draft that is about to be swept', async () => {
    await put('again', { draft: 'june', part: 1, zones: HOMES });
    const tooLate = await put('again', { name: 'List', draft: 'june', parts: 1 }, days(6.5));
    expect(tooLate.statusCode).toBe(422);
    await put('again', { draft: 'june', part: 1, zones: HOMES }, days(6.6));
    expect(await sweep('again', days(7.1))).toBe(0);
    await put('again', { name: 'List', draft: 'june', parts: 1 }, days(7.2));
    expect(await read('again')).toEqual(['Home']);
  });
});
