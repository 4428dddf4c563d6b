import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { NO_STATE } from '#functions/adapters/dynamodb/wearer-states.ts';
import { check, fix } from '#test/support/events.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const NOON = at('2026-03-02T12:00:00Z');
const events = [check(NOON, 'present'), fix(secondsAfter(NOON, 60), HOME)];
const { state } = evaluate({ supervision: superviseWith(), state: null, events, until: NOON });

const path = { wearerId: 'w-1' };
const STATE = 'GET /v1/wearers/{wearerId}/state';
const TRAIL = 'GET /v1/wearers/{wearerId}/trail';

const known = (now = secondsAfter(NOON, 120), kept = [fix(secondsAfter(NOON, -60), HOME)]) =>
  keptApi({
    now,
    deps: {
      loadState: async () => ({ ...NO_STATE, epoch: 4, state }),
      trail: { load: async () => kept },
    },
  });

const watchIn = (json: Readonly<{ watches: { watchId: string }[] }>, watchId: string) =>
  json.watches.find((watch) => watch.watchId === watchId);

describe("a wearer's state", () => {
  it('says of each condition what is held, how surely, and until when', async () => {
    const { json } = await known().ask(STATE, { path });
    expect(json).toMatchObject({ wearerId: 'w-1', epoch: 4, violations: [], isOutOfSync: false });
    expect(watchIn(json, 'curfew')).toMatchObject({
      ...{ conditionId: 'curfew', rule: 'curfew-absence' },
      ...{ verdict: 'not-applicable', dueAt: '2026-03-02T19:00:00.000Z' },
    });
    expect(watchIn(json, 'school')).toMatchObject({ kind: 'exclusion-zone', verdict: 'satisfied' });
  });

  it('is reckoned forward to now: old evidence is no evidence', async () => {
    const { json } = await known(secondsAfter(NOON, 3_600)).ask(STATE, { path });
    expect(json).toMatchObject({ asOf: toIso(secondsAfter(NOON, 3_600)), isOutOfSync: true });
    expect(watchIn(json, 'school')).toMatchObject({
      verdict: 'undetermined',
      reason: 'no-recent-evidence',
    });
  });

  it('is not found where nothing is known', async () => {
    expect((await keptApi().ask(STATE, { path })).statusCode).toBe(404);
  });
});

describe("a wearer's trail", () => {
  const range = (from: string, to: string) => ({ path, query: { from, to } });

  it('holds what is kept and what is still in the state, in event time', async () => {
    const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:00:30Z');
    const { json } = await known().ask(TRAIL, asked);
    expect(json.gaps).toEqual([]);
    const kinds = json.events.map((event: { kind: string; recordedAt: string }) => [
      event.kind,
      event.recordedAt,
    ]);
    expect(kinds).toEqual([
      ['fix', '2026-03-02T11:59:00.000Z'],
      ['check', '2026-03-02T12:00:00.000Z'],
    ]);
  });

  it('shows gaps, and what is out of sync, by limits of the order', async () => {
    const limits = { gapSeconds: 900, outOfSyncSeconds: 60 };
    const order = { deviceCare: { thresholds: { 'location-lost': limits } } };
    const { ask } = keptApi({
      now: secondsAfter(NOON, 130),
      deps: {
        loadState: async () => ({ ...NO_STATE, epoch: 4, state }),
        loadSupervision: async () => superviseWith(['curfew', 'zone'], order),
        trail: { load: async () => [fix(secondsAfter(NOON, -600), HOME)] },
      },
    });
    const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:01:00Z');
    expect((await ask(TRAIL, asked)).json.gaps).toEqual([]);
    expect((await ask(STATE, { path })).json).toMatchObject({ isOutOfSync: true });
  });

  it('is shown also where the orders cannot be read', async () => {
    const trail = { load: async () => [fix(secondsAfter(NOON, -600), HOME)] };
    const loadSupervision = () => Promise.reject(new Error('no zone'));
    const { ask } = keptApi({ now: NOON, deps: { trail, loadSupervision } });
    const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:01:00Z');
    expect((await ask(TRAIL, asked)).json.events).toHaveLength(1);
  });

  it('says where fixes stayed away for more than five minutes', async () => {
    const kept = [fix(secondsAfter(NOON, -600), HOME)];
    const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:01:00Z');
    const { json } = await known(secondsAfter(NOON, 120), kept).ask(TRAIL, asked);
    expect(json.gaps).toEqual([
      { from: '2026-03-02T11:50:00.000Z', to: '2026-03-02T12:01:00.000Z' },
    ]);
  });

  it.each([
    ['more than a day', '2026-03-01T00:00:00Z', '2026-03-02T00:00:01Z', 'to'],
    ['a stretch that ends before it starts', '2026-03-02T00:00:01Z', '2026-03-02T00:00:00Z', 'to'],
  ])('is not read over %s', async (_, from, to, where) => {
    const response = await known().ask(TRAIL, range(from, to));
    expect(response).toMatchObject({ statusCode: 422, json: { path: where } });
  });

  it.each(['into the trail', 'out of what was kept of a parked wearer'])(
    'misses nothing that moves %s while it is read',
    async (way) => {
      const isParked = way !== 'into the trail';
      const moved = fix(secondsAfter(NOON, 30), HOME);
      const slice = { ...state.slice, inputs: [moved] };
      const [holding, empty] = [
        { ...state, slice },
        { ...state, slice: { ...slice, inputs: [] } },
      ];
      let reads = 0;
      const hasMoved = () => {
        reads += 1;
        return reads > 1;
      };
      const api = keptApi({
        now: NOON,
        deps: {
          loadState: async () => {
            const isHere = hasMoved() === isParked;
            const parkedAt = isParked && !isHere ? NOON : null;
            return { ...NO_STATE, epoch: 4, parkedAt, state: isHere ? holding : empty };
          },
          trail: { load: async () => (hasMoved() === isParked ? [] : [moved]) },
        },
      });
      const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:30:00Z');
      const { json } = await api.ask(TRAIL, asked);
      expect(json.events).toHaveLength(1);
    },
  );

  it('is refused where an answer cannot hold it, and says what to do', async () => {
    const crowd = Array.from({ length: 12_001 }, (_, sequence) => fix(NOON, HOME, { sequence }));
    const asked = range('2026-03-02T11:00:00Z', '2026-03-02T12:30:00Z');
    const response = await known(NOON, crowd).ask(TRAIL, asked);
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain('ask for a shorter one');
  });

  it('is not read without saying from when to when', async () => {
    const response = await known().ask(TRAIL, { path });
    expect(response.json.problems.map((p: { path: string }) => p.path)).toEqual(['from', 'to']);
  });
});
