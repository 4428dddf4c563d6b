import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import { type ReadyReport, type ReportJob, reportJobSchema } from '#domain/report/job.ts';
import { reportKindSchema } from '#domain/report/kind.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, readJson, text } from './items.ts';
import { queryAll, startingWith } from './query.ts';
import { entryPut } from './record.ts';
import {
  REPORT_PREFIX,
  type ReportAt,
  type ReportOwner,
  reportCodeKey,
  reportEntryKey,
  reportKey,
  reportsPk,
} from './report-keys.ts';
import { transact } from './transact.ts';

type Tables = Readonly<{ monitoring: string; record: string }>;

/** What a code says to whoever holds a print: nothing about anybody. */
export const verifiedSchema = z.object({
  kind: reportKindSchema,
  /** Everything in it is as it was known then. */
  askedAt: instantSchema,
  madeAt: instantSchema,
  sha256: z.string(),
});
export type Verified = z.infer<typeof verifiedSchema>;

const jobFrom = (item: Item): ReportJob => readJson(item, 'body', reportJobSchema);

const jobItem = (job: ReportJob): Item => ({
  ...keyItem(reportKey(job.asked)),
  ...{ entity: text('REPORT'), status: text(job.status), body: json(job) },
});

/** A report that is ready stands: nothing takes its place. */
const UNLESS_READY = {
  ConditionExpression: '#status <> :ready',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':ready': text('ready') },
};

const sha256OfJson = ({ files }: ReadyReport): string =>
  files.find(({ format }) => format === 'json')?.sha256 ?? '';

/** The reports that were asked for, and how far they have come. */
export const reportJobs = (client: DynamoDBClient, { monitoring, record }: Tables) => {
  const load = async (at: ReportAt): Promise<ReportJob | null> => {
    const Key = keyItem(reportKey(at));
    const request = { TableName: monitoring, Key, ConsistentRead: true };
    const { Item: item } = await client.send(new GetItemCommand(request));
    return item === undefined ? null : jobFrom(item);
  };

  const entry = (
    asked: AskedReport,
    said: Readonly<{ at: Instant; what: string; body: object }>,
  ): TransactWriteItem => {
    const { reportId, kind, period } = asked;
    const { at, what, body } = said;
    const type = `report-${what}`;
    const whole = { reportId, kind, from: period.fromAt, until: period.untilAt, ...body };
    return entryPut(record, reportEntryKey(asked, at, what), { at, type, body: whole });
  };

  return {
    load,

    /**
     * Puts on record that a report is asked for. `known`: one of this id had been asked for before,
     * and stands.
     */
    ask: async (asked: AskedReport): Promise<'asked' | 'known'> => {
      const { by, why, askedAt: at } = asked;
      const row = {
        TableName: monitoring,
        Item: jobItem({ asked, status: 'waiting' }),
        ConditionExpression: 'attribute_not_exists(pk)',
      };
      const put = entry(asked, { at, what: 'asked', body: { by, reason: why } });
      const saved = await transact(client, [{ Put: row }, put]);
      return saved === 'saved' ? 'asked' : 'known';
    },

    /** Says how far a report has come, unless it is ready. */
    note: async (job: Exclude<ReportJob, ReadyReport>): Promise<void> => {
      const put = { TableName: monitoring, Item: jobItem(job), ...UNLESS_READY };
      // Record: whoever was first has made it, and there is nothing more to say.
      await conditionHeld(client.send(new PutItemCommand(put)));
    },

    /** Puts on record that a report is made, its hashes, and its code; once. */
    finish: async (job: ReadyReport): Promise<void> => {
      const { asked, madeAt, code, files } = job;
      const { kind, askedAt } = asked;
      const said: Verified = { kind, askedAt, madeAt, sha256: sha256OfJson(job) };
      const hashes = Object.fromEntries(files.map(({ format, sha256 }) => [format, sha256]));
      await transact(client, [
        { Put: { TableName: monitoring, Item: jobItem(job), ...UNLESS_READY } },
        {
          Put: {
            TableName: monitoring,
            Item: { ...keyItem(reportCodeKey(asked.agencyId, code)), body: json(said) },
          },
        },
        entry(asked, { at: madeAt, what: 'made', body: { code, sha256: hashes } }),
      ]);
    },

    /** All reports of a wearer, or of the agency itself. */
    list: async (owner: ReportOwner): Promise<ReportJob[]> => {
      const items = await queryAll(
        client,
        startingWith(monitoring, reportsPk(owner), REPORT_PREFIX),
      );
      return items.map(jobFrom);
    },

    /** What a code says; null for one that no report has. */
    verified: async (agencyId: AgencyId, code: string): Promise<Verified | null> => {
      const Key = keyItem(reportCodeKey(agencyId, code));
      const request = { TableName: monitoring, Key, ConsistentRead: true };
      const { Item: item } = await client.send(new GetItemCommand(request));
      return item === undefined ? null : readJson(item, 'body', verifiedSchema);
    },
  };
};
export type ReportJobs = ReturnType<typeof reportJobs>;
