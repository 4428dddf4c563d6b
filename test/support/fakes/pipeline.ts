import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { expect, vi } from 'vitest';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { envSchema as apiEnv } from '#functions/api/env.ts';
import { feedLimits, holdLimits, thresholds, throttleLimits } from '#lib/thresholds.ts';
import { attesting } from '#test/support/attest.ts';
import { httpRequest } from '#test/support/http.ts';
import { fakeDynamoDb } from './fake-dynamodb.ts';
import { fakeMessaging, type Sent } from './fake-messaging.ts';

const CONTEXT: Context = Object.create(null);
const MINUTE = 60_000;

/** What is set wherever the stack runs, with numbers and hosts of its own or without. */
const ALWAYS = Object.entries(apiEnv.shape).flatMap(([name, schema]) =>
  schema.safeParse(undefined).success ? [] : [name],
);

const ENVIRONMENT = {
  ...Object.fromEntries(ALWAYS.map((name) => [name, name.toLowerCase()])),
  ALLOWANCE_TABLE: 'allowance_table',
  EVENTS_QUEUE_URL: 'https://sqs.example/events',
  EVENTS_QUEUE_ARN: 'arn:events',
  EVENTS_DLQ_URL: 'https://sqs.example/events-dlq',
  LINK_SECRET_ARN: 'link_secret_arn',
  DEADLINES_QUEUE_URL: 'https://sqs.example/deadlines',
  DEADLINES_QUEUE_ARN: 'arn:deadlines',
  FEED_LIMITS: JSON.stringify(feedLimits),
  HOLD_LIMITS: JSON.stringify(holdLimits),
  THROTTLE_LIMITS: JSON.stringify(throttleLimits),
  FEED_LATE_AFTER_SECONDS: String(thresholds.feedLateAfterSeconds),
  FALSE_CALL_BUDGET: '2',
  POLICE_TOPIC_ARN: 'arn:police',
  DUTY_MANAGER_TOPIC_ARN: 'arn:duty-manager',
  CANARY_TOPIC_ARN: 'arn:canary',
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

const loadHandlers = async () => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
  const [ingest, evaluate, escalate, notify, reply, sweep, api] = await Promise.all([
    import('#functions/ingest/handler.ts'),
    import('#functions/evaluate/handler.ts'),
    import('#functions/escalate/handler.ts'),
    import('#functions/notify/handler.ts'),
    import('#functions/reply/handler.ts'),
    import('#functions/sweep/handler.ts'),
    import('#functions/api/handler.ts'),
  ]);
  return { ingest, evaluate, escalate, notify, reply, sweep, api };
};

/**
 * The functions as they are deployed, over tables, queues, streams and topics in memory, on a clock
 * that moves from one due thing to the next. `sweeps: false` leaves everything to the timers;
 * `delays` and `schedules` cut those off.
 */
export const startPipeline = async (startAt: number) => {
  vi.useFakeTimers({ toFake: ['Date'], now: startAt });
  const lines: string[] = [];
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
      lines.push(said.map(String).join(' '));
    });
  }
  const stream: Item[] = [];
  const db = fakeDynamoDb(DynamoDBClient, (table, after) => {
    if (table === 'monitoring_table') stream.push(after);
  });
  const messaging = fakeMessaging(Date.now);
  const settings = Object.assign(messaging.cut, { sweeps: true });
  const handlers = await loadHandlers();

  const give = async (handler: Handler, event: unknown): Promise<void> =>
    expect(await handler(event, CONTEXT)).toEqual({ batchItemFailures: [] });
  let given = 0;
  const giveImage = async (image: Item): Promise<void> => {
    const dynamodb = { Keys: { pk: image.pk }, SequenceNumber: String(++given), NewImage: image };
    const isRow = image.entity?.S === 'OUTBOX';
    const isPending = isRow && image.status?.S === 'pending' && image.claimedBy === undefined;
    const isFailed = isRow && image.kind?.S === 'page' && image.status?.S === 'failed';
    const isWoken = image.entity?.S === 'ALERT' && image.wokenAt !== undefined;
    if (image.entity?.S === 'VIOLATION' || isFailed || isWoken) {
      await give(handlers.escalate.handler, { Records: [{ dynamodb }] });
    }
    if (isPending) await give(handlers.notify.handler, { Records: [{ dynamodb }] });
  };
  const drain = async (queue: string, handler: Handler): Promise<number> => {
    const taken = messaging.take(queue);
    const Records = taken.map(({ body }, i) => ({ messageId: `${queue}-${i}`, body }));
    if (taken.length > 0) await give(handler, { Records });
    return taken.length;
  };
  /** Works until nothing is left to do at this instant. */
  const settle = async (): Promise<void> => {
    for (let did = 1; did > 0; ) {
      const images = stream.splice(0);
      for (const image of images) await giveImage(image);
      did = images.length + (await drain('events', handlers.evaluate.handler));
      did += await drain('deadlines', handlers.escalate.handler);
    }
  };
  const advanceTo = async (until: number): Promise<void> => {
    await settle();
    while (Date.now() < until) {
      messaging.loseCut();
      const nextMinute = (Math.floor(Date.now() / MINUTE) + 1) * MINUTE;
      const nextAt = Math.min(messaging.nextAt(), settings.sweeps ? nextMinute : until, until);
      vi.setSystemTime(Math.max(nextAt, Date.now()));
      if (settings.sweeps && nextAt === nextMinute) await handlers.sweep.handler({}, CONTEXT);
      await settle();
    }
  };
  const ask = attesting(async (routeKey, asked) => {
    const { handler } = routeKey === 'POST /v1/events' ? handlers.ingest : handlers.api;
    const response = await handler(httpRequest({ routeKey, ...asked }), CONTEXT);
    await settle();
    return response;
  });
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
    vi.restoreAllMocks();
    db.restore();
    messaging.restore();
  };
  const { refused } = messaging;
  return { ask, comeIn, advanceTo, takeSent, refused, lines, settings, itemsOf: db.itemsOf, stop };
};
export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
