import { describe, expect, it } from 'vitest';
import { eventIdOf, liaisonEventSchema } from '#domain/liaison/event.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { liaisonSchema } from '#domain/model/liaison.ts';
import { alertHistories } from '#functions/adapters/dynamodb/alert-histories.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { SUPERVISION_RANGE } from '#functions/adapters/dynamodb/keys.ts';
import { lateRows } from '#functions/adapters/dynamodb/late-rows.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { RAISED_PREFIX, transferKey } from '#functions/adapters/dynamodb/transfer-keys.ts';
import { transferPut } from '#functions/adapters/dynamodb/transfer-put.ts';
import { putAside, recordedMarks, violationFrom } from '#functions/adapters/dynamodb/violations.ts';
import { wakeAlert } from '#functions/adapters/dynamodb/wake-alert.ts';
import { later, T } from '#test/support/alerts.ts';
import { OPEN } from '#test/support/given-alert.ts';
import { keptTransfers, TRANSFER_TABLES } from '#test/support/kept-transfers.ts';
import { page } from '#test/support/pages.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { about, answers, INCIDENT, receipt, sent, tick } from '#test/support/transfers.ts';

const { agencyId } = WEARER;

describe('given an incident that was sent', () => {
  it('is kept with its entry in the record, and waits in the index of what is due', async () => {
    const { begin, load, entries, client } = keptTransfers();
    await begin();
    expect(await load()).toMatchObject({ epoch: 1, incidentId: INCIDENT });
    expect(entries()).toEqual(['transfer-begun']);
    const rows = await due(client, 'monitoring')(later(30));
    expect(rows).toEqual([{ ...transferKey(agencyId, INCIDENT), dueAt: later(30) }]);
  });

  it('is told of in the timeline of its alert, and of no other, with what they said', async () => {
    const { begin, when, client } = keptTransfers();
    await begin();
    await when(receipt(1), later(5));
    await when(answers('rejected', later(9), { cause: 'no-power' }), later(10));
    const alerts = [about().alertId, alertIdSchema.parse('w-1.zone.other')].map((alertId) => ({
      ...{ ...OPEN, alertId, openedAt: T },
    }));
    const found = await alertHistories(client, TRANSFER_TABLES)(agencyId, alerts);
    expect([...found.values()].map(({ recorded }) => recorded.map(({ type }) => type))).toEqual([
      ['transfer-begun', 'transfer-receipt', 'transfer-answered', 'transfer-untaken'],
      [],
    ]);
  });

  it('is late, for the auditor, when nobody has seen to it', async () => {
    const { begin, client } = keptTransfers();
    await begin();
    const { steps } = await lateRows(client, 'monitoring')(later(200));
    expect(steps).toEqual([{ alertId: about().alertId, sinceAt: later(30) }]);
  });

  it('is woken by the sweep when its timers were lost, and not before its time', async () => {
    const { begin, client, rowsOf } = keptTransfers();
    await begin();
    const wake = wakeAlert(client, 'monitoring');
    await wake(transferKey(agencyId, INCIDENT), later(29));
    expect(rowsOf('TRANSFER')[0]?.wokenAt).toBe(undefined);
    await wake(transferKey(agencyId, INCIDENT), later(31));
    expect(rowsOf('TRANSFER')[0]?.wokenAt).toEqual({ N: String(later(31)) });
  });

  it('is listed until nothing more is expected of it', async () => {
    const { begin, when, store } = keptTransfers();
    await begin();
    expect(await store.listUnfinished(agencyId)).toMatchObject([{ incidentId: INCIDENT }]);
    await when(sent(2, later(60), { type: 'closed' }), later(60));
    expect(await store.listUnfinished(agencyId)).toHaveLength(1);
    await when(receipt(2), later(61));
    expect(await store.listUnfinished(agencyId)).toEqual([]);
  });

  it('is changed by one of two who read the same, and the other finds it changed', async () => {
    const { begin, change, load, entries } = keptTransfers();
    await begin();
    const command = answers('accepted', T);
    const both = [1, 2].map(() => change(agencyId, { incidentId: INCIDENT, command }));
    const outcomes = (await Promise.all(both)).map(({ decision }) => decision.outcome).sort();
    expect(outcomes).toEqual(['happened', 'nothing']);
    expect(await load()).toMatchObject({ epoch: 2 });
    expect(entries()).toEqual(['transfer-begun', 'transfer-answered']);
  });
});

