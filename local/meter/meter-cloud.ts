import * as z from 'zod';
import type { QueueEngine } from '../cloud/engines/queues.ts';
import type { FunctionWatch } from '../cloud/functions/function-watch.ts';
import type { Outbox } from '../cloud/outbox/outbox.ts';
import { gbSeconds, httpRequests, messageRequests } from './billing-units.ts';
import type { Meter } from './meter.ts';
import { functionName, thingName } from './names.ts';
import { smsCountry, smsParts } from './sms-parts.ts';
import { isForTest, namesTest, TEST_ALERTS } from './test-alerts.ts';

const receivedSchema = z.looseObject({
  Messages: z.array(z.looseObject({ Body: z.string() })).default([]),
});
const queueSchema = z.looseObject({ QueueUrl: z.string().default('') });

/** Lambda's pollers, as far as they pay: receives that found something, and deletes. */
export const meterPollers = (
  engine: QueueEngine,
  { meter, stackName }: { meter: Meter; stackName: string },
): QueueEngine => {
  const thing = thingName(stackName);
  const countReceive = (place: { by: string; what: string; on: string }, answer: unknown) => {
    const { Messages } = receivedSchema.parse(answer);
    if (Messages.length === 0) return;
    const bytes = Messages.reduce((sum, { Body }) => sum + Buffer.byteLength(Body), 0);
    const isTest = Messages.every(({ Body }) => namesTest(Body));
    const by = isTest ? TEST_ALERTS : place.by;
    meter.count('sqs.request', { ...place, by }, messageRequests(bytes));
    meter.standing('kms.request', { ...place, what: 'data key' });
  };
  return {
    ...engine,
    sqs: async (operation, input) => {
      const answer = await engine.sqs(operation, input);
      const place = {
        by: 'pollers',
        what: operation,
        on: thing(queueSchema.parse(input).QueueUrl),
      };
      if (operation === 'ReceiveMessage') countReceive(place, answer);
      if (operation === 'DeleteMessageBatch') meter.count('sqs.request', place);
      return answer;
    },
  };
};

/** What SNS hands on: text messages by parts, e-mails, and messages to queues. */
export const meterDeliveries = (outbox: Outbox, meter: Meter): void => {
  outbox.onEntry(({ channel, to, text }) => {
    const by = namesTest(text) ? TEST_ALERTS : 'sns';
    const place = { by, what: 'delivery', on: channel };
    if (channel === 'sms') meter.count(`sms.part.${smsCountry(to)}`, place, smsParts(text));
    if (channel === 'email') meter.count('sns.email', place, messageRequests(text.length));
    if (channel === 'https') meter.count('sns.https', place, messageRequests(text.length));
    // SNS asks nothing for it; SQS bills the send.
    if (channel === 'queue') {
      meter.count('sqs.request', { ...place, what: 'SendMessage' }, messageRequests(text.length));
    }
  });
};

const metricLineSchema = z.looseObject({
  _aws: z.looseObject({
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // Record: half a line, or a text that only looks like a metric, is none.
    return undefined;
  }
};

/** Metrics in the embedded format: each name with each set of dimensions' values is one. */
const metricNames = (line: string): string[] => {
  const parsed = metricLineSchema.safeParse(jsonOf(line));
  if (!parsed.success) return [];
  const { _aws, ...values } = parsed.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = names.map((name) => `${name}=${String(values[name])}`).join(',');
      return Metrics.map(({ Name }) => `${Namespace} ${Name} ${dimensions}`);
    }),
  );
};

/**
 * Lines that Lambda itself writes for an invocation: START (71 bytes), END (52) and REPORT (about
 * 140, and 80 more for the trace), in its text format.
 */
export const PLATFORM_LINE_BYTES = 343;

export type MeteredFunction = Readonly<{ logicalId: string; memoryMegabytes: number }>;

/** Counts a function's invocations, time and log. */
export const meterFunction = (
  meter: Meter,
  { logicalId, memoryMegabytes }: MeteredFunction,
): FunctionWatch => {
  const name = functionName(logicalId);
  return {
    invoked: ({ event, milliseconds, initMilliseconds }) => {
      const by = isForTest(event) ? TEST_ALERTS : name;
      meter.count('lambda.request', { by, what: 'invocation' });
      const billed = gbSeconds(memoryMegabytes, milliseconds + initMilliseconds);
      meter.count('lambda.gb-second', { by, what: 'invocation' }, billed);
      meter.count('logs.ingested', { by, what: "Lambda's lines" }, PLATFORM_LINE_BYTES);
    },
    wrote: (text) => {
      const by = namesTest(text) ? TEST_ALERTS : name;
      meter.count('logs.ingested', { by, what: 'own lines' }, Buffer.byteLength(text));
      if (!text.includes('"CloudWatchMetrics"')) return;
      const lines = text.split('\n').filter((line) => line.includes('"CloudWatchMetrics"'));
      for (const metric of lines.flatMap(metricNames)) {
        meter.standing('metrics.metric', { by: name, what: metric });
      }
    },
  };
};

export type MeteredRequest = Readonly<{
  body: Buffer;
  headers: Readonly<{ authorization?: string | undefined }>;
}>;

/** Counts requests to the HTTP API, and the line that each writes to the access log. */
export const meterRequests =
  (meter: Meter, accessLineBytes: number) =>
  (functionId: string, { body, headers }: MeteredRequest): void => {
    const isTest = namesTest(headers.authorization ?? '') || namesTest(body);
    const place = { by: isTest ? TEST_ALERTS : functionName(functionId), what: 'request' };
    meter.count('http-api.request', place, httpRequests(body.length));
    meter.count('logs.ingested', { ...place, what: 'access log' }, accessLineBytes);
  };
