import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Addressed } from '#domain/contacts/contact-of.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { type Item, number, readText, text } from '#functions/adapters/dynamodb/items.ts';
import { alertPk, dueShard, type Key, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { putOffs } from '#functions/adapters/dynamodb/put-off.ts';
import { throttles } from '#functions/adapters/dynamodb/throttles.ts';
import { type NotifyDeps, run } from '#functions/notify/run.ts';
import { throttleLimits } from '#lib/thresholds.ts';
import { facts, T, violation } from './alerts.ts';
import { streamBatch } from './batches.ts';
import { known } from './contacts.ts';
import { fakeDynamoDb } from './fakes/fake-dynamodb.ts';
import { outboxImage, page } from './pages.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';

const TABLE = 'monitoring';
const AGENCY = agencyIdSchema.parse('demo');
const SPARED_SECONDS = 20;

/** A page of an alert of its own, unless told another; by text to the officer. */
export const textPage = (n: number, fields: Readonly<Record<string, unknown>> = {}): Page => {
  const alertId = `w-${n}.curfew.abc`;
  const about = violation({ violationId: alertId, wearerId: `w-${n}` });
  return page({
    ...{ alertId, wearerId: `w-${n}`, facts: facts({ violation: about }), mayWait: true },
    ...{ pageId: `${alertId}/alert/0/0/sms.officer`, severity: 'moderate', ...fields },
  });
};

/** The officer as the pages of tests address them, unless they have another number by now. */
export const officer = (fields: Readonly<Record<string, unknown>> = {}): Addressed =>
  known({}, { personId: 'officer', ...fields });

/** Notify over an outbox in memory, with its stream and its sweep, on the test's clock. */
export const textDesk = (deps: Partial<NotifyDeps> = {}) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const clock = { now: T };
  const waiting: Item[] = [];
  const sent: Page[] = [];
  const alerts = new Map<string, Alert>();
  const told = recordedTelemetry();
  let records = 0;
  fakeDynamoDb(client, (_, after) => {
    const isShown = after.status?.S === 'pending' && after.claimedBy === undefined;
    if (after.entity?.S === 'OUTBOX' && isShown) waiting.push(after);
  });
  const rows = outbox(client, TABLE);
  const handle = run({
    now: () => clock.now,
    outbox: rows,
    putOffs: putOffs(client, TABLE),
    throttles: throttles(client, TABLE),
    throttleLimits,
    loadAlert: async (_, alertId) => alerts.get(alertId) ?? null,
    loadPerson: async () => officer(),
    sendPage: async (_, one) => {
      sent.push({ ...one, createdAt: clock.now });
      return `provider-${sent.length}`;
    },
    loadNudged: async (_, { mobile }) => ({
      ...{ mobile, hasStopped: false, isOver: false, choice: { off: [], quietHours: null } },
    }),
    putNudgeEntry: async () => undefined,
    sendNudge: async () => 'none',
    sendText: async () => 'none',
    sendMemo: async () => 'none',
    noteSent: async () => undefined,
    loadUsers: async () => [],
    events: { sendAll: async () => undefined },
    deliveries: { sendAll: async () => undefined },
    telemetry: told.telemetry,
    ...deps,
  });

  const work = async (): Promise<void> => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
      records += 1;
      const [batch] = streamBatch(image).Records;
      const dynamodb = { ...batch?.dynamodb, SequenceNumber: `r-${records}` };
      await handle({ Records: [{ dynamodb }] });
    }
  };
  const put = async (one: Page): Promise<Key> => {
    const key = outboxKey(alertPk(AGENCY, alertIdSchema.parse(one.alertId)), one.sequence);
    const Item: Item = {
      ...outboxImage('page', one, key.pk),
      ...{ sk: text(key.sk), nextDueAt: number(secondsAfter(clock.now, 60)) },
      dueShard: text(dueShard(key.pk)),
    };
    await client.send(new PutItemCommand({ TableName: TABLE, Item }));
    await work();
    return key;
  };
  const sweep = async (): Promise<void> => {
    for (const row of await due(client, TABLE)(secondsAfter(clock.now, -SPARED_SECONDS))) {
      const key = { pk: row.pk, sk: row.sk ?? '' };
      await rows.touch(key, clock.now, secondsAfter(clock.now, 60));
    }
    await work();
  };
  /** Minute by minute, each with its sweep. */
  const pass = async (seconds: number): Promise<void> => {
    const until = secondsAfter(clock.now, seconds);
    while (clock.now < until) {
      clock.now = secondsAfter(clock.now, Math.min(60, (until - clock.now) / 1000));
      await sweep();
    }
  };
  const row = async (key: Key): Promise<Item> => {
    const item = await documents(client, TABLE).loadItem(key);
    if (item === null) throw new Error(`no row ${key.pk} ${key.sk}`);
    return item;
  };
  const statusOf = async (key: Key): Promise<string> => readText(await row(key), 'status');
  return { clock, sent, alerts, put, pass, row, statusOf, ...told };
};
