import { describe, expect, it } from 'vitest';
import { unpackEvents } from '#domain/trail/pack-events.ts';
import { evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { superviseWith } from '#test/support/supervisions.ts';
import { DOCUMENTS } from './documents.ts';

const ROUTE = '/v1/wearers/{wearerId}/visits/{visitId}';
const path = { wearerId: 'w-1', visitId: 'v-1' };
/** The API of these tests stands at 2026-03-02T20:01:00Z. */
const PLAN = { personId: 'officer', from: '2026-03-02T18:00:00Z', until: '2026-03-02T22:00:00Z' };
const FOUND = { personId: 'officer', visitedAt: '2026-03-02T19:30:00Z', result: 'absent' };

const planned = async (deps: Parameters<typeof keptApi>[0] = {}) => {
  const api = keptApi(deps);
  for (const one of DOCUMENTS.slice(0, 2)) {
    await api.ask(`PUT ${one.route}`, { path: one.path, body: one.body });
  }
  const plan = (body: object = {}) => api.ask(`PUT ${ROUTE}`, { path, body: { ...PLAN, ...body } });
  const record = (body: object = {}) =>
    api.ask(`POST ${ROUTE}/outcome`, { path, body: { ...FOUND, ...body } });
  expect(await plan()).toMatchObject({ statusCode: 201 });
  return { ...api, plan, record };
};

const checksIn = (queued: readonly unknown[]) =>
  queued.flatMap((message) => {
    const read = evaluateMessageSchema.parse(message);
    return read.kind === 'events' ? unpackEvents(Buffer.from(read.packed, 'base64')) : [];
  });

describe('a visit that is planned', () => {
  it('is read back without an outcome, and can be planned anew', async () => {
    const { ask, plan, queued } = await planned();
    expect(await plan({ until: '2026-03-02T23:00:00Z' })).toMatchObject({ json: { version: 2 } });
    const { json } = await ask(`GET ${ROUTE}`, { path });
    expect(json.document).toMatchObject({ visitId: 'v-1', outcome: null });
    expect(queued).toEqual([]);
  });

  it.each([
    ['invalid-field', { purpose: 'x'.repeat(201) }],
    ['not-allowed', { until: '2026-03-02T17:00:00Z' }],
    ['not-on-record', { personId: 'nobody' }],
  ])('is refused where it cannot be made: %s', async (code, body) => {
    const { plan } = await planned();
    expect(await plan(body)).toMatchObject({ statusCode: 422, json: { problems: [{ code }] } });
  });
});

describe('a visit that was made', () => {
  it('keeps its outcome, and is a check of the wearer', async () => {
    const { record, ask, queued } = await planned();
    expect(await record()).toMatchObject({ statusCode: 200, json: { changed: true } });
    expect(checksIn(queued)).toMatchObject([
      { kind: 'check', method: 'visit', result: 'absent', activationId: 'a-1' },
    ]);
    const { json } = await ask(`GET ${ROUTE}`, { path });
    expect(json.document.outcome).toMatchObject({ personId: 'officer', result: 'absent' });
  });

  it('keeps its outcome, and is no check, where the wearer had no device on', async () => {
    const loadSupervision = async () => ({ ...superviseWith(), activations: [] });
    const { record, ask, queued } = await planned({ deps: { loadSupervision } });
    expect(await record()).toMatchObject({ statusCode: 200, json: { changed: true } });
    expect(queued).toEqual([]);
    const { json } = await ask(`GET ${ROUTE}`, { path });
    expect(json.document.outcome).toMatchObject({ result: 'absent' });
  });

  it('is told again with the same outcome, as the same event', async () => {
    const { record, queued } = await planned();
    await record();
    expect(await record()).toMatchObject({ statusCode: 200, json: { changed: false } });
    const [first, second] = checksIn(queued);
    expect(second).toEqual(first);
  });

  it.each([0, 1, 2, 3, 4, 6, 8])('has one outcome of two who say so %i steps apart', async (n) => {
    const { record, ask, queued } = await planned();
    const later = async () => {
      for (let i = 0; i < n; i += 1) await null;
      return record({ result: 'present' });
    };
    const answers = await Promise.all([record(), later()]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    const { outcome } = (await ask(`GET ${ROUTE}`, { path })).json.document;
    expect(checksIn(queued)).toMatchObject([{ method: 'visit', result: outcome.result }]);
  });

  it('takes no other outcome, and no other plan', async () => {
    const { record, plan, queued } = await planned();
    await record();
    const made = { statusCode: 409, json: { code: 'visit-made' } };
    expect(await record({ result: 'present' })).toMatchObject(made);
    expect(await plan({ purpose: 'again' })).toMatchObject(made);
    expect(checksIn(queued)).toHaveLength(1);
  });

  it.each([
    ['visit-ahead', { visitedAt: '2026-03-02T21:00:00Z' }],
    ['visit-too-old', { visitedAt: '2026-01-20T21:00:00Z' }],
    ['not-on-record', { personId: 'nobody' }],
    ['invalid-field', { result: 'failed' }],
  ])('is refused, and told to nobody: %s', async (code, body) => {
    const { record, queued } = await planned();
    const response = await record(body);
    expect(response.statusCode).toBe(422);
    const problems: readonly { code: string }[] = response.json.problems;
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(queued).toEqual([]);
  });

  it('is not found where none was planned', async () => {
    const { ask } = await planned();
    const other = { path: { ...path, visitId: 'v-2' }, body: FOUND };
    expect(await ask(`POST ${ROUTE}/outcome`, other)).toMatchObject({ statusCode: 404 });
  });
});
