import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportFormatSchema } from '#domain/report/job.ts';
import { reportJobs } from '#functions/adapters/dynamodb/report-jobs.ts';
import { later, T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { madeReport } from '#test/support/reports.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

const jobs = reportJobs(client, { monitoring: 'monitoring', record: 'record' });
const { asked } = madeReport();
const entries = (): string[] => db.itemsOf('record').map(({ type }) => type?.S ?? '');

const readyAt = (seconds: number, code: string) => ({
  ...{ asked, status: 'ready' as const, madeAt: later(seconds), code },
  files: reportFormatSchema.options.map((format) => ({ format, sha256: code, bytes: 1 })),
});
const [FIRST, SECOND] = [readyAt(60, 'a'.repeat(64)), readyAt(90, 'b'.repeat(64))];

describe('a report', () => {
  it('is asked for once: whoever comes later hears so, and changes nothing', async () => {
    expect(await jobs.ask(asked)).toBe('asked');
    expect(await jobs.ask({ ...asked, askedAt: later(30), why: 'for the panel' })).toBe('known');
    expect(await jobs.load(asked)).toMatchObject({ asked: { why: asked.why } });
    expect(entries()).toEqual(['report-asked']);
  });

  it('that is ready stands, whoever fails or ends with it afterwards', async () => {
    await jobs.ask(asked);
    await jobs.finish(FIRST);
    await jobs.note({ asked, status: 'working' });
    await jobs.note({ asked, status: 'failed', reason: 'not-made', failedAt: T });
    await jobs.finish(SECOND);
    expect(await jobs.load(asked)).toEqual(FIRST);
    expect(await jobs.verified(asked.agencyId, SECOND.code)).toBe(null);
    expect(entries()).toEqual(['report-asked', 'report-made']);
  });
});
