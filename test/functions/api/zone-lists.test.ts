import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import { depthIn } from '#domain/geo/zone-or-list.ts';
import { wearerRefSchema } from '#domain/model/ids.ts';
import { alertContext } from '#functions/adapters/dynamodb/alert-context.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { supervisions } from '#functions/adapters/dynamodb/supervisions.ts';
import { usersOf } from '#functions/adapters/dynamodb/users-of.ts';
import { zoneListStore } from '#functions/adapters/dynamodb/zone-lists.ts';
import { violation } from '#test/support/alerts.ts';
import { attesting } from '#test/support/attest.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { DOCUMENTS } from './documents.ts';

const ROUTE = '/v1/zone-lists/{zoneListId}';
const path = { zoneListId: 'schools' };
const circle = (centre: Readonly<{ lat: number; lon: number }>, radiusMetres = 200) => ({
  ...{ type: 'Circle', centre, radiusMetres },
});
const OTHER = { lat: 51.49, lon: -0.13 };
const ring = [
  [-0.14, 51.52],
  [-0.13, 51.52],
  [-0.13, 51.53],
  [-0.14, 51.53],
  [-0.14, 51.52],
];
const WEARER = wearerRefSchema.parse({ agencyId: 'demo', wearerId: 'w-1' });

/** The API over the tables' own adapters, before a DynamoDB in memory. */
const start = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const { itemsOf } = fakeDynamoDb(client);
  const loadSupervision = supervisions(client, 'monitoring');
  const zoneLists = zoneListStore(client, 'monitoring');
  const api = keptApi({
    deps: { documents: documents(client, 'monitoring'), zoneLists, loadSupervision },
  });
  const put = (body: object) => api.ask(`PUT ${ROUTE}`, { path, body });
  const putOrder = async () => {
    for (const one of DOCUMENTS) {
      if (one.route === ROUTE) continue;
      const isOrder = one.route.includes('orders');
      const conditions = [
        { conditionId: 'schools', kind: 'exclusion-zone', zoneListId: 'schools' },
      ];
      const body = isOrder ? { ...one.body, conditions } : one.body;
      const asked = { path: one.path, body };
      if (isOrder) return api.ask(`PUT ${one.route}`, asked);
      await attesting(api.ask)(`PUT ${one.route}`, asked);
    }
    throw new Error('the test documents hold an order');
  };
  const keys = () => itemsOf('monitoring').map(({ sk }) => sk?.S ?? '');
  /** How far from the list's zones the wearer's home and the school lie, as it is watched. */
  const depths = async (freshness: 'fresh' | 'remembered' = 'fresh') => {
    const { watches } = await loadSupervision(WEARER, freshness);
    const zone = watches.find(({ rule }) => rule === 'exclusion-zone')?.question?.zone ?? null;
    return zone === null
      ? []
      : [HOME, SCHOOL, OTHER].map(({ lat, lon }) => Math.round(depthIn(zone, position(lat, lon))));
  };
  return { api, put, putOrder, keys, depths, client, loadSupervision };
};

const WHOLE = {
  name: 'Schools',
  zones: [
    { name: 'School', shape: circle(SCHOOL) },
    { name: 'Other', shape: circle(OTHER) },
  ],
};

