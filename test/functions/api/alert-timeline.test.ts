import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { alertsAt } from '#functions/adapters/dynamodb/alerts-at.ts';
import { json, keyItem, text } from '#functions/adapters/dynamodb/items.ts';
import { alertPk, escalateName, outboxKey, recordKey } from '#functions/adapters/dynamodb/keys.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import {
  acknowledge,
  close,
  contact,
  later,
  person,
  roster,
  T,
  tick,
  violation,
  violationOpens,
} from '#test/support/alerts.ts';
import { AGENCY, ALERT, type Doing, worldOfAlerts } from './alerts-in-tables.ts';

const ROUTE = 'GET /v1/alerts/{alertId}/timeline';
const path = { alertId: ALERT };
const OPENS: Doing = { command: violationOpens(), at: T };
const sent = (seconds: number) =>
  ({ status: 'sent', providerId: 'p', at: later(seconds) }) as const;

type Entry = Readonly<{ at: string; what: string; to?: string; by?: string; reason?: string }>;

const timelineOf = async (world: ReturnType<typeof worldOfAlerts>) => {
  const { json: answer } = await world.ask(ROUTE, { path });
  const entries: readonly Entry[] = answer.entries;
  return entries;
};
const brief = (entries: readonly Entry[]) =>
  entries.map(({ what, to, by, reason }) => [what, to ?? by, reason].filter(Boolean).join(' '));

describe("an alert's timeline", () => {
  it('tells every step, page and end of one in the order of time', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS, { command: tick(1), at: later(300) });
    await world.end(1, sent(2));
    await world.end(2, { status: 'failed', reason: 'opted out', at: later(301) });
    await world.act(
      { command: acknowledge('on-call'), at: later(320) },
      { command: close('on-call', 3), at: later(900) },
    );
    const entries = await timelineOf(world);
    expect(brief(entries)).toEqual([
      'alert-opened',
      'step-run',
      'page sms.officer',
      'page-sent sms.officer',
      'step-run',
      'page sms.on-call',
      'page-failed sms.on-call opted out',
      'alert-acknowledged on-call',
      'alert-closed on-call seen at home',
    ]);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
  });

  it('says whom a step came to nobody for, and why', async () => {
    const world = worldOfAlerts();
    const unknown = roster({ contacts: [contact('on-call'), contact('manager')] });
    await world.act({ ...OPENS, roster: unknown });
    expect(brief(await timelineOf(world)).slice(0, 4)).toEqual([
      'alert-opened',
      'step-run',
      'nobody person-unknown',
      'step-run',
    ]);
  });

  it('says why a page did not go out', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS, { command: acknowledge('manager'), at: later(1) });
    const reason = 'acknowledged-meanwhile';
    await world.end(1, { status: 'suppressed', reason, at: later(2) });
    expect(brief(await timelineOf(world))).toContain(`page-suppressed sms.officer ${reason}`);
  });

  it('is of an alert that is on record', async () => {
    expect((await worldOfAlerts().ask(ROUTE, { path })).statusCode).toBe(404);
  });

  it('tells nothing of another alert of the same wearer', async () => {
    const world = worldOfAlerts();
    const other = violationOpens({ violationId: 'w-1.curfew.xyz' });
    await world.act(OPENS, {
      ...OPENS,
      command: other,
      alertId: alertIdOf(other.violation.violationId),
    });
    expect(brief(await timelineOf(world))).toEqual([
      'alert-opened',
      'step-run',
      'page sms.officer',
      'page-pending sms.officer not-sent-yet',
    ]);
  });
});

