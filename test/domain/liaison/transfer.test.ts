import { describe, expect, it } from 'vitest';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import { eventIdOf } from '#domain/liaison/event.ts';
import { resendGapSeconds } from '#domain/liaison/evolve-transfer.ts';
import {
  isFinished,
  isLive,
  isTaken,
  standingAnswer,
  type Transfer,
  transferSchema,
} from '#domain/liaison/transfer.ts';
import { untakenViolation } from '#domain/liaison/untaken.ts';
import { violationSchema } from '#domain/model/violation.ts';
import { later, T } from '#test/support/alerts.ts';
import {
  about,
  afterwards,
  answers,
  INCIDENT,
  livedThrough,
  receipt,
  sent,
  sentEvent,
  tick,
} from '#test/support/transfers.ts';

const BEGUN = livedThrough([[sent(1, T), 0]]);
const eventsOf = (
  transfer: Transfer,
  command: Parameters<typeof afterwards>[1],
  seconds: number,
) => {
  const decision = decideTransfer(transfer, command, later(seconds));
  return decision.outcome === 'happened' ? decision.events : decision;
};
const typesOf = (...asked: Parameters<typeof eventsOf>) => {
  const events = eventsOf(...asked);
  return Array.isArray(events) ? events.map(({ type }) => type) : events;
};

describe('given an incident that was sent', () => {
  it('is stored as its schema has it, and is due when it would be sent again', () => {
    expect(transferSchema.parse(JSON.parse(JSON.stringify(BEGUN)))).toEqual(BEGUN);
    expect(BEGUN).toMatchObject({ epoch: 1, nextDueAt: later(30), trouble: null, isOver: false });
  });

  it('is sent again under the same message id when no receipt has come for 30 s', () => {
    expect(eventsOf(BEGUN, tick(BEGUN), 29)).toMatchObject({ reason: 'early-tick' });
    expect(eventsOf(BEGUN, tick(BEGUN), 30)).toEqual([
      {
        ...{ type: 'transfer-sent-again', at: later(30), eventId: eventIdOf(INCIDENT, 1) },
        ...{ tries: 1, nextTryAt: later(90) },
      },
    ]);
  });

  it('is never sent again after a receipt, and waits for its acceptance', () => {
    const stored = livedThrough([
      [sent(1, T), 0],
      [receipt(1), 3],
    ]);
    expect(stored.newest).toMatchObject({ nextTryAt: null, receipt: { code: 'stored' } });
    expect(stored.nextDueAt).toBe(later(120));
    expect(typesOf(stored, tick(stored), 120)).toEqual(['transfer-untaken']);
  });

  it('calls people here after 120 s without an acceptance, once, and goes on sending', () => {
    const tried = livedThrough([
      [sent(1, T), 0],
      [{ type: 'tick', epoch: 1 }, 30],
      [{ type: 'tick', epoch: 2 }, 90],
    ]);
    expect(tried.nextDueAt).toBe(later(120));
    expect(typesOf(tried, tick(tried), 120)).toEqual(['transfer-untaken']);
    const called = afterwards(tried, tick(tried), later(120)).transfer ?? tried;
    expect(called).toMatchObject({ spells: 1, trouble: { cause: 'no-answer', since: T } });
    expect(called.nextDueAt).toBe(later(210));
    expect(typesOf(called, tick(called), 210)).toEqual(['transfer-sent-again']);
  });

  it('does both where both are due, so that a late clock costs nobody the call', () => {
    expect(typesOf(BEGUN, tick(BEGUN), 500)).toEqual(['transfer-sent-again', 'transfer-untaken']);
  });

  it('is not sent again to whoever fetches, and called about all the same', () => {
    const pulled = livedThrough([
      [{ type: 'sent', event: sentEvent(1, T), about: about({ isPushed: false }) }, 0],
    ]);
    expect(pulled.nextDueAt).toBe(later(120));
  });

  it('is given up when it is of no use any more', () => {
    const event = sentEvent(1, T, { expiresAt: later(20) });
    const short = livedThrough([[{ type: 'sent', event, about: about() }, 0]]);
    expect(typesOf(short, tick(short), 30)).toEqual(['transfer-given-up']);
  });

  it('grows its gaps to a bound', () => {
    expect([0, 1, 2, 4, 5, 6, 1_000].map((tries) => resendGapSeconds(30, tries))).toEqual([
      30, 60, 120, 480, 900, 900, 900,
    ]);
    expect(resendGapSeconds(3_600, 5)).toBe(3_600);
  });

  it.each(['unroutable', 'expired'] as const)('calls people at once when it is %s', (code) => {
    expect(eventsOf(BEGUN, receipt(1, code), 5)).toMatchObject([
      { type: 'transfer-receipt', code },
      { type: 'transfer-untaken', cause: code, spell: 1 },
    ]);
  });

  it('keeps people called whom a machine now says that it has it', () => {
    const calls = livedThrough([
      [sent(1, T), 0],
      [receipt(1, 'unroutable'), 5],
    ]);
    expect(typesOf(calls, receipt(1), 9)).toEqual(['transfer-receipt']);
  });
});

