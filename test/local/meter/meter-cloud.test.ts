import { describe, expect, it } from 'vitest';
import { createClock } from '#local/cloud/clock/clock.ts';
import { forgetfulLedger } from '#local/cloud/durable/ledger.ts';
import type { QueueEngine } from '#local/cloud/engines/queues.ts';
import { createOutbox } from '#local/cloud/outbox/outbox.ts';
import { createMeter } from '#local/meter/meter.ts';
import {
  meterDeliveries,
  meterFunction,
  meterPollers,
  meterRequests,
  PLATFORM_LINE_BYTES,
} from '#local/meter/meter-cloud.ts';
import { amountOf, amountsBy } from '#local/meter/usage.ts';

describe('given the invocations of a function', () => {
  const meter = createMeter(() => 0);
  const watch = meterFunction(meter, {
    logicalId: 'EvaluateFunction645C2A65',
    memoryMegabytes: 512,
  });

  it('counts each with its time, its start included, and the lines that Lambda writes', () => {
    watch.invoked({ event: '{}', milliseconds: 99.2, initMilliseconds: 100 });
    watch.invoked({ event: '{}', milliseconds: 10, initMilliseconds: 0 });
    const usage = meter.snapshot();
    expect(amountOf(usage, { row: 'lambda.request', by: 'evaluate' })).toBe(2);
    expect(amountOf(usage, { row: 'lambda.gb-second' })).toBeCloseTo((0.2 + 0.01) / 2, 12);
    expect(amountOf(usage, { row: 'logs.ingested' })).toBe(2 * PLATFORM_LINE_BYTES);
  });

  it('counts the bytes that it writes, and each of its metrics once', () => {
    const metric = (values: object) =>
      JSON.stringify({
        _aws: {
          CloudWatchMetrics: [
            { Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'a' }, { Name: 'b' }] },
          ],
        },
        ...values,
      });
    const before = meter.snapshot();
    const lines = [metric({ service: 'x' }), metric({ service: 'x' }), metric({ service: 'y' })];
    const text = `${lines.join('\n')}\nü "CloudWatchMetrics" is no metric\n`;
    watch.wrote(text);
    const usage = meter.since(before);
    expect(amountOf(usage, { row: 'logs.ingested' })).toBe(Buffer.byteLength(text));
    expect(usage.standing.map(({ what }) => what)).toEqual([
      'N a service=x',
      'N b service=x',
      'N a service=y',
      'N b service=y',
    ]);
  });
});

describe('given requests to the API', () => {
  it('counts them by the function behind the route, with a line of the access log each', () => {
    const meter = createMeter(() => 0);
    const onRequest = meterRequests(meter, 200);
    const ofBytes = (bytes: number) => ({ body: Buffer.alloc(bytes), headers: {} });
    onRequest('IngestFunctionB02ED0EB', ofBytes(100));
    onRequest('IngestFunctionB02ED0EB', ofBytes(512 * 1024 + 1));
    const usage = meter.snapshot();
    expect(amountsBy(usage, 'http-api.request', 'by')).toEqual({ ingest: 3 });
    expect(amountsBy(usage, 'logs.ingested', 'what')).toEqual({ 'access log': 400 });
  });
});

describe("given what Lambda's pollers take", () => {
  const engineThatGives = (bodies: readonly string[]): QueueEngine => ({
    forward: () => Promise.reject(new Error('not asked')),
    sns: () => Promise.reject(new Error('not asked')),
    depth: () => Promise.reject(new Error('not asked')),
    enter: () => undefined,
    discard: () => undefined,
    stop: async () => undefined,
    sqs: async () => ({ Messages: bodies.map((Body) => ({ Body })) }),
  });
  const QueueUrl = 'http://127.0.0.1:1/000000000000/Homeward-EventsQueue7396B467';

  it('counts receives that find something, by 64 KB, and deletes', async () => {
    const meter = createMeter(() => 0);
    const parts = { meter, stackName: 'Homeward' };
    const busy = meterPollers(engineThatGives(['x'.repeat(60_000), 'x'.repeat(60_000)]), parts);
    await busy.sqs('ReceiveMessage', { QueueUrl });
    await busy.sqs('DeleteMessageBatch', { QueueUrl });
    await busy.sqs('ChangeMessageVisibility', { QueueUrl });
    await meterPollers(engineThatGives([]), parts).sqs('ReceiveMessage', { QueueUrl });
    expect(meter.snapshot().entries).toMatchObject([
      { row: 'sqs.request', by: 'pollers', what: 'ReceiveMessage', on: 'Events', amount: 2 },
      { row: 'sqs.request', by: 'pollers', what: 'DeleteMessageBatch', amount: 1 },
    ]);
  });
});

describe('given what leaves for people and feeds', () => {
  it('counts parts by country, e-mails, and sends to queues', () => {
    const meter = createMeter(() => 0);
    const outbox = createOutbox(createClock({ mode: 'real' }), forgetfulLedger());
    meterDeliveries(outbox, meter);
    const message = { text: 'a'.repeat(161), attributes: {}, messageId: 'm' };
    outbox.accept({ ...message, channel: 'sms', to: '+447700900101' });
    outbox.accept({ ...message, channel: 'sms', to: '+15035550100' });
    outbox.accept({ ...message, channel: 'email', to: 'a@example.org' });
    outbox.accept({ ...message, channel: 'queue', to: 'police' });
    expect(meter.snapshot().entries.map(({ row, amount }) => [row, amount])).toEqual([
      ['sms.part.GB', 2],
      ['sms.part.other', 2],
      ['sns.email', 1],
      ['sqs.request', 1],
    ]);
  });
});
