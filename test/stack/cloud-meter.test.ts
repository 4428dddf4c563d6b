import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import { amountOf, amountsBy, type MeteredRow, type Usage } from '#local/meter/usage.ts';
import { queueClient, startFixture } from './fixture-cloud.ts';

const LONG = `red ${'x'.repeat(1500)}`;

describe('given a run of which every call is known', () => {
  let cloud: Cloud;
  let usage: Usage;

  const amount = (row: MeteredRow, by: string, what?: string): number =>
    amountOf(usage, { row, by, ...(what === undefined ? {} : { what }) });

  beforeAll(async () => {
    cloud = await startFixture();
    await cloud.settled();
    const before = cloud.meter.snapshot();
    const QueueUrl = cloud.queueUrl('Work');
    for (const MessageBody of ['one', 'two', LONG]) {
      await queueClient(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody }));
      await cloud.settled();
    }
    for (let n = 0; n < 2; n += 1) {
      const authorization = `Bearer ${cloud.secret('Token')}`;
      await fetch(`${cloud.apiUrl}/things/1`, { headers: { authorization } });
      await fetch(`${cloud.apiUrl}/open`, { method: 'POST', body: 'x'.repeat(512 * 1024 + 1) });
    }
    await cloud.settled();
    await cloud.clock.advanceBy(30_000);
    usage = cloud.meter.since(before);
  }, 60_000);
  afterAll(() => cloud.stop());

  it('counts requests by 512 KB, and the one that asked the authorizer', () => {
    expect(amount('http-api.request', 'answer')).toBe(2 + 2 * 2);
    expect(amount('lambda.request', 'answer')).toBe(4);
    expect(amount('lambda.request', 'authorize')).toBe(1);
    expect(amount('secrets.request', 'authorize')).toBe(1);
  });

  it("counts the sender's message, and what Lambda's pollers receive and delete", () => {
    expect(amountsBy(usage, 'sqs.message', 'by')).toEqual({ operator: 3 });
    expect(amount('sqs.request', 'pollers', 'ReceiveMessage')).toBe(3);
    expect(amount('sqs.request', 'pollers', 'DeleteMessageBatch')).toBe(3);
  });

  it('counts the units of each row, and the bytes of them all', () => {
    expect(amount('lambda.request', 'consume')).toBe(3);
    expect(amount('sdk.call', 'consume', 'PutItem')).toBe(3);
    expect(amount('dynamodb.write-unit', 'consume')).toBe(1 + 1 + 2);
    const rest = ['pk', 'deliveries', 'sentAt', 'writtenAt'].join('').length;
    const [deliveries, instants] = [2, 2 * 7];
    const bytes = 3 + 3 + LONG.length + 3 * (rest + deliveries + instants);
    // An instant that ends in zeros is shorter: its digits are kept in pairs.
    expect(amount('dynamodb.stored', 'consume')).toBeLessThanOrEqual(bytes);
    expect(amount('dynamodb.stored', 'consume')).toBeGreaterThan(bytes - 3 * 8);
  });

  it('counts what is published, and what is delivered of it', () => {
    expect(amount('sns.request', 'follow', 'Publish')).toBe(3);
    expect(amount('sns.email', 'sns')).toBe(3);
    expect(amount('sqs.request', 'sns')).toBe(1);
  });

  it('counts time by memory, lines by bytes, and the span by the clock', () => {
    expect(amount('lambda.gb-second', 'consume')).toBeGreaterThan(0.125 * 0.003);
    expect(amount('lambda.gb-second', 'consume')).toBeLessThan(0.125 * 30);
    const lines = ['one', 'two', LONG].map((body) => `${body} delivery 1\n`).join('');
    const written = { row: 'logs.ingested', by: 'consume', what: 'own lines' } as const;
    expect(amountOf(usage, written)).toBe(lines.length);
    expect(usage.spanSeconds).toBe(30);
  });

  it('notes who keeps which data key', () => {
    const keys = usage.standing.filter(({ row }) => row === 'kms.request');
    expect(keys).toContainEqual(expect.objectContaining({ by: 'consume', what: 'table key' }));
    expect(keys).toContainEqual(expect.objectContaining({ by: 'pollers', amount: 1 }));
    expect(keys).toContainEqual(expect.objectContaining({ by: 'follow', amount: 2 }));
  });
});