describe('given an answer of theirs', () => {
  it('an acceptance in time leaves nothing to be waited for but the receipt', () => {
    const taken = livedThrough([
      [sent(1, T), 0],
      [receipt(1), 2],
      [answers('accepted', later(60)), 61],
    ]);
    expect(taken).toMatchObject({ nextDueAt: null, trouble: null });
    expect(standingAnswer(taken)).toMatchObject({ is: 'accepted' });
  });

  it('whoever answers an event has it, whether or not their system has said so', () => {
    const answer = { ...answers('accepted', later(20)), eventId: eventIdOf(INCIDENT, 1) };
    expect(typesOf(BEGUN, answer, 21)).toEqual(['transfer-receipt', 'transfer-answered']);
  });

  it('a rejection calls people at once, with its cause', () => {
    const rejection = answers('rejected', later(10), { cause: 'no-power' });
    expect(eventsOf(BEGUN, rejection, 12)).toMatchObject([
      { type: 'transfer-answered' },
      { type: 'transfer-untaken', spell: 1, since: T, cause: 'no-power' },
    ]);
  });

  it('a rejection after people were called tells them why, and calls nobody anew', () => {
    const called = livedThrough([
      [sent(1, T), 0],
      [receipt(1), 2],
      [tick({ epoch: 2 }), 120],
    ]);
    const rejection = answers('rejected', later(130));
    expect(typesOf(called, rejection, 131)).toEqual(['transfer-answered', 'transfer-untaken-why']);
  });

  it('an acceptance lets people go only where it is more than 300 s later than a rejection', () => {
    const rejected = livedThrough([
      [sent(1, T), 0],
      [answers('rejected', later(50)), 51],
    ]);
    expect(eventsOf(rejected, answers('accepted', later(351)), 352)).toMatchObject([
      { type: 'transfer-answered' },
      { type: 'transfer-taken', why: 'accepted' },
    ]);
    for (const at of [40, 51, 350]) {
      expect(typesOf(rejected, answers('accepted', later(at)), 351)).toEqual(['transfer-answered']);
    }
  });

  it('a rejection after an acceptance calls people, and counts from when it came', () => {
    const taken = livedThrough([
      [sent(1, T), 0],
      [answers('accepted', later(50)), 51],
    ]);
    expect(eventsOf(taken, answers('rejected', later(600)), 602)).toMatchObject([
      { type: 'transfer-answered' },
      { type: 'transfer-untaken', since: later(602) },
    ]);
  });

  it('a rejection is heard also where the acceptance before it was dated ahead', () => {
    const taken = livedThrough([
      [sent(1, T), 0],
      [answers('accepted', later(350)), 50],
    ]);
    expect(isTaken(taken)).toBe(true);
    expect(eventsOf(taken, answers('rejected', later(60)), 60)).toMatchObject([
      { type: 'transfer-answered' },
      { type: 'transfer-untaken', cause: 'not-our-area' },
    ]);
  });

  it('what contradicts itself within 300 s calls people, in either order', () => {
    const both = [answers('accepted', later(300)), answers('rejected', later(50))] as const;
    for (const [first, second] of [both, [both[1], both[0]] as const]) {
      const transfer = livedThrough([
        [sent(1, T), 0],
        [first, 51],
        [second, 52],
      ]);
      expect(standingAnswer(transfer)).toMatchObject({ is: 'rejected' });
      expect(transfer.trouble).toMatchObject({ cause: 'not-our-area' });
    }
  });

  it('of two that say the same the later is kept, and the earlier changes nothing', () => {
    const twice = livedThrough([
      [sent(1, T), 0],
      [answers('rejected', later(50), { cause: 'no-power' }), 61],
      [answers('rejected', later(60), { cause: 'too-old' }), 61],
    ]);
    expect(standingAnswer(twice)).toMatchObject({ cause: 'too-old', at: later(60) });
    expect(eventsOf(twice, answers('aborted', later(55)), 61)).toMatchObject({
      reason: 'answer-superseded',
    });
  });

  it('dated more than 900 s before the incident was sent it is refused', () => {
    const sentLate = livedThrough([[sent(1, later(2_000)), 2_000]]);
    const dated = (seconds: number) => answers('accepted', later(seconds));
    const refused = { outcome: 'refused', code: 'dated-before-sent' };
    expect(eventsOf(sentLate, dated(1_099), 2_001)).toEqual(refused);
    expect(typesOf(sentLate, dated(1_100), 2_001)).toEqual(['transfer-answered']);
    const live = { type: 'live', reference: 'A1', asOf: later(1_099) } as const;
    expect(eventsOf(sentLate, live, 2_001)).toEqual(refused);
  });

  it('a completion is as good as an acceptance, and giving up is as bad as a rejection', () => {
    expect(typesOf(BEGUN, answers('completed', later(20)), 21)).toEqual(['transfer-answered']);
    expect(eventsOf(BEGUN, answers('aborted', later(20)), 21)).toMatchObject([
      { type: 'transfer-answered' },
      { type: 'transfer-untaken', cause: 'aborted' },
    ]);
  });

  it('is known when it comes again', () => {
    const taken = livedThrough([
      [sent(1, T), 0],
      [answers('accepted', later(50)), 51],
    ]);
    const again = eventsOf(taken, answers('accepted', later(50)), 300);
    expect(again).toEqual({ outcome: 'nothing', reason: 'answer-known' });
  });

  it.each([
    ['of no incident', null, answers('accepted', T), 'incident-unknown'],
    ['of an event that was never sent', BEGUN, receipt(2), 'event-unknown'],
    ['of the future', BEGUN, answers('accepted', later(900)), 'from-the-future'],
    [
      'of a place in the future',
      BEGUN,
      { type: 'live', reference: 'A1', asOf: later(900) },
      'from-the-future',
    ],
  ] as const)('%s is refused', (_, transfer, command, code) => {
    expect(decideTransfer(transfer, command, later(10))).toEqual({ outcome: 'refused', code });
  });
});

