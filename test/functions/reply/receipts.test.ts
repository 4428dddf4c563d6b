import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { alertIdSchema } from '#domain/model/ids.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { receipts } from '#functions/adapters/dynamodb/receipts.ts';
import { later } from '#test/support/alerts.ts';
import { failed, NOTHING_FAILED, queueBatch } from '#test/support/batches.ts';
import { courseOf, OPENED } from '#test/support/given-alert.ts';
import { AGENCY, type KeptReply, keptReply } from '#test/support/kept-reply.ts';

const { alert: OPEN, pages } = courseOf(OPENED);

let kept: KeptReply;
afterEach(() => kept.restore());

const ALERT = OPEN?.alertId;
const ROW = 'OUTBOX#00000001';

/** A page that the provider took under an id. */
const sentPage = async ({ isEnded = true } = {}) => {
  kept = keptReply();
  const { client, clock } = kept;
  const change = { before: null, after: OPEN, events: [], pages };
  await alerts(client, { monitoring: 'monitoring', record: 'record' }).save(AGENCY, change);
  const key = { pk: kept.rowOf(ROW)?.pk?.S ?? '', sk: ROW };
  await receipts(client, 'monitoring').noteSent(AGENCY, 'provider-1', { key, at: later(1) });
  const sent = { status: 'sent', providerId: 'provider-1', at: later(1) } as const;
  const end = () => outbox(client, 'monitoring').end(key, sent);
  if (isEnded) await end();
  clock.now = later(isEnded ? 600 : 6);
  const event = (eventType: string, messageId = 'provider-1', seconds = 5) =>
    kept.handle(queueBatch({ eventType, eventTimestamp: later(seconds), messageId }));
  const stands = () => {
    const row = kept.rowOf(ROW);
    return {
      status: row?.status?.S,
      delivery: row?.delivery?.S,
      receipts: JSON.parse(row?.receipts?.S ?? '[]'),
    };
  };
  return { ...kept, end, event, stands };
};

describe('given a page that the provider took', () => {
  it('what it says of it stands on its row, with when', async () => {
    const { event, stands } = await sentPage();
    expect(await event('TEXT_DELIVERED')).toEqual(NOTHING_FAILED);
    expect(stands()).toEqual({
      ...{ status: 'sent', delivery: 'delivered' },
      receipts: [{ state: 'delivered', at: later(5), event: 'TEXT_DELIVERED' }],
    });
  });

  it('one that can never be delivered has failed: its person is told otherwise', async () => {
    const { event, stands, rowOf } = await sentPage();
    await event('TEXT_BLOCKED');
    expect(stands()).toMatchObject({ status: 'failed', delivery: 'undelivered' });
    expect(JSON.parse(rowOf(ROW)?.outcome?.S ?? '')).toEqual({
      ...{ status: 'failed', reason: 'undelivered: TEXT_BLOCKED', at: later(5) },
      ...{ sentAt: later(1), providerId: 'provider-1' },
    });
  });

  it('one that is refused before its row has ended fails all the same, when that has', async () => {
    const { end, event, stands } = await sentPage({ isEnded: false });
    expect(await event('TEXT_BLOCKED')).toEqual(failed('m-0'));
    await end();
    expect(stands()).toMatchObject({ status: 'sent' });
    expect(await event('TEXT_BLOCKED')).toEqual(NOTHING_FAILED);
    expect(stands()).toMatchObject({ status: 'failed', delivery: 'undelivered' });
  });

  it('a lost message of a page that waits on is left: its next may fail', async () => {
    const { end, event, stands, clock } = await sentPage({ isEnded: false });
    clock.now = later(130);
    expect(await event('TEXT_BLOCKED')).toEqual(NOTHING_FAILED);
    expect(stands()).toMatchObject({ status: 'pending', receipts: [] });
    await end();
    expect(await event('TEXT_BLOCKED', 'provider-1', 129)).toEqual(NOTHING_FAILED);
    expect(stands()).toMatchObject({ status: 'failed', delivery: 'undelivered' });
  });

  it('whoever reads the alert sees how its page stands', async () => {
    const { event, client } = await sentPage();
    await event('TEXT_DELIVERED');
    const [page] = await outbox(client, 'monitoring').pagesOf(AGENCY, alertIdSchema.parse(ALERT));
    expect(page).toMatchObject({ status: 'sent', delivery: 'delivered' });
  });

  it('one whose phone is off may yet get there, and has not failed', async () => {
    const { event, stands } = await sentPage();
    await event('TEXT_UNREACHABLE');
    expect(stands()).toMatchObject({ status: 'sent', delivery: 'undelivered' });
    await event('TEXT_DELIVERED');
    expect(stands()).toMatchObject({ status: 'sent', delivery: 'delivered' });
  });

  it('is never lowered, whatever comes after, and once is enough', async () => {
    const { event, stands, measured } = await sentPage();
    await event('TEXT_DELIVERED');
    for (const later of ['TEXT_BLOCKED', 'TEXT_UNREACHABLE', 'TEXT_DELIVERED', 'TEXT_QUEUED']) {
      expect(await event(later)).toEqual(NOTHING_FAILED);
    }
    expect(stands()).toMatchObject({ status: 'sent', delivery: 'delivered' });
    expect(stands().receipts).toHaveLength(1);
    expect(measured.map(([name]) => name)).toEqual([
      ...['receipts-raised', 'receipts-known-before', 'receipts-known-before'],
      ...['receipts-known-before', 'receipts-says-nothing'],
    ]);
  });

  it('two receipts at once both count', async () => {
    const { handle, stands } = await sentPage();
    const events = ['TEXT_UNREACHABLE', 'TEXT_DELIVERED'].map((eventType) => ({
      ...{ eventType, eventTimestamp: later(5), messageId: 'provider-1' },
    }));
    expect(await handle(queueBatch(...events))).toEqual(NOTHING_FAILED);
    expect(stands().delivery).toBe('delivered');
  });
});

describe('given a receipt of a message that is no page', () => {
  it('it is counted and left', async () => {
    const { event, measured } = await sentPage();
    expect(await event('TEXT_DELIVERED', 'provider-9')).toEqual(NOTHING_FAILED);
    expect(measured).toEqual([['receipts-page-unknown', 1]]);
  });

  it('one that may only have come too soon is given again', async () => {
    const { event } = await sentPage();
    expect(await event('TEXT_DELIVERED', 'provider-9', 590)).toEqual(failed('m-0'));
  });

  it('any event at all is taken or left, and never stops the next', async () => {
    const { handle } = await sentPage();
    await fc.assert(
      fc.asyncProperty(fc.string(), async (eventType) => {
        const body = { eventType, eventTimestamp: later(5), messageId: 'provider-1' };
        expect(await handle(queueBatch(body))).toEqual(NOTHING_FAILED);
      }),
      { numRuns: 30 },
    );
  });
});
