import { assessmentSchema } from '#domain/casework/assessment.ts';
import { paroleReportSchema } from '#domain/casework/parole-section.ts';
import { planSchema } from '#domain/casework/plan.ts';
import { levelAt, supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earlierOf } from '#domain/model/instant.ts';
import { measure, type Progress } from '#domain/progress/measures.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import type { CaseFacts } from '#domain/report/case-facts.ts';
import type { LoadCaseAsAt } from '../adapters/dynamodb/case-as-at.ts';
import {
  ASSESSMENT,
  PAROLE_REPORT_PREFIX,
  PLAN,
  SUPERVISION_LEVEL_PREFIX,
} from '../adapters/dynamodb/casework-keys.ts';
import type { LoadProgressFacts } from '../adapters/progress-facts.ts';

export type CaseReaders = Readonly<{
  loadCaseAsAt: LoadCaseAsAt;
  loadProgressFacts: LoadProgressFacts;
}>;

const progressOf = async (
  { loadProgressFacts }: CaseReaders,
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

/** What people put on record of a wearer's case, as it was known when a report was asked for. */
export const gatherCase =
  (readers: CaseReaders) =>
  async (asked: AskedReport, wearer: WearerRef): Promise<CaseFacts> => {
    const { period, askedAt } = asked;
    const load = readers.loadCaseAsAt;
    const [plans, assessments, levels, paroles, progress] = await Promise.all([
      load(wearer, { prefix: `${PLAN}#`, schema: planSchema }, askedAt),
      load(wearer, { prefix: `${ASSESSMENT}#`, schema: assessmentSchema }, askedAt),
      load(wearer, { prefix: SUPERVISION_LEVEL_PREFIX, schema: supervisionLevelSchema }, askedAt),
      load(wearer, { prefix: PAROLE_REPORT_PREFIX, schema: paroleReportSchema }, askedAt),
      progressOf(readers, wearer, asked),
    ]);
    // Of reports to several hearings the one that was written on last.
    const [parole = null] = paroles.toSorted((a, b) => b.changedAt - a.changedAt);
    return {
      ...{ plan: plans[0] ?? null, assessment: assessments[0] ?? null, parole, progress },
      level: levelAt(
        levels.map(({ value }) => value),
        earlierOf(period.untilAt, askedAt),
      ),
    };
  };
