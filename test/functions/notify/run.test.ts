import { describe, expect, it } from 'vitest';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { acknowledge, later, police, sms, T, violationOpens } from '#test/support/alerts.ts';
import { failed, NOTHING_FAILED, streamBatch } from '#test/support/batches.ts';
import { known } from '#test/support/contacts.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { nudge, outboxImage, page } from '#test/support/pages.ts';

const PAGE = page();
const NOTICE = { agencyId: 'demo', wearerId: 'w-1', changedAt: T, inForceAt: null };

describe('a page that waits', () => {
  it('is sent, and its row ended with the id that the provider gave', async () => {
    const { handle, outcomes, sent, measured } = notifyOf();
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([PAGE.pageId]);
    expect(outcomes).toEqual([{ status: 'sent', providerId: 'provider-1', at: later(3) }]);
    expect(measured).toContainEqual(['receiptToPageSeconds', 3]);
  });

  it('is measured from receipt on where it calls somebody who can act', async () => {
    const panel = { ...police, kind: 'mappa-panel' };
    for (const [fields, isMeasured] of [
      [{ recipient: police }, true],
      [{ recipient: panel }, false],
      [{ purpose: 'stand-down' }, false],
    ] as const) {
      const { handle, measured } = notifyOf();
      await handle(streamBatch(outboxImage('page', page(fields))));
      const names = measured.map(([name]) => name);
      expect(names).toContain('pagesSent');
      expect(names.includes('receiptToPageSeconds')).toBe(isMeasured);
    }
  });

  it('repeats a page under the same id after a crash between sending and marking', async () => {
    let crashes = 1;
    const { handle, sent } = notifyOf({
      outbox: {
        claim: async () => 'claimed',
        end: async () => {
          crashes -= 1;
          if (crashes >= 0) throw new Error('the function ended');
          return 'ended';
        },
      },
    });
    const batch = streamBatch(outboxImage('page', PAGE));
    expect(await handle(batch)).toEqual(failed('s-0'));
    expect(await handle(batch)).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([PAGE.pageId, PAGE.pageId]);
  });

  it('is not sent again when the stream shows a row that has ended since', async () => {
    const { handle, sent, outcomes } = notifyOf({
      outbox: {
        claim: async () => 'not-to-be-sent',
        end: () => Promise.reject(new Error('not asked')),
      },
    });
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect([...sent, ...outcomes]).toEqual([]);
  });

  it('that another try ended first is noted as sent twice', async () => {
    const { handle, lines } = notifyOf({
      outbox: {
        claim: async () => 'claimed',
        end: async () => 'already-ended',
      },
    });
    await handle(streamBatch(outboxImage('page', PAGE)));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'page sent again under its id' }),
    );
  });
});

describe('a page that can never be accepted', () => {
  const refuse = () => Promise.reject(new NeverAccepted('OptedOutException', null));

  it('ends as failed, with the reason, and holds up nobody', async () => {
    const { handle, outcomes, measured } = notifyOf({ sendPage: refuse });
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect(outcomes).toMatchObject([{ status: 'failed', at: later(3) }]);
    expect(Object(outcomes[0]).reason).toContain('OptedOutException');
    expect(measured).toEqual([['pagesFailed', 1]]);
  });
});

describe('a page that could not be sent for more than a minute', () => {
  const late = { now: () => later(90) };
  const stopped = known({ sms: { stoppedAt: later(10) } }, { personId: 'officer' });
  const moved = known({}, { personId: 'officer', mobile: '+447700900999' });

  it('is sent where its person still is', async () => {
    const there = known({}, { personId: 'officer' });
    const { handle, sent } = notifyOf({ ...late, loadPerson: async () => there });
    await handle(streamBatch(outboxImage('page', PAGE)));
    expect(sent).toEqual([PAGE.pageId]);
  });

  it.each([
    ['has another number now', moved],
    ['has stopped it', stopped],
    ['is not on record any more', null],
  ])('is not, and has failed, so that the next is told, where they %s', async (_, person) => {
    const { handle, sent, outcomes } = notifyOf({ ...late, loadPerson: async () => person });
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([]);
    expect(outcomes).toEqual([{ status: 'failed', reason: 'contact-changed', at: later(90) }]);
  });

  it('is sent to police and the duty manager without a look', async () => {
    const toPolice = page({ recipient: police });
    const { handle, sent } = notifyOf(late);
    await handle(streamBatch(outboxImage('page', toPolice)));
    expect(sent).toEqual([toPolice.pageId]);
  });
});

