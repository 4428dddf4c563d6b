import { describe, expect, it } from 'vitest';
import { createMeter } from '#local/meter/meter.ts';
import { amountOf, amountsBy } from '#local/meter/usage.ts';

const place = { by: 'evaluate', what: 'PutItem', on: 'State' };

describe('given a meter', () => {
  it('adds up what is counted, apart by caller, operation and thing', () => {
    const meter = createMeter(() => 0);
    meter.count('dynamodb.write-unit', place, 2);
    meter.count('dynamodb.write-unit', place, 3);
    meter.count('dynamodb.write-unit', { ...place, on: 'Trail' });
    meter.count('dynamodb.write-unit', { ...place, by: 'ingest' });
    const usage = meter.snapshot();
    expect(amountOf(usage, { row: 'dynamodb.write-unit' })).toBe(7);
    expect(amountOf(usage, { row: 'dynamodb.write-unit', by: 'evaluate' })).toBe(6);
    expect(amountOf(usage, { row: 'dynamodb.write-unit', on: 'State' })).toBe(6);
    expect(amountOf(usage, { row: 'dynamodb.write-unit', what: 'UpdateItem' })).toBe(0);
    expect(amountsBy(usage, 'dynamodb.write-unit', 'on')).toEqual({ State: 6, Trail: 1 });
  });

  it('tells what came since a snapshot, and how long that was', () => {
    let now = 1000;
    const meter = createMeter(() => now);
    meter.count('lambda.request', place);
    now = 4000;
    const before = meter.snapshot();
    meter.count('lambda.request', place, 2);
    meter.count('sqs.request', { by: 'pollers', what: 'ReceiveMessage' });
    now = 9500;
    const { spanSeconds, entries } = meter.since(before);
    expect(spanSeconds).toBe(5.5);
    expect(entries.map(({ row, amount }) => [row, amount])).toEqual([
      ['lambda.request', 2],
      ['sqs.request', 1],
    ]);
    expect(amountOf(before, { row: 'lambda.request' })).toBe(1);
  });

  it('keeps what stands once, and tells it whole since any snapshot', () => {
    const meter = createMeter(() => 0);
    meter.standing('metrics.metric', { by: 'evaluate', what: 'Homeward fixes' });
    const before = meter.snapshot();
    meter.standing('metrics.metric', { by: 'evaluate', what: 'Homeward fixes' });
    expect(meter.since(before)).toMatchObject({ entries: [], standing: [{ amount: 1 }] });
  });
});
