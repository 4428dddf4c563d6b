import { describe, expect, it } from 'vitest';
import { alertSchema, heldSchema } from '#domain/model/alert.ts';
import { type RotaId, rotaIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { recordedSchema } from '#domain/response/on-record.ts';
import { type Asking, partOf } from '#domain/response/why-not-paged.ts';
import {
  acknowledge,
  close,
  contact,
  dutyRota,
  later,
  OFFICER,
  opening,
  person,
  policy,
  roster,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { courseOf, OPENED, type Step } from '#test/support/given-alert.ts';

const DUTY = rotaIdSchema.parse('duty');
const nextStep = (epoch: number, now: Instant): Step => ({ command: tick(epoch), now });

const asks = (id: string, ...rotas: readonly RotaId[]): Asking => ({
  ...{ personId: person(id), rotas: new Set(rotas), isOfficer: person(id) === OFFICER },
  ...{ fromAt: T, toAt: later(86_400) },
});

const partIn = (asking: Asking, ...steps: readonly Step[]) => {
  const { alert, events, pages } = courseOf(...steps);
  const seen = pages.map((page) => ({
    ...{
      page,
      status: 'pending',
      outcome: null,
      waits: null,
      receipts: [],
      tries: 0,
      claimedUntilAt: null,
    },
  }));
  const recorded = events.map((event) => recordedSchema.parse(event));
  const { paged, notPaged } = partOf(alertSchema.parse(alert), { recorded, pages: seen }, asking);
  return { paged: paged.map(({ page }) => page.step), notPaged };
};

describe('why somebody was not paged of an alert', () => {
  it('has no reason where every step that names them told them', () => {
    expect(partIn(asks('officer'), OPENED)).toEqual({ paged: [0], notPaged: [] });
  });

  it('has none where they were told a moment later, being one of very many', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `p-${i}`);
    const crowded = policy({
      steps: [{ delaySeconds: 0, targets: ids.map((personId) => ({ kind: 'person', personId })) }],
    });
    const told = roster({ contacts: ids.map((id) => contact(id, { topicArn: `arn:${id}` })) });
    const opens = { command: violationOpens({}, opening({ policy: crowded })), now: T };
    const course = [opens, { command: tick(1), now: T }].map((step) => ({ ...step, roster: told }));
    const { paged, notPaged } = partIn(asks('p-19'), ...course);
    expect(paged).toEqual([0, 0]);
    expect(notPaged).toEqual([]);
  });

  it('is that somebody else was on call, at each time that their rota was asked', () => {
    const { paged, notPaged } = partIn(
      asks('night', DUTY),
      OPENED,
      nextStep(1, later(300)),
      nextStep(2, later(600)),
    );
    expect(paged).toEqual([]);
    expect(notPaged).toEqual([
      {
        ...{ why: 'not-on-call', step: 2, id: 'duty', times: 1 },
        ...{ firstAt: later(300), lastAt: later(300) },
      },
    ]);
  });

  it('counts the times that it was so', () => {
    const steps = policy({
      steps: [{ delaySeconds: 0, targets: [{ kind: 'rota', rotaId: DUTY }] }],
    });
    const opens = { command: violationOpens({}, { policy: steps }), now: T };
    const { notPaged } = partIn(asks('night', DUTY), opens, nextStep(1, later(900)));
    expect(notPaged).toMatchObject([{ why: 'not-on-call', times: 2, lastAt: later(900) }]);
  });

  it('is that nothing is on record by which they could be reached', () => {
    const unknown = roster({ contacts: [contact('on-call'), contact('manager')] });
    const { notPaged } = partIn(asks('officer'), { ...OPENED, roster: unknown });
    expect(notPaged).toMatchObject([{ why: 'person-unknown', step: 1 }]);
  });

  it('is that a rota is not on record', () => {
    const { notPaged } = partIn(asks('night', DUTY), OPENED, {
      ...nextStep(1, later(300)),
      roster: roster({ rotas: [] }),
    });
    expect(notPaged).toMatchObject([{ why: 'rota-unknown', id: 'duty' }]);
  });

  it('is that their rota, or they themselves, are asked at other hours', () => {
    const weekdays = { days: ['mon'], start: '09:00', end: '17:00' };
    const byHours = policy({
      officeHours: { timeZone: 'Europe/London', windows: [weekdays] },
      steps: [
        {
          delaySeconds: 0,
          targets: [
            { kind: 'rota', rotaId: 'duty', when: 'office-hours' },
            { kind: 'person', personId: 'manager', when: 'out-of-hours' },
          ],
        },
      ],
    });
    const opens = { command: violationOpens({}, { policy: byHours }), now: T };
    expect(partIn(asks('on-call', DUTY), opens).notPaged).toMatchObject([
      { why: 'not-in-office-hours', step: 1, id: 'duty' },
    ]);
    const atNoon = { ...opens, now: later(-8 * 3_600) };
    const asking = { ...asks('manager'), fromAt: later(-9 * 3_600) };
    expect(partIn(asking, atNoon).notPaged).toMatchObject([{ why: 'in-office-hours', step: 1 }]);
  });

  it.each([
    ['somebody had it in hand', acknowledge('officer'), 'acknowledged-before'],
    ['somebody had closed it', close('officer', 1), 'closed-before'],
  ])('is that %s before it came to their step', (_, command, why) => {
    const { notPaged } = partIn(asks('on-call', DUTY), OPENED, { command, now: later(60) });
    expect(notPaged).toMatchObject([
      { why, step: 2, id: 'officer', firstAt: later(60), lastAt: later(60) },
    ]);
  });

  it('is who had it in hand, also where they have closed it since', () => {
    const { notPaged } = partIn(
      asks('on-call', DUTY),
      OPENED,
      { command: acknowledge('officer'), now: later(60) },
      { command: close('officer', 2), now: later(900) },
    );
    expect(notPaged).toMatchObject([{ why: 'acknowledged-before', firstAt: later(60) }]);
  });

  it('is that it has not come to their step yet, once whoever had it has let it go', () => {
    const { notPaged } = partIn(
      asks('manager'),
      OPENED,
      { command: acknowledge('officer'), now: later(60) },
      nextStep(2, later(60 + 14_400)),
    );
    expect(notPaged).toMatchObject([{ why: 'not-yet' }]);
  });

  it('is whoever closed it, where one of two had it in hand and telling went on', () => {
    const opens = { command: violationOpens({}, { severity: 'extreme' }), now: T };
    const { notPaged } = partIn(
      asks('manager'),
      opens,
      { command: acknowledge('officer'), now: later(60) },
      { command: close('on-call', 2), now: later(90) },
    );
    expect(notPaged).toMatchObject([{ why: 'closed-before', id: 'on-call', firstAt: later(90) }]);
  });

  it('goes by the policy until it was over, also while it waits for its review', () => {
    const opens = { command: violationOpens({}, { isReviewed: true }), now: T };
    const over = { command: violationChanges({ status: 'withdrawn' }), now: later(400) };
    const { notPaged } = partIn(asks('night', DUTY), opens, nextStep(1, later(300)), over);
    expect(notPaged).toMatchObject([{ why: 'not-on-call', step: 2, lastAt: later(300) }]);
    const manager = partIn(asks('manager'), opens, over);
    expect(manager.notPaged).toMatchObject([{ why: 'closed-by-itself-before', step: null }]);
  });

  it('is what holds it, while it is held', () => {
    const held = heldSchema.parse({
      ...{ why: 'grouped', underAlertId: 'w-1.lead', untilAt: later(900) },
      ...{ everySeconds: 60, backAt: null },
    });
    const hold = { held, nextStepAt: later(60) };
    const opens = { command: violationOpens({}, { hold }), now: T };
    expect(partIn(asks('officer'), opens).notPaged).toMatchObject([
      { why: 'held: grouped', id: 'w-1.lead', step: 1 },
    ]);
  });

  it('is that it was over before it came to their step', () => {
    const withdrawn = violationChanges({ status: 'withdrawn' });
    const { notPaged } = partIn(asks('on-call', DUTY), OPENED, {
      ...{ command: withdrawn, now: later(60) },
    });
    expect(notPaged).toMatchObject([{ why: 'closed-by-itself-before', step: 2 }]);
  });

  it('is that it has not come to their step yet; of the last resort no number is said', () => {
    expect(partIn(asks('manager'), OPENED).notPaged).toMatchObject([
      { why: 'not-yet', step: null, firstAt: null },
    ]);
  });

  it('is that the policy names them nowhere', () => {
    expect(partIn(asks('stranger'), OPENED).notPaged).toMatchObject([{ why: 'not-in-policy' }]);
  });

  it('is that no step was run within the time that is asked about', () => {
    const asking = { ...asks('officer'), fromAt: later(10), toAt: later(20) };
    expect(partIn(asking, OPENED).notPaged).toMatchObject([{ why: 'no-step-then' }]);
  });

  it('is, of what is only for review, that the responsible officer alone is told', () => {
    const old = violationOpens({ isOldNews: true, status: 'ended', endedAt: T });
    const { notPaged } = partIn(asks('on-call', DUTY), { command: old, now: T });
    expect(notPaged).toMatchObject([{ why: 'not-in-policy' }]);
  });

  it('goes by who was on call then, whoever the rota names now', () => {
    const night = roster({
      contacts: [contact('officer'), contact('night'), contact('manager')],
      rotas: [dutyRota({ otherwise: 'night' })],
    });
    const { paged, notPaged } = partIn(asks('night'), OPENED, {
      ...nextStep(1, later(300)),
      roster: night,
    });
    expect({ paged, notPaged }).toEqual({ paged: [1], notPaged: [] });
  });
});
