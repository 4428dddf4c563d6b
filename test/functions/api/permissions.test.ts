import { describe, expect, it } from 'vitest';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { at } from '#test/support/supervisions.ts';
import { DOCUMENTS } from './documents.ts';

const NOW = at('2026-03-02T20:00:00Z');
const HOUR = 3_600;
const ROUTE = '/v1/wearers/{wearerId}/permissions/{permissionId}';
const PATH = { wearerId: 'w-1', permissionId: 'p-7' };
const permitted = (fromHours: number, untilHours: number, more: object = {}) => ({
  from: toIso(secondsAfter(NOW, fromHours * HOUR)),
  until: toIso(secondsAfter(NOW, untilHours * HOUR)),
  ...{ reason: 'medical', grantedBy: 'officer', ...more },
});

const known = async () => {
  const api = keptApi({ now: NOW });
  for (const { route, path, body } of DOCUMENTS.slice(0, 2)) {
    await api.ask(`PUT ${route}`, { path, body });
  }
  const lastNotice = () => {
    const bodies = api.beside.flatMap(({ Put }) =>
      Put?.Item?.kind?.S === 'notice' ? [Put.Item.body?.S ?? ''] : [],
    );
    return JSON.parse(bodies.at(-1) ?? 'null');
  };
  const put = (body: object) => api.ask(`PUT ${ROUTE}`, { path: PATH, body: { ...body } });
  return { ...api, put, lastNotice };
};

describe('a permission that is granted beforehand', () => {
  it('is announced as of now, and the same again changes nothing', async () => {
    const api = await known();
    expect(await api.put(permitted(2, 4))).toMatchObject({ statusCode: 201 });
    expect(api.lastNotice()).toMatchObject({ wearerId: 'w-1', changedAt: NOW, inForceAt: NOW });
    expect(await api.put(permitted(2, 4))).toMatchObject({ json: { changed: false } });
  });
});

describe('a permission that is granted afterwards', () => {
  it('has everything folded again from when it begins', async () => {
    const api = await known();
    await api.put(permitted(-48, -40));
    expect(api.lastNotice()).toMatchObject({ inForceAt: secondsAfter(NOW, -48 * HOUR) });
  });

  it('has it folded again from where it began before, when it is moved', async () => {
    const api = await known();
    await api.put(permitted(-48, -40));
    await api.put(permitted(-20, -10));
    expect(api.lastNotice()).toMatchObject({ inForceAt: secondsAfter(NOW, -48 * HOUR) });
  });

  it('reaches back no further than events do', async () => {
    const api = await known();
    await api.put(permitted(-40 * 24, -39 * 24));
    expect(api.lastNotice()).toMatchObject({ inForceAt: secondsAfter(NOW, -30 * 24 * HOUR) });
  });
});

describe('a permission that cannot be', () => {
  it.each([
    ['ends before it starts', permitted(4, 2), 'until'],
    ['is granted by nobody on record', permitted(2, 4, { grantedBy: 'nobody' }), 'grantedBy'],
    [
      'is of a condition that the wearer has not',
      permitted(2, 4, { conditionIds: ['moon'] }),
      'conditionIds.0',
    ],
    ['has a reason of its own', permitted(2, 4, { reason: 'fun' }), 'reason'],
  ])('is refused with its field when it %s', async (_, body, path) => {
    const api = await known();
    const answer = await api.put(body);
    expect(answer).toMatchObject({ statusCode: 422, json: { problems: [{ path }] } });
    expect([...api.items.keys()].filter((name) => name.includes('LIFTED#'))).toEqual([]);
  });
});

describe('thresholds of an agency', () => {
  const put = async (thresholds: object) => {
    const api = await known();
    const path = { thresholdPolicyId: 'ours' };
    const body = { legalBasis: 'Policy 7', thresholds };
    return api.ask('PUT /v1/threshold-policies/{thresholdPolicyId}', { path, body });
  };

  it('are taken where a rule can go by them', async () => {
    const answer = await put({ 'curfew-absence': { graceSeconds: 600, certainty: 0.9 } });
    expect(answer.statusCode).toBe(201);
  });

  it.each([
    [
      'a value out of bounds',
      { 'curfew-absence': { graceSeconds: -1 } },
      'curfew-absence.graceSeconds',
    ],
    [
      'a threshold that the rule has not',
      { 'curfew-absence': { patience: 1 } },
      'curfew-absence.patience',
    ],
  ])('are refused for %s, naming the field', async (_, thresholds, field) => {
    const answer = await put(thresholds);
    expect(answer).toMatchObject({
      statusCode: 422,
      json: { problems: [{ path: `thresholds.${field}` }] },
    });
  });
});
