import type { AgencyId, ReportId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { toIso } from '#domain/model/instant.ts';
import { type Key, wearerPk } from './keys.ts';

/** Whose report it is: a wearer's, or the agency's own. */
export type ReportOwner = Readonly<{ agencyId: AgencyId; wearerId: WearerId | null }>;
export type ReportAt = ReportOwner & Readonly<{ reportId: ReportId }>;

/** An agency's own reports; in the table of the record, what became of them. */
const agencyReportsPk = (agencyId: AgencyId): string => `${agencyId}#REPORTS`;

/** The partition in which reports of a wearer, or of the agency, are listed and recorded. */
export const reportsPk = ({ agencyId, wearerId }: ReportOwner): string =>
  wearerId === null ? agencyReportsPk(agencyId) : wearerPk({ agencyId, wearerId });

export const REPORT_PREFIX = 'REPORT#';

export const reportKey = (at: ReportAt): Key => ({
  pk: reportsPk(at),
  sk: `${REPORT_PREFIX}${at.reportId}`,
});

/** What is said of a report to whoever holds a print of it. */
export const reportCodeKey = (agencyId: AgencyId, code: string): Key => ({
  pk: `${agencyId}#REPORT-CODE#${code}`,
  sk: 'REPORT-CODE',
});

export const reportEntryKey = (at: ReportAt, happenedAt: Instant, what: string): Key => ({
  pk: reportsPk(at),
  sk: `${toIso(happenedAt)}#REPORT#${at.reportId}#${what}`,
});