describe('a page that cannot be sent now', () => {
  const row = (body: unknown, pk: string) => outboxImage('page', body, pk);

  it('comes again with what follows of its alert; other alerts are paged now', async () => {
    const sent: string[] = [];
    const { handle } = notifyOf({
      sendPage: async (_, { pageId }) => {
        if (pageId === 'bad') throw new Error('throttled');
        sent.push(pageId);
        return 'provider-1';
      },
    });
    const batch = streamBatch(
      row({ ...PAGE, pageId: 'before' }, 'demo#ALERT#a'),
      row({ ...PAGE, pageId: 'bad' }, 'demo#ALERT#a'),
      row({ ...PAGE, pageId: 'after' }, 'demo#ALERT#a'),
      row({ ...PAGE, pageId: 'other' }, 'demo#ALERT#b'),
    );
    expect(await handle(batch)).toEqual(failed('s-1'));
    expect(sent).toEqual(['before', 'other']);
  });

  it('holds up nobody else who is told of the same alert (grafana/oncall#1503)', async () => {
    const sent: string[] = [];
    const { handle } = notifyOf({
      sendPage: async (_, { pageId }) => {
        if (pageId.startsWith('bad')) throw new Error('throttled');
        sent.push(pageId);
        return 'provider-1';
      },
    });
    const to = (pageId: string, id: string) =>
      row({ ...PAGE, pageId, recipient: sms(id) }, 'demo#ALERT#a');
    const batch = streamBatch(to('bad', 'shadow'), to('first', 'officer'), to('bad-2', 'shadow'));
    expect(await handle(batch)).toEqual(failed('s-0'));
    expect(sent).toEqual(['first']);
  });

  it.each([
    ['no JSON', { ...outboxImage('page', PAGE), body: { S: '{' } }],
    ['not a page', outboxImage('page', { pageId: 'x' })],
    ['no agency', { ...outboxImage('page', PAGE), agencyId: { S: '' } }],
  ])('nor one that is %s, and the log quotes none of it', async (_, image) => {
    const { handle, lines, sent } = notifyOf();
    expect(await handle(streamBatch(image))).toEqual(failed('s-0'));
    expect(sent).toEqual([]);
    expect(lines.map(({ fields }) => Object.keys(fields))).toEqual([['error']]);
  });
});

describe('a page to a phone', () => {
  it('is noted under the id that the provider gave, so that its receipts find it', async () => {
    const { handle, noted } = notifyOf();
    await handle(streamBatch(outboxImage('page', PAGE)));
    expect(noted).toEqual([['provider-1', { pk: 'demo#ALERT#a', sk: 'OUTBOX#00000001' }]]);
  });

  it('has left, whether or not that could be noted', async () => {
    const noteSent = () => Promise.reject(new Error('throttled'));
    const { handle, outcomes } = notifyOf({ noteSent });
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect(outcomes).toMatchObject([{ status: 'sent' }]);
  });

  it('only that: an e-mail has no receipts', async () => {
    const { handle, noted } = notifyOf();
    const recipient = { channel: 'email', personId: 'officer', topicArn: 'arn:topic' };
    await handle(streamBatch(outboxImage('page', { ...PAGE, recipient })));
    expect(noted).toEqual([]);
  });
});

