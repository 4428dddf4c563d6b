import { MissingDocument } from '#domain/evaluate/sources.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import { type Report, reportSchema } from '#domain/report/document.ts';
import { renderHtml } from '#domain/report/html.ts';
import type { FailedReport, ReportJob } from '#domain/report/job.ts';
import { type Printed, printedOf } from '#domain/report/printed.ts';
import type { Verification } from '#domain/report/verification.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { MalformedItem } from '../adapters/dynamodb/items.ts';
import type { ReportJobs } from '../adapters/dynamodb/report-jobs.ts';
import type { ReportAt } from '../adapters/dynamodb/report-keys.ts';
import type { ReportFiles } from '../adapters/s3/report-files.ts';
import type { ContentOf } from './content-of.ts';
import { NoSuchWearer } from './gather-wearer.ts';

export type MakeReportDeps = Readonly<{
  now: Clock;
  jobs: Pick<ReportJobs, 'load' | 'note' | 'finish'>;
  files: ReportFiles;
  contentOf: ContentOf;
  verificationOf: (sha256: string) => Verification;
  renderPdf: (printed: Printed) => Promise<Uint8Array>;
}>;

/** What will be so however often it is tried. */
const reasonOf = (error: unknown): FailedReport['reason'] | null => {
  if (error instanceof NoSuchWearer) return 'no-such-wearer';
  return error instanceof MalformedItem || error instanceof MissingDocument ? 'not-readable' : null;
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'utf8'));

/**
 * The report as it was first written down: once that is kept, every rendering is made of it and of
 * nothing else, so that whoever goes on after a crash comes to the same bytes.
 */
const writtenDown = async ({ files, contentOf }: MakeReportDeps, asked: AskedReport) => {
  const known = await files.load(asked, 'json');
  const made = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const report: Report = { schema: 'homeward.report.1', asked, ...(await contentOf(asked)) };
    return bytesOf(canonical(report));
  };
  return files.keep(asked, 'json', known === null ? await made() : new Uint8Array(known));
};

const make = async (deps: MakeReportDeps, asked: AskedReport): Promise<void> => {
  const { files, jobs, verificationOf } = deps;
  const json = await writtenDown(deps, asked);
  const report = reportSchema.parse(JSON.parse(Buffer.from(json.body).toString('utf8')));
  const verification = verificationOf(json.file.sha256);
  const printed = printedOf(report, verification);
  const html = await files.keep(asked, 'html', bytesOf(renderHtml(printed)));
  const pdf = await files.keep(asked, 'pdf', new Uint8Array(await deps.renderPdf(printed)));
  await jobs.finish({
    ...{ asked, status: 'ready', madeAt: deps.now(), code: verification.code },
    files: [pdf.file, html.file, json.file],
  });
};

const isToDo = (job: ReportJob | null): job is Exclude<ReportJob, { status: 'ready' }> =>
  job !== null && job.status !== 'ready';

/**
 * Makes a report that was asked for: gathers, writes down, renders, keeps, and says so. Done again,
 * or by two at once, it is the same report. Throws where trying again may help.
 */
export const makeReport = async (deps: MakeReportDeps, at: ReportAt): Promise<void> => {
  const job = await deps.jobs.load(at);
  if (!isToDo(job)) return;
  const { asked } = job;
  await deps.jobs.note({ asked, status: 'working' });
  try {
    await make(deps, asked);
  } catch (error) {
    const reason = reasonOf(error);
    // Retry: by the queue.
    if (reason === null) throw error;
    // Record: whoever asked reads why.
    await deps.jobs.note({ asked, status: 'failed', reason, failedAt: deps.now() });
  }
};

/** Says of a report that it could not be made. */
export const giveUp = async (deps: MakeReportDeps, at: ReportAt): Promise<void> => {
  const job = await deps.jobs.load(at);
  if (!isToDo(job)) return;
  const failed = { asked: job.asked, status: 'failed', reason: 'not-made' } as const;
  await deps.jobs.note({ ...failed, failedAt: deps.now() });
};
