import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { alertKey, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import {
  acknowledge,
  close,
  facts,
  later,
  opening,
  roster,
  T,
  tick,
  violation,
} from '#test/support/alerts.ts';
import { STORES, type Store } from './stores.ts';

const AGENCY = agencyIdSchema.parse('demo');

const change = (before: Alert | null, command: AlertCommand, now: Instant): Transition => {
  const decision = decide(before, command, { now, roster: roster() });
  const changed = decision.outcome === 'happened' ? transition(before, decision.events) : null;
  if (changed === null) throw new Error(`nothing happened: ${JSON.stringify(decision)}`);
  return changed;
};

const opened = (id: string, now: Instant = T): Transition => {
  const about = violation({ violationId: id });
  const start = opening({ facts: facts({ violation: about }) });
  return change(null, { type: 'violation-changed', violation: about, opening: start }, now);
};

describe.each(STORES)('an alert in $name', ({ start }) => {
  let store: Store;
  beforeAll(async () => {
    store = await start();
  });
  afterAll(() => store.stop());

  const kept = () => alerts(store.client, store.names);
  const rows = () => outbox(store.client, store.names.monitoring);
  const save = (changed: Transition) => kept().save(AGENCY, changed);
  const rowKey = ({ after }: Transition, sequence: number) =>
    outboxKey(alertKey(AGENCY, after.alertId).pk, sequence);
  const dueRows = async (upTo: Instant, { after }: Transition): Promise<(string | null)[]> => {
    const { pk } = alertKey(AGENCY, after.alertId);
    const found = await due(store.client, store.names.monitoring)(upTo);
    return found.filter((row) => row.pk === pk).map(({ sk }) => sk);
  };

  it('is nothing before it has been saved', async () => {
    expect(await kept().load(AGENCY, opened('none').after.alertId)).toBeNull();
  });

  it('comes back as it was saved', async () => {
    const changed = opened('round');
    expect(await save(changed)).toBe('saved');
    expect(await kept().load(AGENCY, changed.after.alertId)).toEqual(changed.after);
  });

  it('is saved with its pages, which wait to be sent', async () => {
    const changed = opened('pages');
    await save(changed);
    const [row] = await rows().pagesOf(AGENCY, changed.after.alertId);
    expect(row).toEqual({
      ...{ page: changed.pages[0], status: 'pending', outcome: null },
      ...{ delivery: null, waits: null },
    });
  });

  it('is opened once, whoever opens it', async () => {
    const racers = [T, later(1), later(2)].map((now) => save(opened('race', now)));
    expect((await Promise.all(racers)).sort()).toEqual(['conflict', 'conflict', 'saved']);
  });

  it('has one winner when one acknowledges and another closes at the same time', async () => {
    const { after } = opened('both');
    await save(opened('both'));
    const racers = [
      save(change(after, acknowledge('officer'), later(9))),
      save(change(after, close('manager', 1), later(9))),
    ];
    expect((await Promise.all(racers)).sort()).toEqual(['conflict', 'saved']);
    expect((await kept().load(AGENCY, after.alertId))?.epoch).toBe(2);
  });

  it('is not saved on an epoch that has passed, and neither are its pages', async () => {
    const { after } = opened('stale');
    await save(opened('stale'));
    await save(change(after, acknowledge('officer'), later(9)));
    expect(await save(change(after, tick(1), later(300)))).toBe('conflict');
    expect(await rows().pagesOf(AGENCY, after.alertId)).toHaveLength(1);
  });

  it('is listed under its status, newest first', async () => {
    const [older, newer] = [opened('older', later(10)), opened('newer', later(20))];
    await save(older);
    await save(newer);
    const ids = async (status: Alert['status']) =>
      (await kept().list(AGENCY, status))
        .map(({ alertId }) => alertId)
        .filter((id) => ['older', 'newer'].includes(id));
    expect(await ids('open')).toEqual(['newer', 'older']);
    await save(change(newer.after, close('officer', 1), later(30)));
    expect([await ids('open'), await ids('closed')]).toEqual([['older'], ['newer']]);
  });

  it('stands in the due index exactly until it is closed', async () => {
    const changed = opened('due');
    await save(changed);
    await rows().end(rowKey(changed, 1), { status: 'sent', providerId: 'p', at: T });
    expect(await dueRows(later(299), changed)).toEqual([]);
    expect(await dueRows(later(300), changed)).toEqual(['ALERT']);
    await save(change(changed.after, close('officer', 1), later(10)));
    expect(await dueRows(later(100_000), changed)).toEqual([]);
  });

  describe('a page of it', () => {
    const sent = { status: 'sent', providerId: 'provider-1', at: later(2) } as const;

    it('is due a minute after it was written, until it has ended', async () => {
      const changed = opened('unsent');
      await save(changed);
      expect(await dueRows(later(60), changed)).toEqual(['OUTBOX#00000001']);
      expect(await rows().end(rowKey(changed, 1), sent)).toBe('ended');
      expect(await dueRows(later(60), changed)).toEqual([]);
      const late = { by: 'record-1', at: later(61) };
      expect(await rows().claim(rowKey(changed, 1), late)).toBe('not-to-be-sent');
    });

    it('is sent by one of two who take it up at once, and by the same again', async () => {
      const changed = opened('claimed');
      await save(changed);
      const take = (by: string, seconds: number) =>
        rows().claim(rowKey(changed, 1), { by, at: later(seconds) });
      const both = await Promise.all([take('record-1', 0), take('record-2', 0)]);
      expect(both.sort()).toEqual(['claimed', 'not-to-be-sent']);
    });

    it('is taken up by another once its claim has run out, and is touched no sooner', async () => {
      const changed = opened('claim-over');
      await save(changed);
      const take = (by: string, seconds: number) =>
        rows().claim(rowKey(changed, 1), { by, at: later(seconds) });
      expect(await take('record-1', 0)).toBe('claimed');
      expect(await take('record-1', 5)).toBe('claimed');
      expect(await take('record-2', 30)).toBe('not-to-be-sent');
      await rows().touch(rowKey(changed, 1), later(30), later(900));
      expect(await dueRows(later(60), changed)).toContain('OUTBOX#00000001');
      expect(await take('record-2', 36)).toBe('claimed');
      await rows().touch(rowKey(changed, 1), later(67), later(900));
      expect(await dueRows(later(899), changed)).not.toContain('OUTBOX#00000001');
      expect(await take('record-3', 67)).toBe('claimed');
    });

    it('keeps the outcome that came first', async () => {
      const changed = opened('ended');
      await save(changed);
      const failed = { status: 'failed', reason: 'too late', at: later(3) } as const;
      const outcomes = [sent, failed].map((outcome) => rows().end(rowKey(changed, 1), outcome));
      expect((await Promise.all(outcomes)).sort()).toEqual(['already-ended', 'ended']);
      const [row] = await rows().pagesOf(AGENCY, changed.after.alertId);
      expect(row?.outcome?.status).toBe(row?.status);
    });

    it('is touched only while it waits', async () => {
      const changed = opened('touched');
      await save(changed);
      await rows().touch(rowKey(changed, 1), T, secondsAfter(T, 900));
      expect(await dueRows(later(899), changed)).not.toContain('OUTBOX#00000001');
      await rows().end(rowKey(changed, 1), sent);
      await rows().touch(rowKey(changed, 1), T, secondsAfter(T, 901));
      expect(await dueRows(later(901), changed)).not.toContain('OUTBOX#00000001');
    });
  });
});