describe('a zone list', () => {
  it('is watched by whose order names it, in the version that was put last', async () => {
    const { put, putOrder, depths, client } = start();
    expect(await put(WHOLE)).toMatchObject({ statusCode: 201, json: { version: 1 } });
    expect((await putOrder()).statusCode).toBe(201);
    expect(await usersOf(client, 'monitoring')('demo#ZONE-LIST#schools')).toEqual(['w-1']);
    const [home, ...inside] = await depths();
    expect(home).toBeLessThan(-800);
    expect(inside).toEqual([200, 200]);
    const answer = await put({ ...WHOLE, zones: WHOLE.zones.slice(0, 1) });
    expect(answer).toMatchObject({ statusCode: 200, json: { version: 2 } });
    const [, school, other] = await depths();
    expect(school).toBe(200);
    expect(other).toBeLessThan(-1_000);
  });

  it('is loaded once for all who read it, until another version is', async () => {
    const { put, putOrder, loadSupervision } = start();
    await put(WHOLE);
    await putOrder();
    const listOf = async () => {
      const { watches } = await loadSupervision(WEARER);
      const zone = watches.find(({ rule }) => rule === 'exclusion-zone')?.question?.zone;
      return zone?.kind === 'list' ? zone.list : null;
    };
    const first = await listOf();
    expect(first).not.toBeNull();
    expect(await listOf()).toBe(first);
    await put({ ...WHOLE, zones: WHOLE.zones.slice(0, 1) });
    expect(await listOf()).not.toBe(first);
  });

  it('is named on a page with the zone of it that is meant', async () => {
    const { put, putOrder, client } = start();
    await put(WHOLE);
    await putOrder();
    const { loadOpening } = alertContext(client, 'monitoring');
    const place = async (fields: object) => {
      const opened = violation({
        conditionId: 'schools',
        conditionKind: 'exclusion-zone',
        ...fields,
      });
      const { facts } = await loadOpening(WEARER.agencyId, opened);
      return facts.zoneName;
    };
    expect(await place({ zoneName: 'Other' })).toBe('Other (Schools)');
    expect(await place({})).toBe('Schools');
  });

  it('may be a GeoJSON FeatureCollection', async () => {
    const { put, api } = start();
    const features = [
      {
        type: 'Feature',
        properties: { name: 'Square' },
        geometry: { type: 'Polygon', coordinates: [ring] },
      },
    ];
    const answer = await put({ type: 'FeatureCollection', name: 'Squares', features });
    expect(answer.statusCode).toBe(201);
    const found = await api.ask(`GET ${ROUTE}`, { path });
    expect(found.json.document).toMatchObject({ name: 'Squares', zones: 1 });
  });

  it('is the same again where its zones come in another order', async () => {
    const { put } = start();
    await put(WHOLE);
    const answer = await put({ ...WHOLE, zones: WHOLE.zones.toReversed() });
    expect(answer).toMatchObject({ statusCode: 200, json: { version: 1, changed: false } });
  });

  it.each<[string, object, string, RegExp]>([
    [
      'a zone that meets itself',
      {
        zones: [
          WHOLE.zones[0],
          {
            name: 'Bow',
            shape: {
              type: 'Polygon',
              coordinates: [[...ring.slice(0, 2), ring[3], ring[2], ring[0]]],
            },
          },
        ],
      },
      'zones.1.shape.coordinates.0.1',
      /^Bow: .*crosses edge/,
    ],
    ['a zone without a name', { zones: [{ shape: circle(SCHOOL) }] }, 'zones.0.name', /has a name/],
    [
      'a feature without a shape',
      {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: { name: 'A' }, geometry: null }],
      },
      'features.0.geometry',
      /^A: /,
    ],
    [
      'a circle that is too wide for a list',
      { zones: [{ name: 'Wide', shape: circle(SCHOOL, 6_000) }] },
      'zones.0.shape.radiusMetres',
      /^Wide: /,
    ],
    ['no zones', { zones: [] }, 'zones', /send zones/],
    ['a part of no draft', { draft: 'a b', part: 1 }, 'draft', /letters, digits/],
  ])('with %s is refused by its field, nothing saved', async (_, fields, field, message) => {
    const { put, keys } = start();
    const answer = await put({ name: 'Schools', ...fields });
    expect(answer).toMatchObject({
      statusCode: 422,
      json: { problems: [{ path: field, message: expect.stringMatching(message) }] },
    });
    expect(keys()).toEqual([]);
  });
});

describe('a zone list that comes in several requests', () => {
  const part = (n: number) => ({ draft: 'd-1', part: n, zones: [WHOLE.zones[n - 1]] });

  it('is read by nobody before it is published, and whole from then on', async () => {
    const { put, putOrder, depths, api } = start();
    await put({ ...WHOLE, zones: [{ name: 'Home', shape: circle(HOME) }] });
    await putOrder();
    const before = await depths();
    for (const n of [1, 2]) {
      expect(await put(part(n))).toMatchObject({ statusCode: 200, json: { part: n, zones: 1 } });
      expect(await depths()).toEqual(before);
      expect((await api.ask(`GET ${ROUTE}`, { path })).json.version).toBe(1);
    }
    const publish = { name: 'Schools', draft: 'd-1', parts: 2 };
    expect(await put(publish)).toMatchObject({ statusCode: 200, json: { version: 2 } });
    expect((await depths()).slice(1)).toEqual([200, 200]);
    expect(await put(publish)).toMatchObject({ json: { version: 2, changed: false } });
  });

  it('is not published while a part is missing, and an order cannot name it', async () => {
    const { put, putOrder, keys } = start();
    await put(part(2));
    const answer = await put({ name: 'Schools', draft: 'd-1', parts: 2 });
    expect(answer).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'missing-part', message: expect.stringMatching(/part 1 of/) }] },
    });
    expect(keys().filter((key) => key === 'CURRENT')).toEqual([]);
    expect((await putOrder()).json.problems).toMatchObject([
      { code: 'not-on-record', path: 'conditions.0.zoneListId' },
    ]);
  });
});
