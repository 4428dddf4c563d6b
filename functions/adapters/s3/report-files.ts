import { createHash } from 'node:crypto';
import type { ReportFile, ReportFormat } from '#domain/report/job.ts';
import type { ReportAt } from '../dynamodb/report-keys.ts';
import type { Objects } from './objects.ts';

const TYPES: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
};

/** Ids begin with a letter or digit: no wearer has this one. */
const OF_AGENCY = '_agency';

/** Where a file of a report lies; everything of a wearer lies together. */
export const reportFileKey = (
  { agencyId, wearerId, reportId }: ReportAt,
  format: ReportFormat,
): string => `${agencyId}/${wearerId ?? OF_AGENCY}/${reportId}.${format}`;

/** What an object of the bucket of reports is, by its key. */
export const reportType = (key: string): string =>
  Object.entries(TYPES).find(([format]) => key.endsWith(`.${format}`))?.[1] ?? TYPES.json;

const fileOf = (format: ReportFormat, body: Uint8Array): ReportFile => ({
  format,
  sha256: createHash('sha256').update(body).digest('hex'),
  bytes: body.length,
});

/** S3 lost between two calls what had stood there. */
class ReportFileGone extends Error {
  constructor() {
    super('a file of a report is there no more');
    this.name = 'ReportFileGone';
  }
}

/** The files of reports. What stands there is never overwritten: whoever comes second keeps it. */
export const reportFiles = (objects: Objects) => {
  const load = async (at: ReportAt, format: ReportFormat): Promise<Uint8Array | null> =>
    (await objects.get(reportFileKey(at, format)))?.body ?? null;

  return {
    load,

    /** Keeps a file; gives what stands there, which may be what somebody put before. */
    keep: async (
      at: ReportAt,
      format: ReportFormat,
      body: Uint8Array<ArrayBuffer>,
    ): Promise<Readonly<{ file: ReportFile; body: Uint8Array }>> => {
      if ((await objects.put(reportFileKey(at, format), body, null)) === 'put') {
        return { file: fileOf(format, body), body };
      }
      const there = await load(at, format);
      if (there === null) throw new ReportFileGone();
      return { file: fileOf(format, there), body: there };
    },
  };
};
export type ReportFiles = ReturnType<typeof reportFiles>;
