import type { Assessment } from '../casework/assessment.ts';
import type { ParoleReport } from '../casework/parole-section.ts';
import type { Plan } from '../casework/plan.ts';
import type { LevelAt } from '../casework/supervision-level.ts';
import type { DatedVersion } from '../model/documents.ts';
import type { Progress } from '../progress/measures.ts';

/** What people put on record of somebody's case, as it stood when a report was asked for. */
export type CaseFacts = Readonly<{
  plan: DatedVersion<Plan> | null;
  assessment: DatedVersion<Assessment> | null;
  /** At the end of the period. */
  level: LevelAt;
  /** What officers wrote for the hearing that comes next, or came last; null: nothing. */
  parole: DatedVersion<ParoleReport> | null;
  /** Null where it cannot be measured: a document is missing that the order names. */
  progress: Progress | null;
}>;