describe('an answer to a text', () => {
  const row = outboxImage('answer', {
    ...{ answerId: 'text-1', mobile: '+447700900001', text: 'You have it.', createdAt: T },
  });

  it('is sent to the phone that it came from', async () => {
    const { handle, sent, outcomes } = notifyOf();
    expect(await handle(streamBatch(row))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual(['You have it. +447700900001']);
    expect(outcomes).toMatchObject([{ status: 'sent', providerId: 'provider-3' }]);
  });

  it('ends as failed where it can never be sent, and comes again where it cannot now', async () => {
    const never = notifyOf({ sendText: () => Promise.reject(new NeverAccepted('OptedOut', null)) });
    expect(await never.handle(streamBatch(row))).toEqual(NOTHING_FAILED);
    expect(never.outcomes).toMatchObject([{ status: 'failed' }]);
    const busy = notifyOf({ sendText: () => Promise.reject(new Error('throttled')) });
    expect(await busy.handle(streamBatch(row))).toEqual(failed('s-0'));
    expect(busy.outcomes).toEqual([]);
  });
});

describe('a notice of changed orders', () => {
  it('is put on the events queue for its wearer', async () => {
    const { handle, queued, outcomes } = notifyOf();
    await handle(streamBatch(outboxImage('notice', NOTICE)));
    expect(queued).toEqual([{ kind: 'supervision-changed', ...NOTICE }]);
    expect(outcomes).toMatchObject([{ status: 'sent', providerId: 'events-queue' }]);
  });

  it('is put there for everybody whose orders use what changed', async () => {
    const users = ['w-1', 'w-2'].map((id) => wearerIdSchema.parse(id));
    const { handle, queued } = notifyOf({ loadUsers: async () => users });
    await handle(streamBatch(outboxImage('notice', { ...NOTICE, wearerId: null })));
    expect(queued).toMatchObject([{ wearerId: 'w-1' }, { wearerId: 'w-2' }]);
  });

  it('comes again where the queue does not take it', async () => {
    const { handle, outcomes } = notifyOf({
      events: { sendAll: () => Promise.reject(new Error('no queue')) },
    });
    expect(await handle(streamBatch(outboxImage('notice', NOTICE)))).toEqual(failed('s-0'));
    expect(outcomes).toEqual([]);
  });
});

describe('a page whose alert somebody has taken since', () => {
  it('is not sent, and its row says why', async () => {
    const taken = alertAfter(
      { command: violationOpens(), now: T },
      { command: acknowledge('officer'), now: later(1) },
    );
    const { handle, outcomes, sent } = notifyOf({ loadAlert: async () => taken });
    expect(await handle(streamBatch(outboxImage('page', PAGE)))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([]);
    expect(outcomes).toEqual([
      { status: 'suppressed', reason: 'acknowledged-meanwhile', at: later(3) },
    ]);
  });
});

describe('a message about a contact', () => {
  const recipient = sms('officer');
  const code = {
    about: 'code',
    recipient,
    nonce: 'n'.repeat(32),
    createdAt: T,
    expiresAt: later(9),
  };
  const contactRow = (message: object) => outboxImage('memo', message, 'demo#PERSON#o');

  it('is sent, and its row ended', async () => {
    const { handle, sent, outcomes } = notifyOf();
    expect(await handle(streamBatch(contactRow(code)))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual(['code']);
    expect(outcomes).toEqual([{ status: 'sent', providerId: 'provider-3', at: later(3) }]);
  });

  it('is not sent when it is a code that has run out', async () => {
    const { handle, sent, outcomes } = notifyOf();
    await handle(streamBatch(contactRow({ ...code, expiresAt: later(3) })));
    expect(sent).toEqual([]);
    expect(outcomes).toMatchObject([{ status: 'suppressed', reason: 'code-expired' }]);
  });

  it('ends as failed where it can never be accepted', async () => {
    const sendMemo = () => Promise.reject(new NeverAccepted('OptedOut', null));
    const { handle, outcomes } = notifyOf({ sendMemo });
    expect(await handle(streamBatch(contactRow(code)))).toEqual(NOTHING_FAILED);
    expect(outcomes).toMatchObject([{ status: 'failed' }]);
  });
});

describe('a nudge that waits', () => {
  const id = 'w-1.checks.prompt.abc';
  const row = (fields: Parameters<typeof nudge>[0] = {}) => outboxImage('nudge', nudge(fields));

  it('is sent to the wearer, and its row ended with the id that the provider gave', async () => {
    const { handle, outcomes, sent, measured } = notifyOf();
    expect(await handle(streamBatch(row()))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([`${id} +447700900009`]);
    expect(outcomes).toEqual([{ status: 'sent', providerId: 'provider-2', at: later(3) }]);
    expect(measured).toEqual([['nudgesSent', 1]]);
  });

  it.each([
    ['too-late', { untilAt: later(3) }],
    ['over-before-sent', { isOver: true }],
    ['no-mobile-on-record', { mobile: null }],
  ])('is not sent when it is of no use, and its row says why: %s', async (reason, fields) => {
    const { handle, outcomes, sent, measured } = notifyOf();
    expect(await handle(streamBatch(row(fields)))).toEqual(NOTHING_FAILED);
    expect(sent).toEqual([]);
    expect(outcomes).toEqual([{ status: 'suppressed', reason, at: later(3) }]);
    expect(measured).toEqual([['nudgesNotSent', 1]]);
  });

  it('ends as failed, with the reason, where the provider will never take it', async () => {
    const sendNudge = () => Promise.reject(new NeverAccepted('OptedOutException', null));
    const { handle, outcomes } = notifyOf({ sendNudge });
    expect(await handle(streamBatch(row()))).toEqual(NOTHING_FAILED);
    expect(outcomes).toMatchObject([{ status: 'failed', at: later(3) }]);
  });

  it('comes again where it could not be sent now', async () => {
    const sendNudge = () => Promise.reject(new Error('throttled'));
    const { handle, outcomes } = notifyOf({ sendNudge });
    expect(await handle(streamBatch(row()))).toEqual(failed('s-0'));
    expect(outcomes).toEqual([]);
  });
});
