import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { DEMO_CONTEXT } from '#local/worlds/demo/context.ts';
import { APP, assemblyOf } from './assemblies.ts';

/** When the samples were taken. */
const START = instant(Date.parse('2026-03-02T08:30:00Z'));
const TAG = '900000000000017';

const sample = (path: string): string =>
  readFileSync(new URL(`../fixtures/clients/${path}.json`, import.meta.url), 'utf8');

const madeSchema = z.object({ tokenId: z.string(), token: z.string() });
const trailSchema = z.object({ events: z.array(z.record(z.string(), z.unknown())) });

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('given a wearer of a tracker and one of a phone, on the whole stack', () => {
  let cloud: Cloud;
  let office: ApiClient;

  beforeAll(async () => {
    cloud = await startCloud({
      appDirectory: APP,
      cloudAssembly: await assemblyOf(APP, DEMO_CONTEXT),
      clock: createClock({ mode: 'stopped', startAt: START }),
    });
    office = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
    const body = { name: 'Officer', role: 'officer', mobile: '+447700900001' };
    await office.put('/v1/people/o-1', body);
    for (const [wearerId, deviceSerial] of Object.entries({ tagged: TAG, phoned: 'jo/phone' })) {
      await office.put(`/v1/wearers/${wearerId}`, { name: 'John Carter' });
      await office.put(`/v1/wearers/${wearerId}/activations/${wearerId}-1`, {
        headEndId: 'field',
        deviceSerial,
        startsAt: '2026-03-01T00:00:00Z',
      });
    }
  }, 300_000);

  afterAll(() => cloud?.stop());

  const tokenFor = async (fields: object = {}) =>
    madeSchema.parse(
      await office.post('/v1/tokens', { role: 'head-end', headEndId: 'field', ...fields }),
    );

  const post = async (path: string, headers: Record<string, string>, body: string | Buffer) => {
    const type = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers: { ...type, ...headers }, body };
    const response = await fetch(cloud.apiUrl + path, sent);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  const trailOf = async (wearerId: string) => {
    await cloud.settled();
    const days = 'from=2026-03-02T00:00:00Z&to=2026-03-02T23:59:59Z';
    const path = asReader('o-1', `/v1/wearers/${wearerId}/trail?${days}`);
    const { events } = trailSchema.parse(await office.get(path));
    return events.map(({ kind, recordedAt }) => `${kind} ${recordedAt}`);
  };

  it("takes what the tracker's server forwards, and a copy of a fix only once", async () => {
    const { token } = await tokenFor();
    const headers = { authorization: `Bearer ${token}` };
    for (const name of ['position-v6-moving', 'position-v6-stale-fix', 'event-geofenceEnter-v6']) {
      const answer = await post('/v1/ingest/traccar', headers, sample(`traccar/${name}`));
      expect(answer.status).toBe(202);
      await cloud.settled();
    }
    expect(await trailOf('tagged')).toEqual([
      'fix 2026-03-02T08:10:00.000Z',
      'device-status 2026-03-02T08:15:32.000Z',
      'fix 2026-03-02T08:15:32.000Z',
      'device-status 2026-03-02T08:25:32.000Z',
    ]);
  });

  it('takes what the phone posts under a token of its own, and answers it []', async () => {
    const { token } = await tokenFor({ deviceSerial: 'jo/phone' });
    const named = { 'x-limit-u': 'jo', 'x-limit-d': 'phone' };
    const headers = { authorization: basic('jo', token), ...named };
    for (const name of ['location-full', 'transition-leave', 'waypoint', 'encrypted']) {
      const answer = await post('/v1/ingest/owntracks', headers, sample(`owntracks/${name}`));
      expect([answer.status, answer.text]).toEqual([200, '[]']);
    }
    expect(await trailOf('phoned')).toEqual([
      'device-status 2026-03-02T08:15:00.000Z',
      'fix 2026-03-02T08:15:00.000Z',
      'fix 2026-03-02T08:17:00.000Z',
    ]);
  });

  it('holds a token to its limit by the counter in the table, until the next minute', async () => {
    const { token } = await tokenFor({ requestsPerMinute: 3, eventsPerMinute: 1_000 });
    const headers = { authorization: `Bearer ${token}` };
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      statuses.push((await post('/v1/events', headers, '[]')).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
    const limited = await post('/v1/events', headers, '[]');
    expect(limited.headers.get('retry-after')).toBe('60');
    expect(JSON.parse(limited.text)).toMatchObject({ status: 429, code: 'too-many-requests' });
    await cloud.clock.advanceBy(60_000);
    expect((await post('/v1/events', headers, '[]')).status).toBe(202);
  });

  it('lets the secret before a rotation work for its overlap, and no longer', async () => {
    const { tokenId, token } = await tokenFor();
    const rotation = { overlapSeconds: 600 };
    const rotated = madeSchema.parse(await office.post(`/v1/tokens/${tokenId}/rotate`, rotation));
    const statusWith = async (secret: string) =>
      (await post('/v1/events', { authorization: `Bearer ${secret}` }, '[]')).status;
    expect([await statusWith(token), await statusWith(rotated.token)]).toEqual([202, 202]);
    await cloud.clock.advanceBy(630_000);
    expect([await statusWith(token), await statusWith(rotated.token)]).toEqual([403, 202]);
  });

  it('unpacks a body, and says 413 to one that no function could take', async () => {
    const { token } = await tokenFor();
    const headers = { authorization: `Bearer ${token}` };
    const packed = { ...headers, 'content-type': 'application/x-ndjson' };
    const line = '{"kind":"door"}\n';
    const gzip = { ...packed, 'content-encoding': 'gzip' };
    const answer = await post('/v1/events', gzip, gzipSync(line));
    expect(JSON.parse(answer.text)).toMatchObject({ refused: [{ code: 'unknown-kind' }] });
    for (const mebibytes of [2, 7, 11]) {
      const large = Buffer.alloc(mebibytes * 1_048_576, ' ');
      expect((await post('/v1/events', headers, large)).status).toBe(413);
    }
  });

  it('goes on while a sender leaves half a body behind', async () => {
    const { port } = new URL(cloud.apiUrl);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n[');
    const { token } = await tokenFor();
    const headers = { authorization: `Bearer ${token}` };
    expect((await post('/v1/events', headers, '[]')).status).toBe(202);
    socket.destroy();
    await cloud.settled();
  });
});
