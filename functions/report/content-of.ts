import type { AskedReport } from '#domain/report/asked-report.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { dashboard } from '#domain/report/dashboard.ts';
import type { ReportContent } from '#domain/report/document.ts';
import { paroleReport } from '#domain/report/parole-report.ts';
import { progressReport } from '#domain/report/progress-report.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { witnessStatement } from '#domain/report/witness-statement.ts';
import { type AgencyReaders, gatherAgency } from './gather-agency.ts';
import { type CaseReaders, gatherCase } from './gather-case.ts';
import { gatherWearer, NoSuchWearer, type WearerReaders } from './gather-wearer.ts';

/** What all kinds of reports are read by. */
export type ReportReaders = Readonly<{
  ofWearer: WearerReaders;
  ofAgency: AgencyReaders;
  ofCase: CaseReaders;
}>;

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
        return progressReport(facts, await gatherCase(readers.ofCase)(asked, wearer));
      case 'parole-report':
        return paroleReport(facts, await gatherCase(readers.ofCase)(asked, wearer));
      default:
        return asked.kind satisfies never;
    }
  };
export type ContentOf = ReturnType<typeof contentOf>;
