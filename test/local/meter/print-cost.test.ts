import { describe, expect, it } from 'vitest';
import type { Measured } from '#local/meter/cost.ts';
import { printCost } from '#local/meter/print-cost.ts';

const measured: Measured = {
  usage: {
    spanSeconds: 600,
    standing: [{ row: 'metrics.metric', by: 'evaluate', what: 'N a', on: '', amount: 1 }],
    entries: [
      { row: 'dynamodb.write-unit', by: 'evaluate', what: 'PutItem', on: 'State', amount: 120 },
      { row: 'http-api.request', by: 'ingest', what: 'request', on: '', amount: 100 },
      { row: 'sms.part.GB', by: 'sns', what: 'delivery', on: 'sms', amount: 4 },
      { row: 'lambda.request', by: 'notify', what: 'invocation', on: '', amount: 4 },
    ],
  },
  standing: {
    months: [{ row: 'kms.key', what: 'keys', amount: 4 }],
    ...{ throughputs: ['State', 'State/due'], traces: true },
  },
  ...{ uploads: 100, fixes: 400, alerts: 2 },
};

const printed = (given: Measured): string => {
  const lines: string[] = [];
  printCost((line) => lines.push(line), given);
  return lines.join('\n');
};

describe('given a metered run', () => {
  const text = printed(measured);

  it('shows both caseloads, both ways to pay, and both rates of uploads', () => {
    expect(text).toMatch(/wearers +1,000 +1,000 +26,647 +26,647/);
    expect(text).toMatch(/tables +on-demand provisioned +on-demand provisioned/);
    expect(text).toMatch(/telemetry, an upload a minute( +\d+\.\d{4}){4}/);
    expect(text).toMatch(/telemetry, an upload each 4 minutes( +\d+\.\d{4}){4}/);
  });

  it('shows the fixed part, and alerts with their text messages, apart', () => {
    expect(text).toMatch(/the stack, whatever is sent( +\d+\.\d{4}){4}/);
    expect(text).toMatch(/their text messages( +0\.1600){4}/);
  });

  it('says where it goes, and what it rests on', () => {
    expect(text).toContain('from 100 uploads, 400 fixes and 2 alerts metered here');
    expect(text).toMatch(/Telemetry on demand: HTTP API .*DynamoDB writes/);
    expect(text).toMatch(/The stack, \d+\.\d\d USD a month on demand: KMS keys/);
  });

  it('says nothing of alerts where there were none', () => {
    expect(printed({ ...measured, alerts: 0 })).not.toContain('alerts a month');
  });
});
