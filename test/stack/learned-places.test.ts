import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAtSchema } from '#domain/model/as-at.ts';
import { DAY_MILLISECONDS, type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { startStack, superviseOne } from './one-wearer.ts';

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
  ({ cloud, office } = await startStack(START));
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  await office.put('/v1/timetables/night', {
    ...{ name: 'Night', timeZone: 'Europe/London' },
    windows: [{ days, start: '19:00', end: '07:00' }],
  });
  headEnd = await superviseOne(cloud, office, {
    conditions: [{ conditionId: 'home', kind: 'curfew', timetableId: 'night', place: HOME }],
  });
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
  const path = `/v1/wearers/w-1/as-at?time=${toIso(evening(night))}`;
  const found = await office.get(asReader('o-1', path));
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