describe('given that nobody accepts it', () => {
  const called = async () => {
    const kept = keptTransfers();
    await kept.begin();
    await kept.when(receipt(1), later(2));
    await kept.when(tick({ epoch: 2 }), later(120));
    return kept;
  };
  const untaken = (kept: ReturnType<typeof keptTransfers>) => {
    const [row] = kept.rowsOf(RAISED_PREFIX);
    if (row === undefined) throw new Error('no row');
    return row;
  };

  it('a violation of its own is written with it, for the stream to give on', async () => {
    const kept = await called();
    const row = untaken(kept);
    expect(row).toMatchObject({ entity: { S: 'VIOLATION' }, nextDueAt: { N: String(later(180)) } });
    expect(violationFrom(row)).toMatchObject({ rule: 'transfer', reason: 'transfer-not-accepted' });
    expect(kept.entries()).toEqual(['transfer-begun', 'transfer-receipt', 'transfer-untaken']);
  });

  it('lies in no range that evaluation reads, and is no mark of the wearer', async () => {
    const kept = await called();
    const sk = untaken(kept).sk?.S ?? '';
    expect(sk > SUPERVISION_RANGE.to).toBe(true);
    expect(await recordedMarks(kept.client, 'monitoring')(WEARER, null)).toEqual([]);
  });

  it('is put aside once an alert has taken it up, but for what came later', async () => {
    const kept = await called();
    const first = violationFrom(untaken(kept));
    await kept.when(answers('rejected', later(130)), later(131));
    const aside = putAside(kept.client, 'monitoring');
    await aside(agencyId, first);
    expect(untaken(kept).nextDueAt).toBeDefined();
    expect(violationFrom(untaken(kept))).toMatchObject({
      ...{ revision: 2, reason: 'transfer-rejected', transfer: { cause: 'not-our-area' } },
    });
    await aside(agencyId, violationFrom(untaken(kept)));
    expect(untaken(kept).nextDueAt).toBe(undefined);
  });

  it('ends with its acceptance', async () => {
    const kept = await called();
    await kept.when(answers('accepted', later(130)), later(131));
    expect(violationFrom(untaken(kept))).toMatchObject({
      ...{ revision: 2, status: 'ended', endReason: 'transfer-accepted', endedAt: later(131) },
    });
  });
});

describe('what is saved with an event that is appended to a feed', () => {
  const liaison = liaisonSchema.parse({
    liaisonId: 'met',
    kind: 'police',
    name: 'Essex Police',
    classes: ['curfew'],
    fields: ['finding'],
    legalBasis: 'Data Protection Act 2018, Part 3',
    purpose: 'response to a breach',
    delivery: { by: 'https', url: 'https://desk.example/incidents' },
    acceptance: { policyId: 'police-desk' },
  });
  const event = liaisonEventSchema.parse({
    ...{ schema: 'homeward.liaison-event.1', eventId: eventIdOf(INCIDENT, 1) },
    ...{ recipient: 'met', agency: 'demo', incidentId: INCIDENT, sequence: 1 },
    ...{ replaces: null, replacesIssuedAt: null, follows: null, type: 'raised' },
    ...{ status: 'Exercise', issuedAt: '2026-03-02T20:00:00.000Z' },
    ...{ expiresAt: '2026-03-02T21:00:00.000Z', class: 'curfew', severity: 'moderate' },
    headline: 'Left during curfew',
  });
  const appended = { event, page: page(), liaison, at: T };

  it('is the transfer, from then on, under the terms of the liaison', async () => {
    const { client, load } = keptTransfers();
    const put = transferPut(client, TRANSFER_TABLES);
    expect(await transact(client, await put(agencyId, appended))).toBe('saved');
    expect(await load()).toMatchObject({
      ...{ liaisonName: 'Essex Police', acceptance: { policyId: 'police-desk' }, isPushed: true },
      ...{ askedAt: T, nextDueAt: later(30), newest: { expiresAt: later(3_600) } },
    });
    expect(await put(agencyId, appended)).toEqual([]);
  });

  it('is nothing for a liaison that accepts nothing', async () => {
    const { client } = keptTransfers();
    const plain = { ...appended, liaison: { ...liaison, acceptance: null } };
    expect(await transferPut(client, TRANSFER_TABLES)(agencyId, plain)).toEqual([]);
  });

  it('goes on under its terms where they have been taken away since', async () => {
    const { client, load, begin } = keptTransfers();
    await begin();
    const closing = {
      ...{ page: page(), liaison: { ...liaison, acceptance: null }, at: later(50) },
      event: { ...event, eventId: eventIdOf(INCIDENT, 2), sequence: 2, type: 'closed' as const },
    };
    await transact(client, await transferPut(client, TRANSFER_TABLES)(agencyId, closing));
    expect(await load()).toMatchObject({ isOver: true, epoch: 2 });
  });
});