describe('a message that waits is never invisible (target/goalert#1083, #2699)', () => {
  it('the timeline shows that it is pending, since when, and the reason', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS);
    world.clock.now = later(95);
    const { json: answer } = await world.ask(ROUTE, { path });
    expect(answer.entries.at(-1)).toMatchObject({
      ...{ what: 'page-pending', to: 'sms.officer', reason: 'not-sent-yet' },
      details: { ageSeconds: 95 },
    });
  });

  it('also while somebody who sends it has it', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS);
    const rows = outbox(world.client, world.tables.monitoring);
    const key = outboxKey(alertPk(AGENCY, ALERT), 1);
    expect(await rows.claim(key, { by: 'the stream', at: later(1) })).toBe('claimed');
    expect((await timelineOf(world)).at(-1)).toMatchObject({ reason: 'being-sent' });
    world.clock.now = later(120);
    expect((await timelineOf(world)).at(-1)).toMatchObject({ reason: 'not-sent-yet' });
  });

  it('also where it is put off on purpose, with the reason as it stands', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS);
    const waits = { reason: 'five texts in a quarter of an hour', at: T, untilAt: later(600) };
    await world.client.send(
      new UpdateItemCommand({
        ...{ TableName: world.tables.monitoring, Key: world.pageKey(1) },
        UpdateExpression: 'SET waits = :waits',
        ExpressionAttributeValues: { ':waits': json(waits) },
      }),
    );
    world.clock.now = later(30);
    const { json: answer } = await world.ask(ROUTE, { path });
    expect(answer.entries.at(-1)).toMatchObject({
      ...{ what: 'page-pending', reason: waits.reason },
      details: { ageSeconds: 30, untilAt: '2026-03-02T20:10:00.000Z' },
    });
    world.clock.now = later(600);
    expect((await timelineOf(world)).at(-1)).toMatchObject({ reason: 'not-sent-yet' });
  });
});

describe('a refused command', () => {
  const ACKNOWLEDGE = 'POST /v1/alerts/{alertId}/acknowledge';
  const staffed = async () => {
    const world = worldOfAlerts();
    for (const id of ['officer', 'manager']) {
      const body = { name: id, role: 'officer', mobile: '+447700900001' };
      await world.ask('PUT /v1/people/{personId}', { path: { personId: id }, body });
    }
    await world.act(OPENS, { command: acknowledge('officer'), at: later(10) });
    world.clock.now = later(20);
    return world;
  };
  const asManager = { path, body: { personId: 'manager' } };

  it('is on record: who asked for what, when, and who had acted before', async () => {
    const world = await staffed();
    const before = world.itemsOf('monitoring');
    expect((await world.ask(ACKNOWLEDGE, asManager)).statusCode).toBe(409);
    expect(world.itemsOf('monitoring')).toEqual(before);
    const refused = (await timelineOf(world)).find(({ what }) => what === 'command-refused');
    expect(refused).toMatchObject({
      ...{ at: '2026-03-02T20:00:20.000Z', by: 'manager', reason: 'already-acknowledged' },
      words:
        'manager asked in vain to take it in hand: already-acknowledged, officer had acted before',
      details: { command: 'acknowledge', actedBy: 'officer', actedAt: '2026-03-02T20:00:10.000Z' },
    });
  });

  it('is put once for an instant and a person, and again for another', async () => {
    const world = await staffed();
    await world.ask(ACKNOWLEDGE, asManager);
    await world.ask(ACKNOWLEDGE, asManager);
    world.clock.now = later(25);
    await world.ask(ACKNOWLEDGE, asManager);
    const refused = (await timelineOf(world)).filter(({ what }) => what === 'command-refused');
    expect(refused).toHaveLength(2);
  });

  it('leaves what the alert was at a past instant as it was', async () => {
    const world = await staffed();
    await world.ask(ACKNOWLEDGE, asManager);
    const wearer = { agencyId: AGENCY, wearerId: violation().wearerId };
    const ids = [violation().violationId];
    const found = await alertsAt(world.client, world.tables)(wearer, ids, later(30));
    expect(found).toMatchObject([{ status: 'acknowledged', epoch: 1 }]);
  });
});

describe('what a later version put on record', () => {
  it('is shown by its type, with who did it and the reason as it stands', async () => {
    const world = worldOfAlerts();
    await world.act(OPENS);
    const wearer = { agencyId: AGENCY, wearerId: violation().wearerId };
    const body = { type: 'moon-asked', at: later(5), reason: 'full', by: person('officer') };
    const Item = {
      ...keyItem(recordKey(wearer, later(5), escalateName(ALERT, 9, 0))),
      ...{ type: text(body.type), body: json(body) },
    };
    await world.client.send(new PutItemCommand({ TableName: world.tables.record, Item }));
    world.clock.now = later(60);
    expect((await timelineOf(world)).at(-2)).toMatchObject({
      ...{ what: 'moon-asked', words: 'moon asked, by officer: full', reason: 'full' },
      by: 'officer',
    });
  });
});
