import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { HOME } from '#test/support/supervisions.ts';
import { decides, inHand, named, proposed, takesAll, toDo, writes } from './case-desk.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice } from './messages.ts';
import { AWAY, live, MANAGER, MET, minute, NAME, OFFICER, ON_CALL, openOffice } from './office.ts';
import { expectTimeline } from './timeline.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

const WEARER_MOBILE = '+447700900009';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const LEAVES = minute(130);
const PANEL = 'panel';

/** On licence, at very high risk and under MAPPA level 3: GPS, a curfew, checks and visits. */
const ORDER = {
  ...{ ...ORDER_BODY, ...NOTHING_STANDING },
  ...{ type: 'post-release', riskLevel: 'very-high', mappa: { level: 3, category: 1 } },
  liaisons: [{ liaisonId: PANEL }],
  conditions: [
    { conditionId: 'home', kind: 'curfew', timetableId: 'night', place: { ...HOME } },
    {
      ...{ conditionId: 'checks', kind: 'check-in', methods: ['phone', 'visit'] },
      times: { kind: 'fixed', days: DAYS, times: ['20:30'] },
    },
  ],
};

const open = async (): Promise<void> => {
  office = await openOffice({
    policy: { acknowledgementSeconds: 604_800, secondPersonFor: ['severe', 'extreme'] },
  });
  await asked(office, 'PUT /v1/wearers/{wearerId}', {
    ...{ path: { wearerId: 'w-1' }, body: { name: NAME, mobile: WEARER_MOBILE } },
  });
  await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
    path: { liaisonId: PANEL },
    body: { ...MET, kind: 'mappa-panel', name: 'MAPPA panel' },
  });
  await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', {
    ...{ path: { wearerId: 'w-1', orderId: 'o-1' }, body: ORDER },
  });
};

const told = (): string[] =>
  office
    .takeSent()
    .map(({ to }) => to)
    .toSorted();
const report = (now: Instant) => fix(now, now >= LEAVES ? AWAY : HOME);

describe('a high-risk case under MAPPA', () => {
  it('goes at once through the breach procedure at any sign, and two people decide', async () => {
    await open();
    await live(office, [minute(-5), minute(121)], report);
    // The check at 20:30 was asked for, and let expire at 21:00: the panel hears first.
    expect(told()).toEqual([OFFICER, WEARER_MOBILE, 'arn:police']);
    expect(await alertsOf(office, 'open')).toMatchObject([{ severity: 'severe' }]);
    expect(await proposed(office)).toEqual([
      ['recall-requested', 'let a check expire unanswered in 14 days'],
    ]);
    await takesAll(office, 'officer', 'manager');

    // Somebody goes there; on their way the device says that the wearer has left.
    const visit = { wearerId: 'w-1', visitId: 'v-1' };
    await asked(office, 'PUT /v1/wearers/{wearerId}/visits/{visitId}', {
      path: visit,
      body: {
        ...{ personId: 'on-call', purpose: 'check missed' },
        ...{ from: toIso(minute(125)), until: toIso(minute(180)) },
      },
    });
    await live(office, [minute(121), minute(145)], report);
    expect(told()).toEqual([OFFICER, ON_CALL, 'arn:police']);
    await takesAll(office, 'officer', 'manager');
    await asked(office, 'POST /v1/wearers/{wearerId}/visits/{visitId}/outcome', {
      path: visit,
      body: { personId: 'on-call', visitedAt: toIso(minute(144)), result: 'absent', note: 'dark' },
    });
    await writes(office, 'n-1', {
      ...{ kind: 'home-visit', happenedAt: toIso(minute(144)), by: 'on-call' },
      text: 'Nobody at home, no light, no answer.',
    });

    // Home again: nothing of it clears by itself, and what is proposed stays.
    await live(office, [minute(145), minute(175)], (now) => fix(now, HOME));
    expect(told()).toEqual(['arn:police']);
    expect((await inHand(office)).length).toBe(2);
    expect(await proposed(office)).toEqual([
      [
        'recall-requested',
        'left home during curfew in 14 days',
        'let a check expire unanswered in 14 days',
      ],
    ]);

    const recall = named(await inHand(office));
    await decides(office, 'd-recall', {
      ...{ ...recall, kind: 'recall-requested', recall: 'emergency' },
      ...{ reason: 'Out in the curfew, check missed, not at home when visited.' },
      considered: [...recall.considered, { kind: 'visit', id: 'v-1' }],
    });
    expect(told()).toEqual(['arn:police', 'arn:police']);
    expect(await alertsOf(office, 'acknowledged')).toEqual([]);
    expect(await proposed(office)).toEqual([]);
    const [partA, ...others] = await toDo(office);
    expect([partA, others]).toMatchObject([{ kind: 'recall-part-a' }, []]);

    // Part A is sent in time, and nobody is reminded of it.
    await office.advanceTo(minute(300));
    await asked(office, 'POST /v1/wearers/{wearerId}/tasks/{taskId}/end', {
      path: { wearerId: 'w-1', taskId: partA?.taskId ?? '' },
      body: { personId: 'officer', reason: 'Part A sent, endorsed by the ACO' },
    });
    await expectTimeline(office, 'at-once');
  });

  it('is decided by nobody alone', async () => {
    await open();
    await live(office, [minute(-5), minute(121)], report);
    await takesAll(office, 'officer');
    const [alert] = await alertsOf(office, 'open');
    const alone = await office.ask('PUT /v1/wearers/{wearerId}/decisions/{decisionId}', {
      who: ADMINISTRATOR,
      path: { wearerId: 'w-1', decisionId: 'd-1' },
      body: {
        ...{ ...named([alert]), kind: 'recall-requested', recall: 'standard' },
        ...{ orderId: 'o-1', by: 'officer', reason: 'check missed' },
      },
    });
    expect([alone.statusCode, JSON.parse(alone.body).code]).toEqual([409, 'second-person-needed']);
    expect(told()).toContain(OFFICER);
    expect(told()).not.toContain(MANAGER);
  });
});