/** They accept and reject in turn, each ten minutes after the other, from an instant on. */
const wavering = (fromSeconds: number, times: number) =>
  Array.from({ length: times }, (_, nth) => {
    const seconds = fromSeconds + nth * 600;
    return [answers(nth % 2 === 0 ? 'rejected' : 'accepted', later(seconds)), seconds] as const;
  });

describe('given a control room that accepts and rejects in turn', () => {
  const third = [[sent(1, T), 0], ...wavering(10, 9)] as const;

  it('people are let go twice, and the third time they stay called', () => {
    expect(livedThrough(third.slice(0, 5))).toMatchObject({ spells: 2, trouble: null });
    expect(livedThrough(third)).toMatchObject({ spells: 3, trouble: { spell: 3 } });
    expect(isTaken(livedThrough(third.slice(0, -1)))).toBe(true);
  });

  it('the end of the incident lets them go, and told again it is accepted as before', () => {
    const closing = sent(2, later(9_000), { type: 'closed' });
    expect(eventsOf(livedThrough(third), closing, 9_000)).toMatchObject([
      { type: 'transfer-sent' },
      { type: 'transfer-taken', why: 'closed' },
    ]);
    const again = [...third, [closing, 9_000], [sent(3, later(9_100)), 9_100]] as const;
    expect(livedThrough([...again, ...wavering(9_200, 4)])).toMatchObject({
      ...{ spells: 5, trouble: null },
    });
  });
});

