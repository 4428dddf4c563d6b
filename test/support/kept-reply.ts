import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Recipient } from '#domain/model/recipient.ts';
import { changeAlert } from '#functions/adapters/change-alert.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { answers } from '#functions/adapters/dynamodb/answers.ts';
import { episodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import { receipts } from '#functions/adapters/dynamodb/receipts.ts';
import { recordRefusal } from '#functions/adapters/dynamodb/refusals.ts';
import { replyCodes } from '#functions/adapters/dynamodb/reply-codes.ts';
import { messageDeps } from '#functions/reply/message-deps.ts';
import { type ReplyDeps, run } from '#functions/reply/run.ts';
import { person } from './alerts.ts';
import { queueBatch } from './batches.ts';
import { fakeDynamoDb } from './fakes/fake-dynamodb.ts';
import { knownContext } from './kept-alerts.ts';
import { page } from './pages.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';

export const AGENCY = agencyIdSchema.parse('demo');
export const PHONES = { officer: '+447700900001', manager: '+447700900002' } as const;
export type Whose = keyof typeof PHONES;

const isWhose = (id: string): id is Whose => id in PHONES;

/** The reply function over tables in memory, with two people and their phones. */
export const keptReply = (deps: Partial<ReplyDeps> = {}) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const db = fakeDynamoDb(client);
  const told = recordedTelemetry();
  const clock = { now: page().createdAt };
  const now = (): Instant => clock.now;
  const store = alerts(client, { monitoring: 'monitoring', record: 'record' });
  const codes = replyCodes(client, 'monitoring');
  const stopped: string[] = [];
  const handle = run({
    ...{ now, agencyId: AGENCY, alerts: store, context: knownContext },
    changeAlert: changeAlert({
      ...{ now, alerts: store, alertTimer: async () => undefined },
      episodes: episodeStore(client, 'monitoring'),
      recordRefusal: recordRefusal(client, 'record'),
    }),
    recordRefusal: recordRefusal(client, 'record'),
    replyCodes: codes,
    answers: answers(client, 'monitoring'),
    receipts: receipts(client, 'monitoring'),
    contacts: {
      peopleWithMobile: async (_, mobile) =>
        Object.entries(PHONES).flatMap(([id, phone]) =>
          phone === mobile ? [{ personId: person(id) }] : [],
        ),
      stopContact: async (_, mobile) => {
        stopped.push(`stop ${mobile}`);
        return [];
      },
      startContact: async (_, mobile) => {
        const isStopped = stopped.includes(`stop ${mobile}`);
        stopped.push(`start ${mobile}`);
        return isStopped ? [person('officer')] : [];
      },
    },
    takeAllowance: async () => ({ waitSeconds: 0, counterFailed: null }),
    ...messageDeps(client, { monitoring: 'monitoring', record: 'record' }),
    loadName: async (_, personId) => (isWhose(personId) ? `Name of ${personId}` : null),
    telemetry: told.telemetry,
    ...deps,
  });
  const put = async (alert: Alert): Promise<void> => {
    const change = { before: null, after: alert, events: [], pages: [] };
    if ((await store.save(AGENCY, change)) !== 'saved') throw new Error('the alert stands already');
  };
  /** Somebody is sent a text page about an alert, at the epoch that it has. */
  const codeOf = async (whose: Whose, alert: Alert): Promise<string> => {
    const recipient = { channel: 'sms', personId: person(whose), mobile: PHONES[whose] } as const;
    const sent: Recipient = recipient;
    const { alertId, epoch } = alert;
    const pageId = `${alertId}/alert/${epoch}/sms.${whose}`;
    const told = page({ alertId, epoch, pageId, recipient: sent, createdAt: clock.now });
    const code = await codes.takeFor(AGENCY, { page: told, to: recipient, now: clock.now });
    return code ?? 'none';
  };
  /** A text comes in, under an id that a repeat has again. */
  const text = (
    from: string,
    messageBody: string,
    inboundMessageId = `m-${messageBody.replace(/\W/g, '-')}`,
  ) => handle(queueBatch({ originationNumber: from, messageBody, inboundMessageId }));
  const answersSent = (): { mobile: string; text: string }[] =>
    db
      .itemsOf('monitoring')
      .filter(({ kind }) => kind?.S === 'answer')
      .map(({ body }) => JSON.parse(body?.S ?? ''));
  const alertNow = (alert: Alert) => store.load(AGENCY, alert.alertId);
  const rowOf = (sk: string) => db.itemsOf('monitoring').find((item) => item.sk?.S === sk);
  return {
    ...{ client, clock, handle, put, codeOf, text, answersSent, alertNow, rowOf, stopped },
    ...{ itemsOf: db.itemsOf, restore: db.restore },
    ...told,
  };
};
export type KeptReply = ReturnType<typeof keptReply>;
