import { MissingDocument } from '#domain/evaluate/sources.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earlierOf } from '#domain/model/instant.ts';
import { measure, type Progress } from '#domain/progress/measures.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { dashboard } from '#domain/report/dashboard.ts';
import type { ReportContent } from '#domain/report/document.ts';
import { progressReport } from '#domain/report/progress-report.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { witnessStatement } from '#domain/report/witness-statement.ts';
import type { LoadProgressFacts } from '../adapters/progress-facts.ts';
import { type AgencyReaders, gatherAgency } from './gather-agency.ts';
import { gatherWearer, NoSuchWearer, type WearerReaders } from './gather-wearer.ts';

/** What all kinds of reports are read by. */
export type ReportReaders = Readonly<{
  ofWearer: WearerReaders;
  ofAgency: AgencyReaders;
  loadProgressFacts: LoadProgressFacts;
}>;

const progressOf = async (
  { loadProgressFacts }: ReportReaders,
  wearer: WearerRef,
  { period, askedAt }: AskedReport,
): Promise<Progress | null> => {
  const until = { fromAt: period.fromAt, toAt: earlierOf(period.untilAt, askedAt) };
  try {
    return measure(await loadProgressFacts(wearer, until, askedAt));
  } catch (error) {
    // Record: the report says that a document is missing which an order names.
    if (error instanceof MissingDocument) return null;
    throw error;
  }
};

/**
 * What a report says, of whichever kind: gathered from what is on record and built. Throws
 * `NoSuchWearer` where nobody of that id was on record.
 */
export const contentOf =
  (readers: ReportReaders) =>
  async (asked: AskedReport): Promise<ReportContent> => {
    const { agencyId, wearerId } = asked;
    if (asked.kind === 'dashboard') return dashboard(await gatherAgency(readers.ofAgency)(asked));
    if (wearerId === null) throw new NoSuchWearer();
    const wearer = { agencyId, wearerId };
    const facts = await gatherWearer(readers.ofWearer)(asked, wearer);
    switch (asked.kind) {
      case 'breach-pack':
        return breachPack(facts);
      case 'witness-statement':
        return witnessStatement(facts);
      case 'weekly-log':
        return weeklyLog(facts);
      case 'progress-report':
      case 'parole-report':
        return progressReport(facts, await progressOf(readers, wearer, asked));
      default:
        return asked.kind satisfies never;
    }
  };
export type ContentOf = ReturnType<typeof contentOf>;