describe('given that it is live on their system', () => {
  const live = (reference: string, seconds: number) =>
    ({ type: 'live', reference, asOf: later(seconds) }) as const;

  it('says since when, under which reference, and when they last said so', () => {
    const transfer = livedThrough([
      [sent(1, T), 0],
      [live('EP-7', 400), 401],
      [live('EP-6', 40), 402],
      [live('EP-8', 900), 901],
    ]);
    expect(transfer.live).toEqual({
      ...{ since: later(40), reference: 'EP-8', confirmedAt: later(900) },
    });
    expect(isLive(transfer)).toBe(true);
    expect(eventsOf(transfer, live('EP-6', 40), 950)).toMatchObject({ reason: 'live-known' });
  });

  it('said once more within a minute changes nothing, unless it is another reference', () => {
    const transfer = livedThrough([
      [sent(1, T), 0],
      [live('EP-7', 100), 100],
    ]);
    for (const seconds of [41, 99, 100, 159]) {
      const said = eventsOf(transfer, live('EP-7', seconds), 110);
      expect(said).toEqual({ outcome: 'nothing', reason: 'live-known' });
    }
    for (const seconds of [40, 160]) {
      expect(typesOf(transfer, live('EP-7', seconds), 110)).toEqual(['transfer-live']);
    }
    expect(typesOf(transfer, live('EP-8', 101), 110)).toEqual(['transfer-live']);
  });

  it('is no acceptance', () => {
    const transfer = livedThrough([
      [sent(1, T), 0],
      [receipt(1), 1],
      [live('EP-7', 10), 11],
    ]);
    expect(transfer.nextDueAt).toBe(later(120));
  });

  it('ends with their rejection and with our closing', () => {
    const steps = [
      [sent(1, T), 0],
      [live('EP-7', 10), 11],
    ] as const;
    expect(isLive(livedThrough([...steps, [answers('rejected', later(20)), 21]]))).toBe(false);
    expect(isLive(livedThrough([...steps, [sent(2, later(30), { type: 'closed' }), 30]]))).toBe(
      false,
    );
  });
});

describe('given that it is closed by us', () => {
  const closing = sent(2, later(200), { type: 'closed' });

  it('needs no acceptance any more, lets people go, and waits for its receipt', () => {
    const called = livedThrough([
      [sent(1, T), 0],
      [receipt(1), 2],
      [tick({ epoch: 2 }), 120],
    ]);
    expect(eventsOf(called, closing, 200)).toMatchObject([
      { type: 'transfer-sent' },
      { type: 'transfer-taken', why: 'closed' },
    ]);
    const closed = afterwards(called, closing, later(200)).transfer;
    expect(closed).toMatchObject({ isOver: true, trouble: null, nextDueAt: later(230) });
    expect(closed && isFinished(closed)).toBe(false);
    const done = closed && afterwards(closed, receipt(2), later(210)).transfer;
    expect(done).toMatchObject({ nextDueAt: null });
    expect(done && isFinished(done)).toBe(true);
  });

  it('a rejection that comes then calls nobody', () => {
    const closed = livedThrough([
      [sent(1, T), 0],
      [closing, 200],
    ]);
    expect(typesOf(closed, answers('rejected', later(190)), 210)).toEqual(['transfer-answered']);
  });

  it('told again it has to be accepted anew, and what they said before is void', () => {
    const again = livedThrough([
      [sent(1, T), 0],
      [answers('accepted', later(20)), 21],
      [closing, 200],
      [sent(3, later(300)), 300],
    ]);
    expect(again).toMatchObject({ askedAt: later(300), isOver: false });
    expect(standingAnswer(again)).toBe(null);
    expect(eventsOf(again, answers('accepted', later(20)), 310)).toMatchObject({
      reason: 'answer-superseded',
    });
  });
});

describe('what an alert of its own is opened from', () => {
  it('is a violation like any other, of a class and a rule of its own', () => {
    const called = livedThrough([
      [sent(1, T), 0],
      [answers('rejected', later(9)), 10],
    ]);
    const { trouble } = called;
    if (trouble === null) throw new Error('nobody was called');
    const opened = untakenViolation(called, trouble, null);
    expect(violationSchema.parse(JSON.parse(JSON.stringify(opened)))).toEqual(opened);
    expect(opened).toMatchObject({
      ...{ conditionKind: 'transfer', rule: 'transfer', reason: 'transfer-rejected' },
      ...{ revision: 1, status: 'open', openedAt: T, detectedAt: later(10) },
      transfer: { liaisonName: 'Essex Police', cause: 'not-our-area', severity: 'severe' },
    });
    const end = { at: later(60), endReason: 'transfer-accepted' } as const;
    expect(untakenViolation(called, trouble, end)).toMatchObject({
      ...{ revision: 2, status: 'ended', endReason: 'transfer-accepted', endedAt: later(60) },
    });
  });
});
