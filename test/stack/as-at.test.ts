import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAtSchema } from '#domain/model/as-at.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T10:00:00Z'));
const SCHOOL = { lat: 51.51, lon: -0.1 };
const minute = (n: number): Instant => instant(START + n * 60_000);

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
});
afterAll(() => cloud?.stop());

const zone = (radiusMetres: number) => ({
  ...{ name: 'School', kind: 'exclusion' },
  shape: { type: 'Circle', centre: SCHOOL, radiusMetres },
});

const setUp = async (): Promise<ApiClient> => {
  await office.put('/v1/zones/z-1', zone(300));
  return superviseOne(cloud, office, {
    conditions: [{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'z-1' }],
  });
};

/** The clock goes on minute by minute, and each fix is sent as it is recorded. */
const stay = async (headEnd: ApiClient, from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += 1) {
    await cloud.clock.advanceBy(minute(n) - cloud.clock.now());
    const fix = { kind: 'fix', activationId: 'a-1', accuracyMetres: 8, sequence: n };
    await headEnd.post('/v1/events', [{ ...fix, ...SCHOOL, recordedAt: toIso(minute(n)) }]);
    await cloud.settled();
  }
};

const asAt = async (time: Instant, knownAt: Instant | null = null) => {
  const known = knownAt === null ? '' : `&knownAt=${toIso(knownAt)}`;
  const path = `/v1/wearers/w-1/as-at?time=${toIso(time)}${known}`;
  const found = await office.get(asReader('o-1', path));
  return asAtSchema.parse(found);
};

describe('given a wearer inside a zone that turns out to have been smaller', () => {
  it('shows the violation, its alert and whom it was told, as was known then', async () => {
    await stay(await setUp(), 1, 12);
    await cloud.clock.advanceBy(60_000);
    await office.put('/v1/zones/z-1', { ...zone(10), inForceAt: toIso(minute(0)) });
    await cloud.settled();
    const then = await asAt(minute(11), minute(11));
    expect(then).toMatchObject({
      orders: [{ version: 1, responsibleOfficer: { personId: 'o-1' } }],
      zones: [{ zoneId: 'z-1', version: 1 }],
      violations: [{ watchId: 'school', reason: 'inside-zone' }],
      alerts: [{ status: 'open', acknowledgements: [] }],
      lastFix: { at: toIso(minute(11)), source: 'gnss' },
    });
    expect(then.alerts[0]?.told).toHaveLength(1);
  });

  it('shows the zone as it is now known to have been', async () => {
    const now = await asAt(minute(11));
    expect(now.zones).toMatchObject([{ version: 2, inForceAt: toIso(minute(0)) }]);
    expect(cloud.functionLogs('EvaluateFunction').join('\n')).not.toContain('"level":"ERROR"');
  });
});
