import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { startStack } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T09:00:00Z'));
const MINUTE = 60_000;
const DUTY_MANAGER = 'duty-manager@homeward.example';

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
});
afterAll(() => cloud?.stop());

const minutes = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await cloud.clock.advanceBy(MINUTE);
  await cloud.settled();
};

const told = () => cloud.outbox.entries().filter(({ to }) => to === DUTY_MANAGER);
const subjects = () => told().map(({ subject = '' }) => subject.replace('Homeward demo ', ''));
const cameBack = () => cloud.outbox.entries().filter(({ to }) => to.includes('CanaryReturnPages'));
const heartbeats = () =>
  cloud.functionLogs('AuditFunction').filter((line) => line.includes('"heartbeat"')).length;

const roleOf =
  (name: string) =>
  ({ roleId }: Readonly<{ roleId: string | null }>) =>
    roleId?.startsWith(`${name}FunctionRole`) ?? false;

describe('given a stack that is well', () => {
  it('raises test alerts that come back, and tells nobody of them', async () => {
    await minutes(9);
    expect(cameBack().length).toBeGreaterThanOrEqual(3);
    expect(cloud.outbox.entries()).toHaveLength(cameBack().length);
    expect(await office.get('/v1/alerts')).toMatchObject({ alerts: [] });
    expect(await office.get('/v1/alerts?status=closed')).toMatchObject({ alerts: [] });
    expect(heartbeats()).toBeGreaterThanOrEqual(8);
  });
});

describe.each([
  ['notify', 'Notify', /is blind: (Paging is late|The test alert did not come back)/],
  ['evaluation', 'Evaluate', /is blind: /],
  ['intake', 'Ingest', /is blind: Events are not accepted/],
  ['the auditor', 'Audit', /is blind: The auditor is silent/],
  ['the canary', 'Canary', /is blind: The canary is silent/],
])('given that %s is cut off', (_, name, subject) => {
  it('tells the duty manager within five minutes, and again when it is back', async () => {
    const before = told().length;
    const cutAt = cloud.clock.now();
    const mend = cloud.cut('unavailable', roleOf(name));
    await minutes(5);
    const [notice, ...more] = told().slice(before);
    expect(notice?.subject).toMatch(subject);
    expect((notice?.acceptedAt ?? 0) - cutAt).toBeLessThanOrEqual(5 * MINUTE);
    expect(more).toEqual([]);
    mend();
    await minutes(8);
    expect(subjects().slice(before + 1)).toEqual(['sees again']);
  });
});
