import { DynamoDBClient, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decide } from '#domain/escalate/decide.ts';
import { transition } from '#domain/escalate/transition.ts';
import { agencyIdSchema, pageIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { answers } from '#functions/adapters/dynamodb/answers.ts';
import { contactChangesIn } from '#functions/adapters/dynamodb/contact-changes.ts';
import { contactMemoKey } from '#functions/adapters/dynamodb/contact-keys.ts';
import { json, keyItem, number, text } from '#functions/adapters/dynamodb/items.ts';
import { keptItem } from '#functions/adapters/dynamodb/kept-item.ts';
import { noticePut } from '#functions/adapters/dynamodb/notice.ts';
import { replyCodes } from '#functions/adapters/dynamodb/reply-codes.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { violationSeen, violationUpdate } from '#functions/adapters/dynamodb/violations.ts';
import { sweepZoneListDraft } from '#functions/adapters/dynamodb/zone-list-drafts.ts';
import { person, roster, T, violation, violationOpens } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';

const AGENCY = agencyIdSchema.parse('demo');
const found = violation();
const { wearerId, violationId, openedAt, reason } = found;
const wearer = { agencyId: AGENCY, wearerId };

const store = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  return { db: fakeDynamoDb(client), client };
};

const count = ({ db }: ReturnType<typeof store>): number =>
  [...db.itemsOf('monitoring'), ...db.itemsOf('record')].length;

/** An alert that opens with its first page, as everything that is saved of it in one. */
const opened = () => {
  const decision = decide(null, violationOpens(), { now: T, roster: roster() });
  const change = decision.outcome === 'happened' ? transition(null, decision.events) : null;
  if (change === null) throw new Error('nothing opened');
  return change;
};

const saved = async () => {
  const known = store();
  await alerts(known.client, { monitoring: 'monitoring', record: 'record' }).save(AGENCY, opened());
  return known;
};

describe('an alert is saved whole or not at all, where already there is', () => {
  it.each([
    ['an alert of its id', 'monitoring', 'ALERT'],
    ['a page of its number', 'monitoring', 'OUTBOX#'],
    ['an entry of its name on record', 'record', ''],
  ])('%s', async (_, table, prefix) => {
    const other = await saved();
    const row = [...other.db.itemsOf(table)].find(({ sk }) => sk?.S?.startsWith(prefix));
    const { client, ...rest } = store();
    await client.send(new PutItemCommand({ TableName: table, Item: row }));
    const tables = { monitoring: 'monitoring', record: 'record' };
    expect(await alerts(client, tables).save(AGENCY, opened())).toBe('conflict');
    expect(count({ client, ...rest })).toBe(1);
  });
});

describe('in a transaction', () => {
  const mark = {
    ...{ violationId, openedAt, reason, foundAt: openedAt, endedAt: null, endReason: null },
    ...{ certainty: null, competing: null, watchId: watchIdSchema.parse('curfew') },
  };
  const amended = { change: { kind: 'amended', mark }, revision: 2, writtenAt: T } as const;

  it.each([
    [
      'a violation that nobody has found is not amended',
      violationUpdate('monitoring', wearer, amended),
    ],
    [
      'a violation that nobody has found is not put aside',
      violationSeen('monitoring', AGENCY, found),
    ],
  ])('%s', async (_, part) => {
    const empty = store();
    expect(await transact(empty.client, [part])).toBe('conflict');
    expect(count(empty)).toBe(0);
  });

  it('a notice of one version is put once', async () => {
    const { client } = store();
    const notice = { ...wearer, changedAt: T, inForceAt: null };
    const key = { pk: 'demo#WEARER#w-1', sk: 'ORDER#o-1' };
    const part = (): TransactWriteItem => noticePut('monitoring', key, { version: 1, notice });
    expect(await transact(client, [part()])).toBe('saved');
    expect(await transact(client, [part()])).toBe('conflict');
  });
});

it('sweeps no draft of a zone list that was sent again since it was found', async () => {
  const known = store();
  const key = { pk: 'demo#ZONE-LIST#schools', sk: 'DRAFT#june#00001' };
  const Item = { ...keyItem(key), body: json({ zones: 1, parts: [] }), nextDueAt: number(T) };
  await known.client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
  await sweepZoneListDraft(known.client, 'monitoring')(key, T);
  expect(count(known)).toBe(1);
  await sweepZoneListDraft(known.client, 'monitoring')(key, secondsAfter(T, 1));
  expect(count(known)).toBe(0);
});

describe('of what people are told by text', () => {
  const mobile = '+447700900001';
  const said = { answerId: 'text-1', mobile, createdAt: T };

  it('an answer is given once, also where two work off the same text', async () => {
    const { client, db } = store();
    const kept = answers(client, 'monitoring');
    expect(await kept.put(AGENCY, { ...said, text: 'You have it.' })).toBe('put');
    expect(await kept.put(AGENCY, { ...said, text: 'You have it already.' })).toBe('known');
    const [row] = db.itemsOf('monitoring');
    expect(JSON.parse(row?.body?.S ?? '')).toMatchObject({ text: 'You have it.' });
  });

  /** So many of 1,472 codes that some pages begin with the same one. */
  const MANY = 200;

  it('no two pages of a phone that may be answered have the same code', async () => {
    const { client } = store();
    const codes = replyCodes(client, 'monitoring');
    const [page] = opened().pages;
    if (page === undefined) throw new Error('nobody was told');
    const to = { channel: 'sms', personId: person('officer'), mobile } as const;
    const taken: (string | null)[] = [];
    for (let sequence = 1; sequence <= MANY; sequence += 1) {
      const pageId = pageIdSchema.parse(`${page.alertId}/alert/${sequence}/1/sms.officer`);
      const one = { ...page, pageId, sequence };
      taken.push(await codes.takeFor(AGENCY, { page: one, to, now: T }));
    }
    expect(new Set(taken).size).toBe(MANY);
  });

  it('a message about a contact is put once under its name', async () => {
    const { client } = store();
    const body = json({ personId: 'officer', name: 'Jo', role: 'officer', mobile });
    const whose = { agencyId: AGENCY, personId: person('officer') };
    const pk = text('demo#PERSON#officer');
    const Item = { pk, sk: text('CURRENT'), version: number(1), body };
    await client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
    const channel = 'sms' as const;
    const key = contactMemoKey(AGENCY, { personId: whose.personId, channel }, 'stopped.1');
    const there = { ...keyItem(key), entity: text('OUTBOX') };
    await client.send(new PutItemCommand({ TableName: 'monitoring', Item: there }));
    const about = { about: 'stopped', channel, personId: whose.personId, createdAt: T } as const;
    const messages = [{ channel, name: 'stopped.1', message: { ...about, isTheLast: true } }];
    const states = { personId: whose.personId, channels: {} };
    const { change } = contactChangesIn(client, 'monitoring');
    await expect(change(whose, T, () => ({ states, messages }))).rejects.toThrow(/kept being/);
  });
});

it('keeps what each of two has counted who count the same item at once', async () => {
  const { client } = store();
  const kept = keptItem(client, { table: 'vigil', pk: 'demo#COUNT' }, z.number());
  const count = () => kept.change((known) => (known ?? 0) + 1);
  // The first two meet where there is none yet, the others where there is one.
  expect(Math.max(...(await Promise.all([count(), count()])))).toBe(2);
  expect(Math.max(...(await Promise.all([count(), count()])))).toBe(4);
});
