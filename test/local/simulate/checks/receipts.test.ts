import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Check, Problem } from '#local/simulate/checks/check.ts';
import { receipts } from '#local/simulate/checks/receipts.ts';
import { simulatedDynamoDb } from '#local/simulate/dynamodb/database.ts';
import { TABLES } from '#local/simulate/dynamodb/tables.ts';
import { planOf } from '#local/simulate/world/plan.ts';

const ROW = { pk: { S: 'demo#ALERT#a-1' }, sk: { S: 'OUTBOX#00000001' } };
const SENT = { pk: { S: 'demo#SENT#provider-1' }, sk: { S: 'SENT' } };
const SECOND = 1_000;
const LONG_AFTER = 3_600 * SECOND;

/** The check over rows that a test writes, at instants in seconds. */
const watched = () => {
  let now = 0;
  const problems: Problem[] = [];
  const checks: Check[] = [];
  const db = simulatedDynamoDb({
    ...{ tables: TABLES, now: () => now, lagMilliseconds: () => 0, mostItems: () => 100 },
    onCommit: (commit) => {
      for (const check of checks) check.onCommit?.(commit);
    },
  });
  const check = receipts({
    ...{ plan: planOf(1), now: () => now, db, faults: [] },
    ...{ measure: () => undefined, count: () => undefined, saw: () => undefined },
    ...{ canNeverReach: () => false, isGivenUp: () => false },
    report: (promise, what) => problems.push({ promise, at: now, what }),
  });
  checks.push(check);
  const told = {
    to: '+447700900001',
    page: null,
    text: '',
    at: 0,
    id: 'provider-1',
    isCall: false,
  };
  return {
    row: (seconds: number, status: string, delivery?: string) => {
      now = seconds * SECOND;
      const noted = delivery === undefined ? {} : { delivery: { S: delivery } };
      const Item = { ...ROW, entity: { S: 'OUTBOX' }, status: { S: status }, ...noted };
      db.answer(new PutItemCommand({ TableName: 'monitoring', Item }));
    },
    sent: (seconds: number) => {
      now = seconds * SECOND;
      const body = JSON.stringify({ pk: ROW.pk.S, sk: ROW.sk.S });
      const Item = { ...SENT, entity: { S: 'SENT' }, body: { S: body } };
      db.answer(new PutItemCommand({ TableName: 'monitoring', Item }));
    },
    says: (seconds: number, eventType: string) => {
      now = seconds * SECOND;
      const eventTimestamp = 5 * SECOND;
      check.onReceipt?.({ eventType, eventTimestamp, messageId: 'provider-1' }, told);
    },
    broken: (): string[] => {
      now = LONG_AFTER;
      check.atEnd?.();
      return problems.map(({ promise }) => promise);
    },
  };
};

/** A page that waits to be noted as sent, whose message left a second ago. */
const sentPage = () => {
  const page = watched();
  page.row(0, 'pending');
  page.sent(1);
  return page;
};

const NOTED = 'I21 what the network says is noted';

describe('the check that nothing a network says is lost', () => {
  it('is content with what is noted', () => {
    const { row, says, broken } = sentPage();
    row(2, 'sent');
    says(6, 'TEXT_CARRIER_BLOCKED');
    row(7, 'failed', 'undelivered');
    expect(broken()).toEqual([]);
  });

  it.each([
    ['after its page had ended', 2, 6, 'TEXT_CARRIER_BLOCKED'],
    ['before its page ended, soon enough', 90, 6, 'TEXT_CARRIER_BLOCKED'],
    ['late, after its page had ended late', 400, 500, 'TEXT_CARRIER_BLOCKED'],
    ['of a message that arrived, though its page waits', 400, 6, 'TEXT_DELIVERED'],
    ['of a message that may yet arrive, though its page waits', 400, 6, 'TEXT_UNREACHABLE'],
  ])('misses what was said %s', (_, endsAt, saidAt, eventType) => {
    const { row, says, broken } = sentPage();
    if (endsAt < saidAt) row(endsAt, 'sent');
    says(saidAt, eventType);
    if (endsAt >= saidAt) row(endsAt, 'sent');
    expect(broken()).toEqual([NOTED]);
  });

  it('asks for nothing of a lost message whose page waits on: it is decided anew', () => {
    const { row, says, broken } = sentPage();
    says(6, 'TEXT_CARRIER_BLOCKED');
    row(400, 'suppressed');
    expect(broken()).toEqual([]);
  });

  it('misses what was noted and is no more', () => {
    const { row, broken } = watched();
    row(0, 'sent', 'delivered');
    row(1, 'sent', 'undelivered');
    expect(broken()).toEqual(['I21 a receipt lowers nothing']);
  });
});
