import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { verificationCode } from '#domain/report/verification.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { at, HOME } from '#test/support/supervisions.ts';
import { decides, inHand, named, proposed, takesAll, toDo, writes } from './case-desk.ts';
import { asked } from './desk.ts';
import { closeOffice, toldNow } from './messages.ts';
import { OFFICER, openOffice, send } from './office.ts';
import { openPress, rowsOf } from './report-press.ts';
import { expectTimeline } from './timeline.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

const MINUTE = 60;
const OPENS = at('2026-03-02T08:30:00Z');
const HOUR_IN_TWO = { lat: 51.53, lon: -0.12 };
const PUB = { lat: 51.515, lon: -0.09 };
const CALL_US = 'Call your officer within five working days, or write to this office.';

/** Two appointments on one day, and somebody to be kept from. */
const ORDER = {
  ...{ ...ORDER_BODY, ...NOTHING_STANDING },
  conditions: [
    {
      ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
      place: { label: 'probation office', ...HOUR_IN_TWO },
      appointments: [
        { from: '2026-03-02T09:00:00Z', until: '2026-03-02T10:00:00Z' },
        { from: '2026-03-02T11:00:00Z', until: '2026-03-02T12:00:00Z' },
      ],
    },
    { conditionId: 'apart', kind: 'non-association', otherWearerId: 'w-2' },
  ],
};

/** The officer, who has an hour before anybody else is told. */
const POLICY = {
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
    { delaySeconds: 3_600, targets: [{ kind: 'rota', rotaId: 'duty' }] },
  ],
  acknowledgementSeconds: 604_800,
};

const open = async (): Promise<void> => {
  office = await openOffice({ opensAt: OPENS, policy: POLICY });
  await asked(office, 'PUT /v1/wearers/{wearerId}', {
    ...{ path: { wearerId: 'w-2' }, body: { name: 'Rex Marlow' } },
  });
  await asked(office, 'PUT /v1/wearers/{wearerId}/activations/{activationId}', {
    path: { wearerId: 'w-2', activationId: 'a-2' },
    body: { headEndId: 'head-end', deviceSerial: 'T-2', startsAt: '2026-01-01T00:00:00Z' },
  });
  await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', {
    ...{ path: { wearerId: 'w-1', orderId: 'o-1' }, body: ORDER },
  });
};

type Spots = (now: Instant) => Readonly<{ own: object; others: object | null }>;

/** Both devices report, every so many minutes. */
const live = async (until: Instant, everyMinutes: number, spots: Spots): Promise<void> => {
  const from = instant(Date.now());
  for (let now = from; now < until; now = secondsAfter(now, everyMinutes * MINUTE)) {
    await office.advanceTo(now);
    const { own, others } = spots(now);
    await send(office, fix(now, { ...HOME, ...own }));
    if (others !== null) {
      await send(office, fix(now, { ...HOME, ...others }, { activationId: 'a-2' }));
    }
  }
  await office.advanceTo(until);
};
const atHome: Spots = () => ({ own: {}, others: null });
const together: Spots = () => ({ own: PUB, others: { ...PUB, lat: PUB.lat + 0.0001 } });

/** A breach pack of all that has happened so far. */
const packOfNow = (why: string) => ({
  ...{ kind: 'breach-pack', from: '2026-03-02T00:00:00Z', until: toIso(instant(Date.now())) },
  ...{ by: 'officer', why },
});

