import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { feedPageSchema } from '#domain/liaison/feed-page.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { disclosableSchema } from '#domain/model/liaison.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { Journal } from '../../examples/police-subscriber/journal.ts';
import { APP } from './assemblies.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T10:00:00Z'));
const SCHOOL = { lat: 51.51, lon: -0.1 };
const minute = (n: number): Instant => instant(START + n * 60_000);
const listedSchema = z.object({
  alerts: z.array(z.object({ alertId: z.string(), wearerId: z.string(), epoch: z.number() })),
});
const tokenSchema = z.object({ token: z.string() });

let cloud: Cloud;
let office: ApiClient;
let force: ApiClient;
let token = '';
let folder = '';
let journalPath = '';
let first: ChildProcess | undefined;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
  journalPath = join(folder, 'journal.jsonl');
});
afterAll(async () => {
  first?.kill('SIGKILL');
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ORDER = {
  policeForce: 'metropolitan',
  policeKinds: ['exclusion-zone'],
  conditions: [{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'z-1' }],
};

/** A second wearer under the same order as the first. */
const superviseAnother = async (): Promise<void> => {
  await office.put('/v1/wearers/w-2', { name: 'Another' });
  await office.put('/v1/wearers/w-2/activations/a-2', {
    ...{ headEndId: 'head-end', deviceSerial: 'T-2', startsAt: '2026-01-01T00:00:00Z' },
  });
  await office.put('/v1/wearers/w-2/orders/o-2', {
    ...{ type: 'community', legalBasis: 'test', startsAt: '2026-01-01T00:00:00Z' },
    ...{ timeZone: 'Europe/London', responsibleOfficer: 'o-1', policyId: 'p-1' },
    ...{ deviceCare: null, earlySigns: null, ...ORDER },
  });
};

/** A force that may know of zones, and a head-end whose wearers stay out of one. */
const setUp = async (): Promise<ApiClient> => {
  await office.put('/v1/zones/z-1', {
    ...{ name: 'School', kind: 'exclusion' },
    shape: { type: 'Circle', centre: SCHOOL, radiusMetres: 300 },
  });
  await office.put('/v1/liaisons/metropolitan', {
    ...{ kind: 'police', name: 'Metropolitan Police', classes: ['exclusion-zone'] },
    ...{ fields: disclosableSchema.options, legalBasis: 'test', purpose: 'test' },
  });
  const headEnd = await superviseOne(cloud, office, ORDER);
  await superviseAnother();
  await office.put('/v1/policies/p-1', {
    name: 'usual',
    steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }, { kind: 'police' }] }],
    lastResort: { personIds: ['o-1'] },
  });
  await cloud.settled();
  const made = await office.post('/v1/tokens', { role: 'liaison', liaisonId: 'metropolitan' });
  ({ token } = tokenSchema.parse(made));
  force = createApiClient(cloud.apiUrl, token);
  return headEnd;
};

/** The clock goes on minute by minute, and each fix is sent as it is recorded. */
const stay = async (headEnd: ApiClient, activationId: string, [from, to]: [number, number]) => {
  for (let n = from; n < to; n += 1) {
    await cloud.clock.advanceBy(minute(n) - cloud.clock.now());
    const fix = { kind: 'fix', activationId, accuracyMetres: 8, sequence: n };
    await headEnd.post('/v1/events', [{ ...fix, ...SCHOOL, recordedAt: toIso(minute(n)) }]);
    await cloud.settled();
  }
};

const startSubscriber = (...more: readonly string[]) =>
  spawn(
    process.execPath,
    [
      ...[join(APP, 'examples/police-subscriber/subscriber.ts'), '--api', cloud.apiUrl],
      ...['--liaison', 'metropolitan', '--journal', journalPath, '--traffic', 'exercise', ...more],
    ],
    { env: { ...process.env, HOMEWARD_TOKEN: token }, stdio: ['ignore', 'ignore', 'inherit'] },
  );

const untilAcknowledged = async (): Promise<void> => {
  const isDone = () =>
    existsSync(journalPath) && readFileSync(journalPath, 'utf8').includes('"acknowledged"');
  for (let tries = 0; tries < 200 && !isDone(); tries += 1) await sleep(50);
  expect(isDone()).toBe(true);
};

const closeFirstAlert = async (): Promise<void> => {
  const { alerts } = listedSchema.parse(await office.get('/v1/alerts?status=open'));
  const alert = alerts.find(({ wearerId }) => wearerId === 'w-1');
  await office.post(`/v1/alerts/${alert?.alertId}/close`, {
    ...{ personId: 'o-1', epoch: alert?.epoch, disposition: 'first-warning', reason: 'warned' },
  });
  await cloud.settled();
};

describe('given a police force whose subscriber is killed, and down for ten minutes', () => {
  it('catches up with what came meanwhile, without a gap and without a double', async () => {
    const headEnd = await setUp();
    await stay(headEnd, 'a-1', [1, 4]);
    first = startSubscriber('--every', '1');
    await untilAcknowledged();
    first.kill('SIGKILL');
    await once(first, 'exit');
    appendFileSync(journalPath, '{"kind":"stored","event":{"specv');

    await closeFirstAlert();
    await stay(headEnd, 'a-2', [4, 14]);
    const { events } = feedPageSchema.parse(
      await force.get('/v1/feeds/metropolitan/events?traffic=exercise&after=0'),
    );
    expect(events.map(({ event }) => event.type)).toEqual([
      'homeward.alert.raised.v1',
      'homeward.alert.closed.v1',
      'homeward.alert.raised.v1',
    ]);

    const [code] = await once(startSubscriber('--once'), 'exit');
    expect(code).toBe(0);
    const { inbox } = new Journal(journalPath);
    expect(inbox.inOrder.map(({ id }) => id)).toEqual(events.map(({ event }) => event.id));
    expect(inbox.after).toBe(3);
    expect([inbox.unacknowledged, inbox.gaps]).toEqual([[], []]);
  });

  it('is known to have all of it, and nothing of others', async () => {
    const ids = readFileSync(journalPath, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"stored"'));
    expect(ids).toHaveLength(3);
    await expect(force.get('/v1/feeds/essex/events')).rejects.toThrow('403');
  });
});
