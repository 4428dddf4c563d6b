import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { expect, vi } from 'vitest';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { envSchema as apiEnv } from '#functions/api/env.ts';
import { feedLimits, holdLimits, thresholds, throttleLimits } from '#lib/thresholds.ts';
import { attesting } from '#test/support/attest.ts';
import { httpRequest, READER_ITEM } from '#test/support/http.ts';
import { fakeDynamoDb } from './fake-dynamodb.ts';
import { fakeMessaging, type Sent } from './fake-messaging.ts';
import { CANARY_EVERY_SECONDS, CANARY_TOPIC, startWatchers } from './watchers.ts';

const CONTEXT: Context = Object.create(null);
const MINUTE = 60_000;

/** What is set wherever the stack runs, with numbers and hosts of its own or without. */
const ALWAYS = Object.entries(apiEnv.shape).flatMap(([name, schema]) =>
  schema.safeParse(undefined).success ? [] : [name],
);

const ENVIRONMENT = {
  ...Object.fromEntries(ALWAYS.map((name) => [name, name.toLowerCase().replace(/_table$/, '')])),
  ALLOWANCE_TABLE: 'allowance',
  VIGIL_TABLE: 'vigil',
  ADMINISTRATOR_TOKEN_SECRET_ARN: 'administrator_token_secret_arn',
  EVERY_SECONDS: String(CANARY_EVERY_SECONDS),
  EVENTS_QUEUE_URL: 'https://sqs.example/events',
  EVENTS_QUEUE_ARN: 'arn:events',
  EVENTS_DLQ_URL: 'https://sqs.example/events-dlq',
  LINK_SECRET_ARN: 'link_secret_arn',
  DEADLINES_QUEUE_URL: 'https://sqs.example/deadlines',
  DEADLINES_QUEUE_ARN: 'arn:deadlines',
  DELIVERIES_QUEUE_URL: 'https://sqs.example/deliveries',
  REPORT_BUCKET: 'reports',
  REPORTS_QUEUE_URL: 'https://sqs.example/reports',
  FEED_LIMITS: JSON.stringify(feedLimits),
  HOLD_LIMITS: JSON.stringify(holdLimits),
  THROTTLE_LIMITS: JSON.stringify(throttleLimits),
  FEED_LATE_AFTER_SECONDS: String(thresholds.feedLateAfterSeconds),
  FALSE_CALL_BUDGET: '2',
  LIAISON_TOPIC_ARN: 'arn:police',
  EXERCISE_TOPIC_ARN: 'arn:exercise',
  TRAFFIC: 'actual',
  FEED_SECRET_ARN: 'arn:feed-secret',
  DUTY_MANAGER_TOPIC_ARN: 'arn:duty-manager',
  CANARY_TOPIC_ARN: CANARY_TOPIC,
  PUBLIC_URL: 'https://homeward.example',
  TEXT_REPLY_NUMBER: '+447700900100',
  AGENCY: 'demo',
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_NAMESPACE: 'Homeward',
};

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** What can be down: its work waits until it is up again, and a head-end is sent away. */
export type Stage = 'ingest' | 'evaluate' | 'escalate' | 'notify' | 'deliver';

/** A number to call from, where there is one. */
const CALLING = { VOICE_ORIGINATION_IDENTITY: '+447700900101' };

const loadHandlers = async (canCall: boolean) => {
  const environment = canCall ? { ...ENVIRONMENT, ...CALLING } : ENVIRONMENT;
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // A handler reads its environment once, and is shared by all files of tests.
  if (canCall) vi.resetModules();
  const [ingest, evaluate, escalate, notify, deliver, reply, sweep, api] = await Promise.all([
    import('#functions/ingest/handler.ts'),
    import('#functions/evaluate/handler.ts'),
    import('#functions/escalate/handler.ts'),
    import('#functions/notify/handler.ts'),
    import('#functions/deliver/handler.ts'),
    import('#functions/reply/handler.ts'),
    import('#functions/sweep/handler.ts'),
    import('#functions/api/handler.ts'),
  ]);
  return { ingest, evaluate, escalate, notify, deliver, reply, sweep, api };
};

const UNAVAILABLE = { statusCode: 503, headers: {}, body: '{}' };

/** Which functions the table's stream gives a change to. */
const consumersOf = (image: Item): ('escalate' | 'notify')[] => {
  const isRow = image.entity?.S === 'OUTBOX';
  const isPending = isRow && image.status?.S === 'pending' && image.claimedBy === undefined;
  const isFailed = isRow && image.kind?.S === 'page' && image.status?.S === 'failed';
  const isLate = isPending && image.waits === undefined && Number(image.tries?.N) > 0;
  const isWoken = image.entity?.S === 'ALERT' && image.wokenAt !== undefined;
  const isTransfer = image.entity?.S === 'TRANSFER' && image.nextDueAt !== undefined;
  const isForEscalate =
    image.entity?.S === 'VIOLATION' || isFailed || isLate || isWoken || isTransfer;
  return [
    ...(isForEscalate ? (['escalate'] as const) : []),
    ...(isPending ? (['notify'] as const) : []),
  ];
};

