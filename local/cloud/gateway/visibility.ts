import * as z from 'zod';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { awsJson, awsJsonError, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';

export type VisibilityParts = {
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  /** A queue's own visibility timeout; undefined for a queue that is not of this stack. */
  visibilityOf: (queueUrl: string) => number | undefined;
};

/** How long the engine may hide a message by the machine's clock: the longest that it takes. */
const ENGINE_SECONDS = 43_200;
const DEFAULT_SECONDS = 30;

const secondsSchema = z.number().int().min(0).max(ENGINE_SECONDS);
const receiveSchema = z.looseObject({
  QueueUrl: z.string(),
  VisibilityTimeout: secondsSchema.optional(),
});
const receivedSchema = z.looseObject({
  Messages: z.array(z.looseObject({ ReceiptHandle: z.string() })).default([]),
});
const changeSchema = z.looseObject({
  ReceiptHandle: z.string(),
  VisibilityTimeout: secondsSchema,
});
const changeOneSchema = changeSchema.extend({ QueueUrl: z.string() });
const changeBatchSchema = z.looseObject({
  QueueUrl: z.string(),
  Entries: z.array(changeSchema.extend({ Id: z.string() })),
});

const invalid = (error: z.ZodError): Reply =>
  awsJsonError(400, 'InvalidParameterValue', z.prettifyError(error));

const bodyOf = (call: ServiceCall): unknown => JSON.parse(call.body.toString());

/** Keeps on the cloud's clock how long a message stays hidden from others once it is received. */
export const createVisibility = ({ engine, agenda, clock, visibilityOf }: VisibilityParts) => {
  const hidden = new Map<string, () => void>();

  const show = async (queueUrl: string, ReceiptHandle: string): Promise<void> => {
    hidden.get(ReceiptHandle)?.();
    hidden.delete(ReceiptHandle);
    const change = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await engine.sqs('ChangeMessageVisibility', change);
  };

  const hide = async (queueUrl: string, handle: string, seconds: number): Promise<void> => {
    if (seconds === 0) return show(queueUrl, handle);
    hidden.get(handle)?.();
    const dueAt = secondsAfter(clock.now(), seconds);
    const run = (): Promise<void> => show(queueUrl, handle);
    hidden.set(handle, agenda.add({ dueAt, kind: 'visibility', label: queueUrl, run }));
  };

  const receive = async (call: ServiceCall): Promise<Reply> => {
    const parsed = receiveSchema.safeParse(bodyOf(call));
    if (!parsed.success) return invalid(parsed.error);
    const { QueueUrl, VisibilityTimeout } = parsed.data;
    const asked = JSON.stringify({ ...parsed.data, VisibilityTimeout: ENGINE_SECONDS });
    const reply = await engine.forward(
      { ...call.headers, 'content-length': `${Buffer.byteLength(asked)}` },
      asked,
    );
    if (reply.status !== 200) return reply;
    const { Messages } = receivedSchema.parse(JSON.parse(reply.body.toString()));
    const seconds = VisibilityTimeout ?? visibilityOf(QueueUrl) ?? DEFAULT_SECONDS;
    for (const { ReceiptHandle } of Messages) await hide(QueueUrl, ReceiptHandle, seconds);
    return reply;
  };

  const change = async (call: ServiceCall): Promise<Reply> => {
    const parsed = changeOneSchema.safeParse(bodyOf(call));
    if (!parsed.success) return invalid(parsed.error);
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parsed.data;
    if (!hidden.has(ReceiptHandle)) return engine.forward(call.headers, call.body);
    await hide(QueueUrl, ReceiptHandle, VisibilityTimeout);
    return awsJson(200, {});
  };

  const changeBatch = async (call: ServiceCall): Promise<Reply> => {
    const parsed = changeBatchSchema.safeParse(bodyOf(call));
    if (!parsed.success) return invalid(parsed.error);
    const { QueueUrl, Entries } = parsed.data;
    for (const { ReceiptHandle, VisibilityTimeout } of Entries) {
      if (hidden.has(ReceiptHandle)) await hide(QueueUrl, ReceiptHandle, VisibilityTimeout);
    }
    return awsJson(200, { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
  };

  return { receive, change, changeBatch };
};
