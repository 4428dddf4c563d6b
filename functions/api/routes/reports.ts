import * as z from 'zod';
import { personIdSchema, reportIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import {
  FAILURE_WORDS,
  isSameAsked,
  type ReadyReport,
  type ReportJob,
} from '#domain/report/job.ts';
import { isOfAgency, reportKindSchema } from '#domain/report/kind.ts';
import { KIND_NAMES } from '#domain/report/printed.ts';
import { readVerificationCode } from '#domain/report/verification.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { ReportJobs } from '../../adapters/dynamodb/report-jobs.ts';
import type { ReportAt, ReportOwner } from '../../adapters/dynamodb/report-keys.ts';
import { reportFileKey } from '../../adapters/s3/report-files.ts';
import type { SignLink } from '../../adapters/s3/signed-links.ts';
import type { Queue } from '../../adapters/sqs/queue.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { unknownAmong } from '../named-documents.ts';
import { htmlResponse } from '../page.ts';
import { isResponse, notFound, type Problem, readBody, unacceptable } from '../problems.ts';
import type { Call, LinkRoute, Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';

export type ReportRouteDeps = Readonly<{
  agencyId: Call['agencyId'];
  documents: Documents;
  reportJobs: Pick<ReportJobs, 'ask' | 'load' | 'note' | 'list' | 'verified'>;
  reports: Pick<Queue, 'sendAll'>;
  signLink: SignLink;
}>;

/** A year, and a leap day: what is longer is asked for in parts. */
const MOST_DAYS = 366;

const sentSchema = z.object({
  kind: reportKindSchema,
  from: isoInstantSchema,
  until: isoInstantSchema,
  by: personIdSchema,
  why: z.string().trim().min(1).max(200),
});

const ownerOf = ({ agencyId, request: { pathParameters } }: Call): ReportOwner => {
  const { wearerId } = pathParameters;
  return { agencyId, wearerId: wearerId === undefined ? null : wearerIdSchema.parse(wearerId) };
};

const reportAt = (call: Call): ReportAt => ({
  ...ownerOf(call),
  reportId: reportIdSchema.parse(call.request.pathParameters.reportId),
});

type Sent = z.infer<typeof sentSchema>;

/** A report shows where somebody was: of whom an order protects there is none. */
const ownerRefused = async (
  { documents }: ReportRouteDeps,
  { agencyId, wearerId }: ReportOwner,
): Promise<HttpResponse | null> =>
  wearerId === null ? null : historyRefused(documents, { agencyId, wearerId });

const problemsOf = ({ kind, from, until }: Sent, { wearerId }: ReportAt, call: Call): Problem[] => {
  const problem = (path: string, message: string): Problem => ({
    ...{ code: 'not-allowed', path, message },
  });
  const isElsewhere = isOfAgency(kind) !== (wearerId === null);
  const where = isOfAgency(kind) ? '/v1/reports/{reportId}' : '/v1/wearers/{wearerId}/reports';
  return [
    ...(isElsewhere ? [problem('kind', `a report of this kind is asked for at ${where}`)] : []),
    ...(from >= until ? [problem('until', 'is not after from')] : []),
    ...(until - from > MOST_DAYS * DAY_MILLISECONDS
      ? [problem('until', `a report is of ${MOST_DAYS} days at most: ask for several`)]
      : []),
    ...(from > call.now ? [problem('from', 'that instant is still ahead')] : []),
  ];
};

const fileLinks = async ({ signLink }: ReportRouteDeps, { asked, files }: ReadyReport) =>
  Promise.all(
    files.map(async ({ format, sha256, bytes }) => {
      const name = `${asked.kind}-${asked.reportId}.${format}`;
      const { href, expiresAt } = await signLink(reportFileKey(asked, format), name);
      return { format, sha256, bytes, href, expiresAt: toIso(expiresAt) };
    }),
  );

const plainView = (job: ReportJob) => {
  const { asked, status } = job;
  const { reportId, kind, period, by, why, askedAt } = asked;
  return {
    ...{ reportId, kind, from: toIso(period.fromAt), until: toIso(period.untilAt), by, why },
    ...{ askedAt: toIso(askedAt), status },
    ...(job.status === 'ready' ? { madeAt: toIso(job.madeAt), verificationCode: job.code } : {}),
    ...(job.status === 'failed'
      ? { failedAt: toIso(job.failedAt), reason: FAILURE_WORDS[job.reason] }
      : {}),
  };
};

/** Asked for again, what is not made yet is tried again; and what has failed waits anew. */
const setGoing = async (deps: ReportRouteDeps, at: ReportAt, job: ReportJob): Promise<void> => {
  if (job.status === 'ready') return;
  if (job.status === 'failed') await deps.reportJobs.note({ asked: job.asked, status: 'waiting' });
  await deps.reports.sendAll([at]);
};

const anotherReport = (): HttpResponse => {
  const message = 'another report was asked for under this id, and stands: choose another id';
  return refusal(409, { code: 'another-report', message });
};

/**
 * Asks for a report. It is put on record first and then put on the queue, so that whoever hears
 * that it was taken has it made; the same again is the same report.
 */
export const putReport =
  (deps: ReportRouteDeps): Route =>
  async (call) => {
    const { agencyId, request, now: askedAt } = call;
    const at = reportAt(call);
    const sent = readBody(sentSchema, request);
    if (isResponse(sent)) return sent;
    const problems = problemsOf(sent, at, call);
    const refused = await ownerRefused(deps, at);
    if (refused !== null) return refused;
    const named = [{ path: 'by', kind: 'PERSON', id: sent.by } as const];
    problems.push(...(await unknownAmong(deps.documents, agencyId, named)));
    if (problems.length > 0) return unacceptable(problems);
    const { kind, from: fromAt, until: untilAt, by, why } = sent;
    const asked: AskedReport = { ...at, kind, period: { fromAt, untilAt }, by, why, askedAt };
    await deps.reportJobs.ask(asked);
    const job = await deps.reportJobs.load(at);
    if (job === null) throw new Error('a report that was asked for is not there');
    if (!isSameAsked(job.asked, asked)) return anotherReport();
    await setGoing(deps, at, job);
    return jsonResponse(job.status === 'ready' ? 200 : 202, plainView(job));
  };

/** How far a report has come; its files, with links that are good for some minutes. */
export const getReport =
  (deps: ReportRouteDeps): Route =>
  async (call) => {
    const job = await deps.reportJobs.load(reportAt(call));
    if (job === null) return notFound('this report');
    const files = job.status === 'ready' ? { files: await fileLinks(deps, job) } : {};
    return jsonResponse(200, { ...plainView(job), ...files });
  };

/** The reports that were asked for of a wearer. */
export const listReports =
  (deps: ReportRouteDeps): Route =>
  async (call) => {
    const refused = await ownerRefused(deps, ownerOf(call));
    if (refused !== null) return refused;
    const jobs = await deps.reportJobs.list(ownerOf(call));
    return jsonResponse(200, {
      reports: jobs.toSorted((a, b) => a.asked.askedAt - b.asked.askedAt).map(plainView),
    });
  };

const UNKNOWN = htmlResponse(
  404,
  'No report has this code',
  '<p>Compare it with the print, letter by letter. If it is the same, the print is not of a report of this agency.</p>',
);

/** What whoever holds a print compares it by: nothing about anybody. */
export const verifyReport =
  ({ agencyId, reportJobs }: ReportRouteDeps): LinkRoute =>
  async (typed) => {
    const code = readVerificationCode(typed);
    const found = code === null ? null : await reportJobs.verified(agencyId, code);
    if (found === null) return UNKNOWN;
    const { kind, askedAt, madeAt, sha256 } = found;
    const facts: readonly (readonly [string, string])[] = [
      ['Kind', KIND_NAMES[kind]],
      ['As known at', toIso(askedAt)],
      ['Made at', toIso(madeAt)],
      ['Verification code', code ?? ''],
      ['SHA-256 of the JSON file', sha256],
    ];
    const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
    return htmlResponse(200, 'This report is on record', `<dl>${list}</dl>`);
  };
