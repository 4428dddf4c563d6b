import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { DOCUMENTS } from './documents.ts';

type Api = ReturnType<typeof keptApi>;

const documentAt = (name: string) => {
  const found = DOCUMENTS.find(({ route }) => route.includes(name));
  if (found === undefined) throw new Error(`no test document ${name}`);
  return found;
};
const WEARER = documentAt('/wearers/{wearerId}');
const ROTA = documentAt('rotas');
const POLICY = documentAt('policies');
const ACTIVATION = documentAt('activations');
const ORDER = documentAt('orders');

const put = (api: Api, { route, path, body }: (typeof DOCUMENTS)[number], fields = {}) =>
  api.ask(`PUT ${route}`, { path, body: { ...body, ...fields } });

const pathsOf = (response: Readonly<{ json: unknown }>): string[] =>
  Object(response.json).problems.map(({ code, path }: { code: string; path: string }) =>
    code === 'not-on-record' ? path : `${code} ${path}`,
  );

describe('what a document refers to must be on record', () => {
  it('the wearer of an order and of an activation', async () => {
    expect((await put(keptApi(), ORDER)).statusCode).toBe(404);
    expect((await put(keptApi(), ACTIVATION)).statusCode).toBe(404);
  });

  it('officer, policy, zone and timetable of an order, each named by its path', async () => {
    const api = keptApi();
    await put(api, WEARER);
    expect(pathsOf(await put(api, ORDER))).toEqual([
      'responsibleOfficer',
      'policyId',
      'conditions.0.timetableId',
      'conditions.1.zoneId',
    ]);
  });

  it('the force that gave an order its reference, which without one is of nobody', async () => {
    const api = keptApi();
    await put(api, WEARER);
    const stray = await put(api, ORDER, { policeForce: null, policeReference: 'EM/12345/AA' });
    expect(stray.statusCode).toBe(422);
    expect(pathsOf(stray)).toContain('not-allowed policeReference');
  });

  it('everybody on a rota', async () => {
    const shift = { startsAt: '2026-01-01T08:00:00Z', endsAt: '2026-01-01T16:00:00Z' };
    const shifts = [{ ...shift, personId: 'ghost' }];
    expect(pathsOf(await put(keptApi(), ROTA, { shifts }))).toEqual([
      'otherwise',
      'shifts.0.personId',
    ]);
  });

  it('everybody whom a policy names', async () => {
    const targets = [
      { kind: 'police' },
      { kind: 'person', personId: 'ghost' },
      { kind: 'rota', rotaId: 'none' },
    ];
    const response = await put(keptApi(), POLICY, { steps: [{ delaySeconds: 0, targets }] });
    expect(pathsOf(response)).toEqual([
      'lastResort.personIds.0',
      'steps.0.targets.1.personId',
      'steps.0.targets.2.rotaId',
    ]);
  });
});

it('a policy tells no canary: its step would count as told, and nobody would hear', async () => {
  const steps = [{ delaySeconds: 0, targets: [{ kind: 'police' }, { kind: 'canary' }] }];
  expect(pathsOf(await put(keptApi(), POLICY, { steps }))).toContain(
    'not-allowed steps.0.targets.1.kind',
  );
});

describe('an activation', () => {
  it('is nobody else’s', async () => {
    const api = keptApi();
    for (const wearerId of ['w-1', 'w-2']) {
      await api.ask(`PUT ${WEARER.route}`, { path: { wearerId }, body: WEARER.body });
    }
    await put(api, ACTIVATION);
    const path = { ...ACTIVATION.path, wearerId: 'w-2' };
    const response = await api.ask(`PUT ${ACTIVATION.route}`, { path, body: ACTIVATION.body });
    expect(response).toMatchObject({
      statusCode: 409,
      json: { code: 'activation-of-another-wearer', path: 'activationId' },
    });
  });

  it('is one wearer’s, although two take it at the same moment', async () => {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    const { restore } = fakeDynamoDb(client);
    const api = keptApi({ deps: { documents: documents(client, 'monitoring') } });
    const wearers = ['w-1', 'w-2'];
    for (const wearerId of wearers) {
      await api.ask(`PUT ${WEARER.route}`, { path: { wearerId }, body: WEARER.body });
    }
    const taken = wearers.map((wearerId) => {
      const path = { ...ACTIVATION.path, wearerId };
      return api.ask(`PUT ${ACTIVATION.route}`, { path, body: ACTIVATION.body });
    });
    const statuses = (await Promise.all(taken)).map(({ statusCode }) => statusCode);
    expect(statuses.sort()).toEqual([201, 409]);
    restore();
  });

  it('is written where ingest looks it up, in the same transaction', async () => {
    const api = keptApi();
    await put(api, WEARER);
    await put(api, ACTIVATION);
    const lookUp = api.items.get('demo#ACTIVATION#a-1 ACTIVATION');
    expect(JSON.parse(lookUp?.body?.S ?? '')).toMatchObject({
      activationId: 'a-1',
      wearerId: 'w-1',
    });
  });
});

