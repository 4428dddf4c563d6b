import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';

type Api = ReturnType<typeof keptApi>;

const ORDER = {
  type: 'bail',
  legalBasis: 'Bail Act 1976',
  startsAt: '2026-01-01T00:00:00Z',
  timeZone: 'Europe/London',
  responsibleOfficer: 'officer-1',
  policyId: 'usual-1',
};
const KEEP_AWAY = {
  conditionId: 'keep-away',
  kind: 'victim-proximity',
  protectedPersonId: 'p-1',
};
const KEEP_APART = {
  conditionId: 'keep-apart',
  kind: 'non-association',
  otherWearerId: 'w-2',
};

const put = (api: Api, route: string, path: Readonly<Record<string, string>>, body: object) =>
  api.ask(`PUT ${route}`, { path, body });
const putWearer = (api: Api, wearerId: string, body: object) =>
  put(api, '/v1/wearers/{wearerId}', { wearerId }, body);
const putOrder = (api: Api, conditions: readonly object[], wearerId = 'w-1') =>
  put(
    api,
    '/v1/wearers/{wearerId}/orders/{orderId}',
    { wearerId, orderId: 'o-1' },
    {
      ...ORDER,
      conditions,
    },
  );

/** An officer, a policy, two wearers and a protected person. */
const api = async (): Promise<Api> => {
  const kept = keptApi();
  const officer = { name: 'Alice Reid', role: 'officer', mobile: '+447700900001' };
  await put(kept, '/v1/people/{personId}', { personId: 'officer-1' }, officer);
  await put(
    kept,
    '/v1/policies/{policyId}',
    { policyId: 'usual-1' },
    {
      name: 'Officer',
      steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
      lastResort: { personIds: ['officer-1'] },
    },
  );
  await putWearer(kept, 'w-1', { name: 'John Carter' });
  await putWearer(kept, 'w-2', { name: 'Sam Carter' });
  await putWearer(kept, 'p-1', { kind: 'protected-person', name: 'Jane Doe' });
  return kept;
};

const keysOf = ({ beside }: Api): string[] =>
  beside.flatMap(({ Put }) => (Put?.Item ? [`${Put.Item.pk?.S} ${Put.Item.sk?.S}`] : []));

describe('given an order that joins two people', () => {
  it('puts their pair on record, beside each of them, and tells the other', async () => {
    const kept = await api();
    const before = keysOf(kept).length;
    expect((await putOrder(kept, [KEEP_AWAY])).statusCode).toBe(201);
    const keys = keysOf(kept).slice(before);
    expect(keys.filter((key) => / PAIR$/.test(key))).toHaveLength(1);
    expect(keys.filter((key) => / MEMBER_OF#pair-/.test(key))).toHaveLength(2);
    expect(keys.filter((key) => /#WEARER#p-1 OUTBOX#MEMBER_OF#pair-/.test(key))).toHaveLength(1);
  });

  it('makes one pair of two people, whoever has the order', async () => {
    const kept = await api();
    await putOrder(kept, [KEEP_APART]);
    await putOrder(kept, [{ ...KEEP_APART, otherWearerId: 'w-1' }], 'w-2');
    const pairs = keysOf(kept).filter((key) => / PAIR$/.test(key));
    expect([pairs.length, new Set(pairs).size]).toEqual([2, 1]);
  });

  it.each([
    ['somebody who is not on record', { ...KEEP_AWAY, protectedPersonId: 'p-9' }, 'not-on-record'],
    ['the wearer', { ...KEEP_AWAY, protectedPersonId: 'w-1' }, 'same-person'],
    ['a wearer to protect', { ...KEEP_AWAY, protectedPersonId: 'w-2' }, 'another-kind-of-person'],
    [
      'a protected person to keep from',
      { ...KEEP_APART, otherWearerId: 'p-1' },
      'another-kind-of-person',
    ],
  ])('refuses %s', async (_, condition, code) => {
    const refused = await putOrder(await api(), [condition]);
    expect(refused).toMatchObject({ statusCode: 422 });
    expect(refused.json.problems).toMatchObject([
      { code, path: expect.stringMatching(/^conditions\.0\./) },
    ]);
  });
});

describe('given a protected person', () => {
  it('has no order', async () => {
    const refused = await putOrder(await api(), [], 'p-1');
    expect(refused).toMatchObject({ statusCode: 409, json: { code: 'protected-person' } });
  });

  it('stays one', async () => {
    const refused = await putWearer(await api(), 'p-1', { name: 'Jane Doe' });
    expect(refused).toMatchObject({ statusCode: 409, json: { code: 'another-kind-of-person' } });
  });

  it.each(['state', 'trail'])('shows nobody their %s', async (what) => {
    const kept = await api();
    const ask = (wearerId: string) =>
      kept.ask(`GET /v1/wearers/{wearerId}/${what}`, {
        path: { wearerId },
        query: { from: '2026-03-02T00:00:00Z', to: '2026-03-02T01:00:00Z' },
      });
    expect(await ask('p-1')).toMatchObject({ statusCode: 403, json: { code: 'protected-person' } });
    expect((await ask('pair-1abc')).statusCode).toBe(404);
    expect((await ask('w-1')).statusCode).not.toBe(403);
  });
});

describe('given an id that is like that of a pair', () => {
  it('is refused for a wearer', async () => {
    const refused = await putWearer(await api(), 'pair-abc', { name: 'Nobody' });
    expect(refused.json.problems).toMatchObject([{ code: 'id-of-a-pair' }]);
  });
});
