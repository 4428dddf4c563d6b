import { describe, expect, it } from 'vitest';
import type { ServiceCall } from '#local/cloud/gateway/call.ts';
import { monthlyCost, type Question, usdOfParts } from '#local/meter/cost.ts';
import { createMeter } from '#local/meter/meter.ts';
import { meterFunction, meterRequests } from '#local/meter/meter-cloud.ts';
import { isForTest, TEST_ALERTS } from '#local/meter/test-alerts.ts';
import { amountsBy } from '#local/meter/usage.ts';
import { answering, callOf, meterOne } from './calls.ts';

const OF_TEST = 'demo#WEARER#homeward-canary';
const OF_WEARER = 'demo#WEARER#w-1';
const batchOf = (...bodies: readonly string[]): string =>
  JSON.stringify({ Records: bodies.map((body) => ({ body })) });

const putOf = (pk: string): ServiceCall =>
  callOf('dynamodb', 'PutItem', {
    TableName: 'Homeward-StateTable9728C7E5',
    Item: { pk: { S: pk } },
  });
const consumed = answering(200, {
  ConsumedCapacity: { TableName: 'Homeward-StateTable9728C7E5', CapacityUnits: 1 },
});

const question: Question = {
  ...{ wearers: 1000, fixEverySeconds: 60, uploadEverySeconds: 60, alertsAMonth: 2 },
  billing: 'on-demand',
};

describe('given what is done for test alerts', () => {
  it('is theirs where every record of a batch is', () => {
    expect(isForTest(batchOf(OF_TEST, OF_TEST))).toBe(true);
    expect(isForTest(batchOf(OF_TEST, OF_WEARER))).toBe(false);
    expect(isForTest(batchOf(OF_WEARER))).toBe(false);
    expect(isForTest(JSON.stringify({ body: OF_TEST }))).toBe(true);
  });

  it('counts invocations, lines, requests and calls under their name', async () => {
    const meter = createMeter(() => 0);
    const logicalId = 'EvaluateFunction645C2A65';
    const watch = meterFunction(meter, { logicalId, memoryMegabytes: 512 });
    for (const event of [batchOf(OF_TEST), batchOf(OF_WEARER)]) {
      watch.invoked({ event, milliseconds: 1, initMilliseconds: 0 });
    }
    watch.wrote('homeward-canary came back\n');
    const onRequest = meterRequests(meter, 10);
    const authorization = 'Bearer hw~demo~homeward-canary~secret';
    onRequest('IngestFunctionB02ED0EB', { body: Buffer.from('x'), headers: { authorization } });
    onRequest('IngestFunctionB02ED0EB', { body: Buffer.from(OF_TEST), headers: {} });
    onRequest('IngestFunctionB02ED0EB', { body: Buffer.from(OF_WEARER), headers: {} });
    const usage = meter.snapshot();
    expect(amountsBy(usage, 'lambda.request', 'by')).toEqual({ [TEST_ALERTS]: 1, evaluate: 1 });
    expect(amountsBy(usage, 'http-api.request', 'by')).toEqual({ [TEST_ALERTS]: 2, ingest: 1 });
    expect(amountsBy(usage, 'logs.ingested', 'by')).toMatchObject({ evaluate: 343, ingest: 10 });
    const call = await meterOne(putOf(OF_TEST), consumed);
    expect(call.counted('dynamodb.write-unit')).toEqual([[TEST_ALERTS, 'PutItem', 'State', 1]]);
    expect(call.counted('sdk.call')).toEqual([[TEST_ALERTS, 'PutItem', 'dynamodb', 1]]);
  });

  it('leaves data keys to the functions that hold them', async () => {
    const { standing } = await meterOne(putOf(OF_TEST), consumed);
    expect(standing).toMatchObject([{ row: 'kms.request', by: 'evaluate', on: 'State' }]);
  });

  it('costs the stack the same, however many wearers there are, and telemetry nothing', () => {
    const entries = [TEST_ALERTS, 'audit', 'canary'].map((by) => ({
      ...({ row: 'dynamodb.write-unit', what: 'PutItem', on: 'Trail', amount: 1000 } as const),
      by,
    }));
    const measured = {
      usage: { spanSeconds: 600, entries, standing: [] },
      standing: { months: [], throughputs: [], traces: false },
      ...{ uploads: 100, fixes: 400, alerts: 10 },
    };
    const [few, many] = [1, 1000].map((wearers) => monthlyCost(measured, { ...question, wearers }));
    expect(usdOfParts(few ?? [], 'stack')).toBeGreaterThan(0);
    expect(many).toEqual(few);
    expect(usdOfParts(few ?? [])).toBe(usdOfParts(few ?? [], 'stack'));
  });
});
