import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { CutCall } from '#local/cloud/gateway/cuts.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { synthesize } from '#test/lib/synthesized.ts';
import { alarmSpeaks } from '#test/support/alarm-speaks.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T09:00:00Z'));
const MINUTE = 60_000;
const DUTY_MANAGER = 'duty-manager@homeward.example';

let cloud: Cloud;
let office: ApiClient;
let headEnd: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(START, { canaryEveryMinutes: '2' }));
  headEnd = await superviseOne(cloud, office, { conditions: [], deviceCare: {} });
});
afterAll(() => cloud?.stop());

const minutes = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await cloud.clock.advanceBy(MINUTE);
  await cloud.settled();
};

const told = () => cloud.outbox.entries().filter(({ to }) => to === DUTY_MANAGER);
const cameBack = () => cloud.outbox.entries().filter(({ to }) => to.includes('CanaryReturnPages'));

const alarms = synthesize().ofType('AWS::CloudWatch::Alarm');
const speaks = (name: string, verb: string): boolean => {
  const [, alarm] = alarms.find(([id]) => id.startsWith(`Alarms${name}`)) ?? [];
  return alarmSpeaks(alarm?.Properties, cloud.functionLogs(`${verb}Function`), cloud.clock.now());
};

const callsOf =
  (name: string) =>
  ({ roleId }: CutCall): boolean =>
    roleId?.startsWith(`${name}FunctionRole`) ?? false;
const sendsTo =
  (queue: string) =>
  ({ service, body }: CutCall): boolean =>
    service === 'sqs' && body.includes(`${queue}Queue`);

describe('given a stack that is well', () => {
  it('raises test alerts that come back, and tells nobody of them', async () => {
    await minutes(9);
    expect(cameBack().length).toBeGreaterThanOrEqual(3);
    expect(cloud.outbox.entries()).toHaveLength(cameBack().length);
    expect(await office.get('/v1/alerts')).toMatchObject({ alerts: [] });
    expect(await office.get('/v1/alerts?status=closed')).toMatchObject({ alerts: [] });
    expect(speaks('HeartbeatMissing', 'Audit')).toBe(false);
    expect(speaks('TestAlertMissing', 'Canary')).toBe(false);
  });
});

describe.each([
  ['notify', callsOf('Notify'), /Paging is late|The test alert did not come back/],
  ['evaluation', callsOf('Evaluate'), /The test alert did not come back|Evaluation is late/],
  ['escalation', callsOf('Escalate'), /The test alert did not come back|Escalation is late/],
  ['the events queue', sendsTo('Events'), /Events are not accepted/],
  ['the auditor', callsOf('Audit'), /The auditor is silent/],
  ['the canary', callsOf('Canary'), /The canary is silent/],
] as const)('given that %s is cut off', (_, matches, subject) => {
  it('tells the duty manager within five minutes, once, and again when it is back', async () => {
    const before = told().length;
    const cutAt = cloud.clock.now();
    const mend = cloud.cut('unavailable', matches);
    await minutes(5);
    const notices = told().slice(before);
    expect((notices[0]?.acceptedAt ?? 0) - cutAt).toBeLessThanOrEqual(5 * MINUTE);
    // Where a round of the canary had just begun its loss is found before what lost it: each once.
    const said = notices.map((one) => one.subject?.match(subject)?.[0]);
    expect(said).not.toContain(undefined);
    expect(new Set(said).size).toBe(said.length);
    mend();
    await minutes(8);
    expect(told().slice(before + said.length)).toMatchObject([
      { subject: 'Homeward demo sees again' },
    ]);
  });
});

describe('given a watcher that is dead', () => {
  it.each([
    ['auditor', 'HeartbeatMissing', 'Audit'],
    ['canary', 'TestAlertMissing', 'Canary'],
  ])('the %s, its alarm speaks, and is silent again when it lives', async (_, alarm, verb) => {
    const mend = cloud.cut('unavailable', callsOf(verb));
    await minutes(6);
    expect(speaks(alarm, verb)).toBe(true);
    mend();
    await minutes(8);
    expect(speaks(alarm, verb)).toBe(false);
  });
});

describe('given an alert while nothing can be sent', () => {
  it('is named to the duty manager, when it waits and when it has been told late', async () => {
    const before = told().length;
    const mend = cloud.cut('unavailable', callsOf('Notify'));
    const recordedAt = toIso(cloud.clock.now());
    const status = { kind: 'device-status', activationId: 'a-1', strap: 'open', recordedAt };
    await headEnd.post('/v1/events', [status]);
    await cloud.settled();
    await minutes(5);
    const texts = () =>
      told()
        .slice(before)
        .map(({ text }) => text);
    expect(texts()).toEqual([expect.stringMatching(/Paging is late: \d.*\n.*w-1\.device-care/s)]);
    const pages = () =>
      cloud.outbox
        .entries()
        .filter(({ channel, text }) => channel === 'sms' && text.includes('strap'));
    expect(pages()).toEqual([]);
    mend();
    await minutes(8);
    expect(pages().length).toBeGreaterThanOrEqual(1);
    expect(texts()).toEqual([
      expect.anything(),
      expect.stringMatching(/It was blind for \d+ min, .*Paging is late: .*w-1\.device-care/s),
    ]);
  });
});