describe('an order', () => {
  it('is named beside each zone and timetable that it uses, to hear of their changes', async () => {
    const api = keptApi();
    for (const one of DOCUMENTS) await put(api, one);
    const used = [...api.items.keys()].filter((name) => name.includes('USED_BY'));
    expect(used.sort()).toEqual([
      'demo#TIMETABLE#night USED_BY#w-1',
      'demo#ZONE#school USED_BY#w-1',
    ]);
  });
});

describe('a person with an e-mail address', () => {
  it('gets a topic of their own, kept beside the document', async () => {
    const api = keptApi();
    const body = { name: 'Sam', role: 'officer', email: 'sam@agency.example' };
    const path = { personId: 'sam' };
    await api.ask('PUT /v1/people/{personId}', { path, body });
    expect(api.emails).toEqual(['sam@agency.example']);
    const item = api.items.get('demo#PERSON#sam CURRENT');
    expect(item).toMatchObject({ topicArn: { S: 'arn:topic:sam' } });
    const { json } = await api.ask('GET /v1/people/{personId}', { path });
    expect(json.document).not.toHaveProperty('topicArn');
  });
});

describe('a timetable that is odd but allowed', () => {
  it('is saved, with warnings', async () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const windows = [{ days, start: '12:00', end: '11:00' }];
    const body = { name: 'Always', timeZone: 'Europe/London', windows };
    const path = { timetableId: 'always' };
    const response = await keptApi().ask('PUT /v1/timetables/{timetableId}', { path, body });
    expect(response.statusCode).toBe(201);
    expect(response.json.warnings.length).toBeGreaterThan(0);
  });
});

describe('a zone with a bad shape', () => {
  it('is refused where it is wrong, inside the shape', async () => {
    const shape = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      ],
    };
    const body = { name: 'School', kind: 'exclusion', shape };
    const path = { zoneId: 'school' };
    const response = await keptApi().ask('PUT /v1/zones/{zoneId}', { path, body });
    expect(response.statusCode).toBe(422);
    const paths = response.json.problems.map((problem: { path: string }) => problem.path);
    expect(paths).toEqual(['shape.coordinates.0']);
  });
});

describe('an order is refused', () => {
  const conditions = [
    { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'none' },
    { conditionId: 'other', kind: 'exclusion-zone', zoneId: 'none' },
  ];

  it('with a time zone that does not exist: no page could tell its time', async () => {
    const api = keptApi();
    await put(api, WEARER);
    const response = await put(api, ORDER, { timeZone: 'Mars/Base', conditions: [] });
    expect(response.statusCode).toBe(422);
    expect(pathsOf(response)).toContain('unknown-time-zone timeZone');
  });

  it('with a condition that has the id of one in another order', async () => {
    // The supervision of these tests has a condition "school" of order "o-1".
    const api = keptApi();
    await put(api, WEARER);
    const response = await api.ask(`PUT ${ORDER.route}`, {
      path: { wearerId: 'w-1', orderId: 'o-2' },
      body: { ...ORDER.body, conditions },
    });
    expect(pathsOf(response)).toContain('condition-of-another-order conditions.0.conditionId');
    expect(pathsOf(response)).not.toContain('condition-of-another-order conditions.1.conditionId');
  });
});
