import { afterEach, describe, expect, it } from 'vitest';
import { ANSWER_SECONDS } from '#domain/reply/page-right.ts';
import { later } from '#test/support/alerts.ts';
import { failed, NOTHING_FAILED, queueBatch } from '#test/support/batches.ts';
import { alertAfter, closedBy, OPEN, OPENED, takenBy } from '#test/support/given-alert.ts';
import { type KeptReply, keptReply, PHONES } from '#test/support/kept-reply.ts';

const TAKEN = alertAfter(OPENED, takenBy('manager'));
const CLOSED = alertAfter(OPENED, closedBy('manager'));
const STRANGER = '+447700900999';

let kept: KeptReply;
afterEach(() => kept.restore());

/** Somebody with a page on their phone about an alert as it stood when they were paged. */
const paged = async (alert = OPEN, deps: Parameters<typeof keptReply>[0] = {}) => {
  kept = keptReply(deps);
  const code = await kept.codeOf('officer', OPEN);
  await kept.put(alert);
  kept.clock.now = later(60);
  return { ...kept, code };
};

const textsOf = ({ answersSent }: Pick<KeptReply, 'answersSent'>) =>
  answersSent().map(({ text }) => text);

describe('given a page on a phone', () => {
  it('its code sent back acknowledges for whom it was sent to, and is answered', async () => {
    const officer = await paged();
    expect(await officer.text(PHONES.officer, officer.code)).toEqual(NOTHING_FAILED);
    expect(await officer.alertNow(OPEN)).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ by: 'officer', at: later(60) }],
    });
    expect(officer.answersSent()).toMatchObject([
      { mobile: PHONES.officer, text: expect.stringMatching(/^You have it: w-1, /) },
    ]);
  });

  it('an answer is a row of the outbox, saved with what it tells of', async () => {
    const officer = await paged();
    await officer.text(PHONES.officer, officer.code, 'text-1');
    expect(officer.rowOf('OUTBOX#ANSWER#text-1')).toMatchObject({
      entity: { S: 'OUTBOX' },
      status: { S: 'pending' },
      dueShard: { S: expect.stringMatching(/^DUE#/) },
    });
  });

  it('a text that comes twice does once what it does, and is answered once', async () => {
    const officer = await paged();
    for (let i = 0; i < 3; i += 1) await officer.text(PHONES.officer, officer.code, 'text-1');
    expect(officer.answersSent()).toHaveLength(1);
    expect((await officer.alertNow(OPEN))?.epoch).toBe(2);
    expect(officer.measured.filter(([name]) => name === 'textsRepeated')).toHaveLength(2);
  });

  it('a crash before anything is saved is made good by the next try', async () => {
    let crashes = 1;
    const officer = await paged(OPEN, {
      loadName: () => Promise.reject(new Error('the table is gone')),
      takeAllowance: async () => {
        crashes -= 1;
        if (crashes >= 0) throw new Error('the function ended');
        return { waitSeconds: 0, counterFailed: null };
      },
    });
    expect(await officer.text(PHONES.officer, officer.code, 'text-1')).toEqual(failed('m-0'));
    expect(await officer.text(PHONES.officer, officer.code, 'text-1')).toEqual(NOTHING_FAILED);
    expect(officer.answersSent()).toHaveLength(1);
  });

  it.each([
    ['somebody else has it', TAKEN, /^Name of manager took it .*20:00/],
    ['it has been closed', CLOSED, /^Name of manager closed it .*20:00/],
  ])('where %s, the answer says who and when, and nothing changes', async (_, alert, says) => {
    const officer = await paged(alert);
    await officer.text(PHONES.officer, officer.code);
    expect(textsOf(officer)).toEqual([expect.stringMatching(says)]);
    expect((await officer.alertNow(OPEN))?.epoch).toBe(alert.epoch);
    expect(officer.itemsOf('record')).toHaveLength(1);
  });

  it('whoever has it already is told so', async () => {
    const officer = await paged();
    await officer.text(PHONES.officer, officer.code, 'text-1');
    await officer.text(PHONES.officer, officer.code, 'text-2');
    expect(textsOf(officer)[1]).toMatch(/^You have it already/);
  });

  it('the first of two who have to take it is told that paging goes on', async () => {
    const officer = await paged({ ...OPEN, acknowledgementsNeeded: 2 });
    await officer.text(PHONES.officer, officer.code);
    expect(textsOf(officer)).toEqual([expect.stringMatching(/^Noted: .*second person/)]);
    expect((await officer.alertNow(OPEN))?.status).toBe('open');
  });
});

describe('given somebody who hands an alert on by text', () => {
  it('its next step runs, whether or not they had taken it', async () => {
    const officer = await paged();
    await officer.text(PHONES.officer, officer.code);
    await officer.text(PHONES.officer, `${officer.code} PASS`);
    expect(await officer.alertNow(OPEN)).toMatchObject({ status: 'open', ran: { step: 1 } });
    expect(textsOf(officer)[1]).toMatch(/^Handed on/);
  });

  it('an old reply does not hand it on again (target/goalert#2775)', async () => {
    const officer = await paged();
    await officer.text(PHONES.officer, `${officer.code} PASS`, 'text-1');
    const once = await officer.alertNow(OPEN);
    await officer.text(PHONES.officer, `${officer.code} PASS`, 'text-2');
    expect(await officer.alertNow(OPEN)).toEqual(once);
    expect(textsOf(officer)[1]).toMatch(/^Not handed on: it has changed .*Name of officer/);
  });

  it('nor does one that answers a page of before somebody else acted', async () => {
    const officer = await paged(TAKEN);
    await officer.text(PHONES.officer, `${officer.code} PASS`);
    expect(await officer.alertNow(OPEN)).toEqual(TAKEN);
    expect(textsOf(officer)).toEqual([expect.stringMatching(/^Not handed on: .*Name of manager/)]);
  });
});

