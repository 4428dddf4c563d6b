import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { asAtSchema } from '#domain/model/as-at.ts';
import { DAY_MILLISECONDS, type Instant, instant, toIso } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';

const START = instant(Date.parse('2026-03-02T12:00:00Z'));
const HOME = { label: 'home', lat: 51.5, lon: -0.1 };
const NIGHTS = 5;
const MINUTE = 60_000;
/** The wearer's fixes lie so far off the address, as they do where a receiver hears reflections. */
const NORTH_METRES = 84;
const spot = (i: number) => ({
  lat: HOME.lat + (NORTH_METRES + 3 * Math.sin(i * 2.4)) / 111_250,
  lon: HOME.lon + Math.cos(i * 1.7) / 17_000,
});

let cloud: Cloud;
let office: ApiClient;
let headEnd: ApiClient;

beforeAll(async () => {
  cloud = await startCloud({
    appDirectory: new URL('../..', import.meta.url).pathname,
    clock: createClock({ mode: 'stopped', startAt: START }),
  });
  office = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const made = await office.post('/v1/tokens', { role: 'head-end', headEndId: 'head-end' });
  headEnd = createApiClient(cloud.apiUrl, z.object({ token: z.string() }).parse(made).token);
  const startsAt = '2026-01-01T00:00:00Z';
  await office.put('/v1/people/o-1', { name: 'Officer', role: 'officer', mobile: '+447700900001' });
  await office.put('/v1/policies/p-1', {
    name: 'usual',
    steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
    lastResort: { personIds: ['o-1'] },
  });
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  await office.put('/v1/timetables/night', {
    ...{ name: 'Night', timeZone: 'Europe/London' },
    windows: [{ days, start: '19:00', end: '07:00' }],
  });
  await office.put('/v1/wearers/w-1', { name: 'Wearer' });
  await office.put('/v1/wearers/w-1/activations/a-1', {
    ...{ headEndId: 'head-end', deviceSerial: 'T-1', startsAt },
  });
  await office.put('/v1/wearers/w-1/orders/o-1', {
    ...{ type: 'community', legalBasis: 'test', startsAt, timeZone: 'Europe/London' },
    ...{ responsibleOfficer: 'o-1', policyId: 'p-1', deviceCare: null, earlySigns: null },
    conditions: [{ conditionId: 'home', kind: 'curfew', timetableId: 'night', place: HOME }],
  });
  await cloud.settled();
});
afterAll(() => cloud?.stop());

/** Ten o'clock in the evening of a night. */
const evening = (night: number): Instant =>
  instant(START + night * DAY_MILLISECONDS + 10 * 60 * MINUTE);

/** A fix each five minutes from seven in the evening to five in the morning, sent by the hour. */
const live = async (night: number): Promise<void> => {
  const from = evening(night) - 180 * MINUTE;
  for (let hour = 0; hour < 10; hour += 1) {
    const fixes = Array.from({ length: 12 }, (_, i) => ({
      ...{ kind: 'fix', activationId: 'a-1', accuracyMetres: 8, ...spot(hour * 12 + i) },
      recordedAt: toIso(instant(from + (hour * 60 + i * 5) * MINUTE)),
      sequence: night * 200 + hour * 12 + i,
    }));
    cloud.clock.jumpTo(instant(from + (hour * 60 + 55) * MINUTE));
    await headEnd.post('/v1/events', fixes);
    await cloud.settled();
  }
};

const homeIn = async (night: number) => {
  const found = await office.get(`/v1/wearers/w-1/as-at?time=${toIso(evening(night))}`);
  return asAtSchema.parse(found).watches.find(({ watchId }) => watchId === 'home');
};

describe('given a wearer whose fixes at home lie well off the address', () => {
  it('has where they lie learned day by day, and is at home by it', async () => {
    for (let night = 0; night <= NIGHTS; night += 1) await live(night);
    const [first, last] = [await homeIn(0), await homeIn(NIGHTS)];
    expect(first?.verdict).not.toBe('satisfied');
    expect(first?.believed?.home).toBeLessThan(0.5);
    expect(last).toMatchObject({ verdict: 'satisfied', reason: 'at-home' });
    const logs = cloud.functionLogs('EvaluateFunction').join('\n');
    expect(logs).toContain('places learned');
    expect(logs).not.toMatch(/"level":"(ERROR|WARN)"/);
  });
});