describe('two appointments missed, and a barred association', () => {
  it('propose a breach, and end in a formal warning when the explanation is accepted', async () => {
    await open();
    // Escalated as they happen, and recorded.
    await live(at('2026-03-02T10:05:00Z'), 4, atHome);
    expect(toldNow(office)).toEqual([OFFICER]);
    await takesAll(office, 'officer');
    await live(at('2026-03-02T12:05:00Z'), 4, atHome);
    expect(toldNow(office)).toEqual([OFFICER]);
    await takesAll(office, 'officer');
    await live(at('2026-03-02T12:40:00Z'), 1, together);
    expect(toldNow(office)).toEqual([OFFICER]);
    await takesAll(office, 'officer');
    await live(at('2026-03-02T13:00:00Z'), 2, atHome);

    // A breach is proposed with its grounds, and nothing is decided.
    expect(await proposed(office)).toEqual([
      ['first-warning', 'together with a person to be kept from in 14 days'],
      ['breach-initiated', 'two appointments missed without excuse'],
    ]);
    const clocks = (await toDo(office)).map(({ kind }) => kind);
    expect(clocks).toEqual(Array(3).fill('action-on-violation'));

    // The breach report is prepared: all three stand in it.
    const press = openPress(office);
    await office.advanceTo(at('2026-03-02T14:40:00Z'));
    const prepared = packOfNow('for the hearing');
    const first = await press.makes('breach', prepared);
    expect(
      rowsOf(first.report, 'Violations of the period').map(([no, , what]) => [no, what]),
    ).toEqual([
      ['1', 'Missed appointment'],
      ['2', 'Missed appointment, not for the first time'],
      ['3', 'Together with a person to be kept from'],
    ]);
    expect(JSON.stringify(first.report)).not.toContain('WITHDRAWN');
    const pressed = Buffer.from(press.fileOf('breach', 'pdf'));

    // The wearer explains the first of them, and the hospital confirms it.
    await office.advanceTo(at('2026-03-02T14:55:00Z'));
    await writes(office, 'n-1', {
      ...{ kind: 'call', happenedAt: '2026-03-02T14:50:00Z', by: 'officer' },
      text: 'Was in A&E with her son from half past eight; the hospital has confirmed it.',
    });
    await office.advanceTo(at('2026-03-02T15:00:00Z'));
    const [excused, ...others] = await inHand(office);
    if (excused === undefined || others.length !== 2) throw new Error('three alerts are in hand');
    const excuse = named([excused]);
    await decides(office, 'd-excuse', {
      ...{ ...excuse, kind: 'excuse-accepted', reason: 'In A&E with her son, as confirmed.' },
      considered: [...excuse.considered, { kind: 'note', id: 'n-1' }],
      permission: {
        ...{ permissionId: 'a-and-e', conditionIds: ['office'], reason: 'medical' },
        ...{ from: '2026-03-02T08:30:00Z', until: '2026-03-02T10:30:00Z' },
      },
    });
    await office.advanceTo(at('2026-03-02T15:10:00Z'));
    expect(await proposed(office)).toEqual([
      [
        'first-warning',
        'together with a person to be kept from in 14 days',
        'one appointment missed without excuse',
      ],
    ]);

    // A formal warning instead of the breach: one letter for what is left. The second is no
    // repetition any more, and so has changed since.
    await decides(office, 'd-warning', {
      ...named(await inHand(office)),
      ...{ kind: 'first-warning', reason: 'No reason for the second; had met Rex by chance.' },
      letter: { expected: 'Come to each appointment. Keep away from Rex.', howToAnswer: CALL_US },
    });
    const letter = await office.ask('GET /v1/wearers/{wearerId}/decisions/{decisionId}/letter', {
      ...{ who: { role: 'administrator', agencyId: 'demo' } },
      path: { wearerId: 'w-1', decisionId: 'd-warning' },
    });
    expect(letter.body).toContain('together with a person to be kept from');
    await asked(office, 'POST /v1/wearers/{wearerId}/decisions/{decisionId}/letter', {
      path: { wearerId: 'w-1', decisionId: 'd-warning' },
      body: { personId: 'officer', act: 'sent' },
    });
    expect(await proposed(office)).toEqual([]);
    expect(await toDo(office)).toEqual([]);

    // The pack of before stands as it was, and its code says when that was. One of now says what
    // was taken back, and what was decided in place of a breach.
    await office.advanceTo(at('2026-03-02T15:20:00Z'));
    const second = await press.makes('breach-2', packOfNow('in place of the first'));
    expect(rowsOf(second.report, 'Violations of the period')).toMatchObject([
      ['1', {}, 'Missed appointment', expect.stringMatching(/^WITHDRAWN: an excuse was accepted/)],
      [
        '2',
        {},
        'Missed appointment',
        ['Over after 1 h 00 min, at ', {}, ': the appointment ended'],
      ],
      ['3', {}, 'Together with a person to be kept from', expect.anything()],
    ]);
    const decided = rowsOf(
      second.report,
      'Each with its reason; what was withdrawn stays here with both its reasons',
    );
    expect(decided.map(([, what, , , , stands]) => [what, stands])).toEqual([
      ['excuse accepted (d-excuse)', 'stands'],
      ['formal first warning (d-warning)', 'stands'],
    ]);
    expect((await press.makes('breach', prepared)).code).toBe(first.code);
    expect(pressed.equals(press.fileOf('breach', 'pdf'))).toBe(true);
    expect((await press.verified(first.code)).body).toContain('2026-03-02T14:40:00.000Z');
    const json = press.fileOf('breach', 'json');
    const altered = createHash('sha256').update(json).update(' ').digest('hex');
    expect((await press.verified(verificationCode(altered))).statusCode).toBe(404);
    await office.advanceTo(at('2026-03-03T09:00:00Z'));
    expect(toldNow(office)).toEqual([]);
    await expectTimeline(office, 'explained');
  });
});