describe('given a text of somebody else', () => {
  it('a stranger acts on nothing and gets no answer', async () => {
    const officer = await paged();
    expect(await officer.text(STRANGER, officer.code)).toEqual(NOTHING_FAILED);
    expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    expect(officer.answersSent()).toEqual([]);
    expect(officer.measured).toEqual([['textsOfStrangers', 1]]);
  });

  it("another contact cannot use a code that is not their phone's", async () => {
    const officer = await paged();
    await officer.text(PHONES.manager, officer.code);
    expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    expect(textsOf(officer)).toEqual([expect.stringContaining('no code of yours')]);
  });

  it('whoever has the phone now cannot act for whoever had it then', async () => {
    const peopleWithMobile = async () => [{ personId: TAKEN.acknowledgements[0]?.by }];
    const officer = await paged(OPEN, {
      contacts: {
        peopleWithMobile: async () =>
          (await peopleWithMobile()).flatMap(({ personId }) =>
            personId === undefined ? [] : [{ personId }],
          ),
        stopContact: async () => [],
        startContact: async () => [],
      },
    });
    await officer.text(PHONES.officer, officer.code);
    expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    expect(officer.lines[0]?.fields).toMatchObject({ reason: 'not-the-recipient' });
  });

  it('one who texts too often is worked off later, and acts on nothing until then', async () => {
    const takeAllowance = async () => ({ waitSeconds: 30, counterFailed: null });
    const officer = await paged(OPEN, { takeAllowance });
    expect(await officer.text(PHONES.officer, officer.code)).toEqual(failed('m-0'));
    expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    expect(officer.measured).toContainEqual(['textsLimited', 1]);
  });
});

describe('given a text that takes nothing', () => {
  it.each(['ok', 'not me', '9Z', 'who is this?'])(
    '%j is answered once, and changes nothing',
    async (said) => {
      const officer = await paged();
      await officer.text(PHONES.officer, said, 'text-1');
      await officer.text(PHONES.officer, said, 'text-1');
      expect(officer.answersSent()).toHaveLength(1);
      expect(textsOf(officer)[0]).toContain('Nothing was changed');
      expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    },
  );

  it('a code three days old has expired', async () => {
    const officer = await paged();
    officer.clock.now = later(ANSWER_SECONDS);
    await officer.text(PHONES.officer, officer.code);
    expect(await officer.alertNow(OPEN)).toEqual(OPEN);
    expect(officer.lines[0]?.fields).toMatchObject({ reason: 'code-expired' });
    expect(officer.itemsOf('record')).toMatchObject([{ type: { S: 'command-refused' } }]);
  });

  it.each([
    ['STOP', 'stop'],
    ['start', 'start'],
  ])('%j changes the contact', async (said, did) => {
    const officer = await paged();
    await officer.text(PHONES.officer, said);
    expect(officer.stopped).toEqual([`${did} ${PHONES.officer}`]);
    expect(officer.answersSent()).toHaveLength(did === 'start' ? 1 : 0);
  });

  it('a STOP that is delivered once more after START stops nothing again', async () => {
    const officer = await paged();
    const body = (messageBody: string, inboundMessageId: string) => ({
      ...{ originationNumber: PHONES.officer, messageBody, inboundMessageId },
    });
    const stop = body('STOP', 'm-stop');
    for (const one of [stop, body('START', 'm-start'), stop]) {
      expect(await officer.handle(queueBatch(one))).toEqual(NOTHING_FAILED);
    }
    expect(officer.stopped).toEqual([`stop ${PHONES.officer}`, `start ${PHONES.officer}`]);
    expect(officer.answersSent()).toHaveLength(1);
  });

  it('START says that texts are on again only where they were stopped', async () => {
    const officer = await paged();
    for (const said of ['START', 'STOP', 'start']) await officer.text(PHONES.officer, said);
    expect(textsOf(officer).toSorted()).toEqual([
      expect.stringMatching(/^Texts are on again. Your number has to be verified anew/),
      expect.stringMatching(/^Texts to this number are on: no STOP/),
    ]);
  });

  it('START in a flood waits its turn, like every text that is answered', async () => {
    const takeAllowance = async () => ({ waitSeconds: 30, counterFailed: null });
    const officer = await paged(OPEN, { takeAllowance });
    expect(await officer.text(PHONES.officer, 'START')).toEqual(failed('m-0'));
    expect(await officer.text(PHONES.officer, 'STOP')).toEqual(NOTHING_FAILED);
    expect(officer.answersSent()).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['no text', {}],
    ['no number', { originationNumber: 'alice', messageBody: '4K7', inboundMessageId: 'm' }],
    ['an id that is none', { originationNumber: '+1', messageBody: '4K7', inboundMessageId: '#' }],
  ])('one that is %s is given again, and ends where somebody reads it', async (_, body) => {
    const officer = await paged();
    expect(await officer.handle(queueBatch(body))).toEqual(failed('m-0'));
    expect(officer.answersSent()).toEqual([]);
  });
});

describe('what is logged of a text', () => {
  it('holds no number, no name and no text', async () => {
    const officer = await paged();
    await officer.text(PHONES.officer, officer.code);
    await officer.text(STRANGER, 'Jo Bloggs is here');
    await officer.text(PHONES.officer, '9Z');
    const log = JSON.stringify(officer.lines);
    for (const secret of ['+447', 'Bloggs', 'Name of', officer.code]) {
      expect(log).not.toContain(secret);
    }
  });
});
