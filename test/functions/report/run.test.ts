import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportIdSchema } from '#domain/model/ids.ts';
import type { Printed } from '#domain/report/printed.ts';
import { reportJobs } from '#functions/adapters/dynamodb/report-jobs.ts';
import { verificationAt } from '#functions/adapters/report-verification.ts';
import { reportFiles } from '#functions/adapters/s3/report-files.ts';
import { NoSuchWearer } from '#functions/report/gather-wearer.ts';
import { type ReportDeps, run } from '#functions/report/run.ts';
import { later } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { madeReport } from '#test/support/reports.ts';

let dynamoDb: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  dynamoDb = fakeDynamoDb(DynamoDBClient);
});
afterEach(() => dynamoDb.restore());

const { asked, schema: _, ...content } = madeReport();
const message = { agencyId: asked.agencyId, wearerId: asked.wearerId, reportId: asked.reportId };
const tables = { monitoring: 'monitoring', record: 'record' };
const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

const given = (receives = 1) => ({
  Records: [
    {
      messageId: 'm-1',
      body: JSON.stringify(message),
      attributes: { ApproximateReceiveCount: String(receives) },
    },
  ],
});

class Killed extends Error {}

/** The function over stores in memory, which may be killed at a moment of its writing. */
const press = (deps: Partial<ReportDeps> = {}) => {
  const moments: string[] = [];
  const kill = { at: -1 };
  const { objects, kept } = fakeObjects((moment) => {
    moments.push(moment);
    if (moments.length - 1 === kill.at) throw new Killed();
  });
  const jobs = reportJobs(new DynamoDBClient({ region: 'eu-west-2' }), tables);
  const told = recordedTelemetry();
  const whole: ReportDeps = {
    now: () => later(60),
    jobs,
    files: reportFiles(objects),
    contentOf: async () => content,
    verificationOf: verificationAt('https://api.example'),
    renderPdf: async (printed: Printed) => Buffer.from(JSON.stringify(printed.sections)),
    telemetry: told.telemetry,
    mostReceives: 3,
    ...deps,
  };
  return { run: run(whole), jobs, kept, kill, moments };
};

const DONE = { batchItemFailures: [] };
const AGAIN = { batchItemFailures: [{ itemIdentifier: 'm-1' }] };

const entries = (): string[] => dynamoDb.itemsOf('record').map(({ type }) => type?.S ?? '');

describe('given a report that was asked for', () => {
  it('makes its three files, and says so on record with their hashes', async () => {
    const { run, jobs, kept } = press();
    await jobs.ask(asked);
    expect(await run(given())).toEqual(DONE);
    const job = await jobs.load(message);
    expect(job).toMatchObject({ status: 'ready' });
    for (const { format, sha256: said, bytes } of job?.status === 'ready' ? job.files : []) {
      const { body } = kept.get(`kent/w-1/r-1.${format}`) ?? { body: new Uint8Array() };
      expect([sha256(body), body.length]).toEqual([said, bytes]);
    }
    expect(entries()).toEqual(['report-asked', 'report-made']);
  });

  it('is verified by its code, with nothing about anybody', async () => {
    const { run, jobs } = press();
    await jobs.ask(asked);
    await run(given());
    const job = await jobs.load(message);
    const code = job?.status === 'ready' ? job.code : '';
    const verified = await jobs.verified(asked.agencyId, code);
    expect(Object.keys(verified ?? {}).sort()).toEqual(['askedAt', 'kind', 'madeAt', 'sha256']);
  });

  it('comes to the same bytes wherever it was killed, and is on record once', async () => {
    const clean = press();
    await clean.jobs.ask(asked);
    await clean.run(given());
    const bytesOf = (kept: typeof clean.kept) =>
      [...kept].map(([key, { body }]) => `${key} ${sha256(body)}`).sort();
    for (const [at] of clean.moments.entries()) {
      dynamoDb.restore();
      dynamoDb = fakeDynamoDb(DynamoDBClient);
      // What is found the second time differs; what was first written down stands.
      let round = 0;
      const late = async () => {
        round += 1;
        return round === 1 ? content : { ...content, title: 'Breach report, later' };
      };
      const torn = press({ contentOf: late });
      await torn.jobs.ask(asked);
      torn.kill.at = at;
      expect(await torn.run(given())).toEqual(AGAIN);
      torn.kill.at = -1;
      expect(await torn.run(given(2))).toEqual(DONE);
      const wasWritten = clean.moments[at] !== 'before put kent/w-1/r-1.json' && at > 0;
      if (wasWritten) expect(bytesOf(torn.kept)).toEqual(bytesOf(clean.kept));
      expect(entries()).toEqual(['report-asked', 'report-made']);
    }
  });

  it('changes nothing when it is given again', async () => {
    const { run, jobs, kept } = press();
    await jobs.ask(asked);
    await run(given());
    const before = [...kept.values()].map(({ etag }) => etag);
    expect(await run(given(2))).toEqual(DONE);
    expect([...kept.values()].map(({ etag }) => etag)).toEqual(before);
    expect(entries()).toEqual(['report-asked', 'report-made']);
  });

  it('fails at once, in words, where trying again is no use', async () => {
    const contentOf = () => Promise.reject(new NoSuchWearer());
    const { run, jobs } = press({ contentOf });
    await jobs.ask(asked);
    expect(await run(given())).toEqual(DONE);
    expect(await jobs.load(message)).toMatchObject({ status: 'failed', reason: 'no-such-wearer' });
  });

  it('has failed after its last try, and is made when it is asked for again', async () => {
    let isDown = true;
    const contentOf = async () => {
      if (isDown) throw new Error('the table does not answer');
      return content;
    };
    const { run, jobs } = press({ contentOf });
    await jobs.ask(asked);
    expect(await run(given(2))).toEqual(AGAIN);
    expect(await jobs.load(message)).toMatchObject({ status: 'working' });
    expect(await run(given(3))).toEqual(AGAIN);
    expect(await jobs.load(message)).toMatchObject({ status: 'failed', reason: 'not-made' });
    isDown = false;
    expect(await run(given())).toEqual(DONE);
    expect(await jobs.load(message)).toMatchObject({ status: 'ready' });
  });
});

describe('given a message about nothing', () => {
  it('leaves alone what nobody asked for, and gives back what it cannot read', async () => {
    const { run, kept } = press();
    expect(await run(given())).toEqual(DONE);
    expect(kept.size).toBe(0);
    const [record] = given().Records;
    expect(await run({ Records: [{ ...record, body: 'no report' }] })).toEqual(AGAIN);
  });

  it('keeps the reports of an agency apart from those of its wearers', async () => {
    const { run, jobs, kept } = press();
    const ofAgency = { ...asked, kind: 'dashboard' as const, wearerId: null };
    await jobs.ask({ ...ofAgency, reportId: reportIdSchema.parse('d-1') });
    const body = JSON.stringify({ ...message, wearerId: null, reportId: 'd-1' });
    const [record] = given().Records;
    expect(await run({ Records: [{ ...record, body }] })).toEqual(DONE);
    expect([...kept.keys()]).toContain('kent/_agency/d-1.pdf');
    expect(await jobs.list({ agencyId: asked.agencyId, wearerId: asked.wearerId })).toEqual([]);
  });
});