/**
 * The functions as they are deployed, over tables, queues, streams and topics in memory, on a clock
 * that moves from one due thing to the next. `sweeps: false` leaves everything to the timers;
 * `delays` and `schedules` cut those off; `down` are the stages that do not work. The auditor and
 * the canary look only where a pipeline is `watched`.
 */
export const startPipeline = async (
  startAt: number,
  { isWatched = false, canCall = false } = {},
) => {
  vi.useFakeTimers({ toFake: ['Date'], now: startAt });
  // The archive is asked of by a request of its own, and holds nothing.
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }));
  const lines: string[] = [];
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
      lines.push(said.map(String).join(' '));
    });
  }
  const stream: Item[] = [];
  const db = fakeDynamoDb(DynamoDBClient, (table, after) => {
    if (table === 'monitoring') stream.push(after);
  });
  db.put('monitoring', READER_ITEM);
  const messaging = fakeMessaging(Date.now);
  const settings = Object.assign(messaging.cut, { sweeps: true, down: new Set<Stage>() });
  const { refused, unreachable } = messaging;
  const handlers = await loadHandlers(canCall);

  const give = async (handler: Handler, event: unknown): Promise<void> =>
    expect(await handler(event, CONTEXT)).toEqual({ batchItemFailures: [] });
  const lanes: Record<'escalate' | 'notify', Item[]> = { escalate: [], notify: [] };
  let given = 0;
  const follow = async (stage: 'escalate' | 'notify'): Promise<number> => {
    const images = settings.down.has(stage) ? [] : lanes[stage].splice(0);
    for (const image of images) {
      const dynamodb = { Keys: { pk: image.pk }, SequenceNumber: String(++given), NewImage: image };
      const event = { Records: [{ dynamodb }] };
      // What cannot be sent just now is left to the sweep: the stream has given it up.
      if (unreachable.size > 0) await handlers[stage].handler(event, CONTEXT);
      else await give(handlers[stage].handler, event);
    }
    return images.length;
  };
  const drain = async (
    queue: string,
    stage: 'evaluate' | 'escalate' | 'deliver',
  ): Promise<number> => {
    const taken = settings.down.has(stage) ? [] : messaging.take(queue);
    const Records = taken.map(({ body }, i) => ({ messageId: `${queue}-${i}`, body }));
    if (taken.length > 0) await give(handlers[stage].handler, { Records });
    return taken.length;
  };
  /** Works until nothing is left to do at this instant. */
  const settle = async (): Promise<void> => {
    for (let did = 1; did > 0; ) {
      for (const image of stream.splice(0)) {
        for (const stage of consumersOf(image)) lanes[stage].push(image);
      }
      did = (await follow('escalate')) + (await follow('notify'));
      did += await drain('events', 'evaluate');
      did += await drain('deadlines', 'escalate');
      did += await drain('deliveries', 'deliver');
      did += (await watchers?.giveBack(messaging.sent)) ?? 0;
    }
  };
  const eachMinute = async (): Promise<void> => {
    if (settings.sweeps) await handlers.sweep.handler({}, CONTEXT);
    await settle();
    await watchers?.look();
  };
  const advanceTo = async (until: number): Promise<void> => {
    await settle();
    while (Date.now() < until) {
      messaging.loseCut();
      const nextMinute = (Math.floor(Date.now() / MINUTE) + 1) * MINUTE;
      const nextAt = Math.min(messaging.nextAt(), nextMinute, until);
      vi.setSystemTime(nextAt);
      if (nextAt === nextMinute) await eachMinute();
      await settle();
    }
  };
  const ask = attesting(async (routeKey, asked) => {
    const isEvents = routeKey === 'POST /v1/events';
    if (isEvents && settings.down.has('ingest')) return UNAVAILABLE;
    const { handler } = isEvents ? handlers.ingest : handlers.api;
    const response = await handler(httpRequest({ routeKey, ...asked }), CONTEXT);
    await settle();
    return response;
  });
  const watchers = isWatched
    ? await startWatchers((asked) => ask('POST /v1/events', asked))
    : undefined;
  /** What comes from outside by our number: a text, or what became of a message. */
  const comeIn = async (message: Readonly<Record<string, unknown>>): Promise<void> => {
    const Records = [{ messageId: 'in-0', body: JSON.stringify(message) }];
    await give(handlers.reply.handler, { Records });
    await settle();
  };
  /** Takes what has left since the last look. */
  const takeSent = (): Sent[] => messaging.sent.splice(0);
  const stop = (): void => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    if (canCall) vi.resetModules();
    db.restore();
    messaging.restore();
  };
  const seen = { lines, settings, refused, unreachable, notOnRecord: db.notOnRecord };
  return { ask, comeIn, advanceTo, takeSent, ...seen, itemsOf: db.itemsOf, stop };
};
export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
