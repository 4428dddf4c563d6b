import { answers } from './answers.ts';
import type { MakeCheck } from './check.ts';
import { decisions } from './decisions.ts';
import { deliveries } from './deliveries.ts';
import { documents } from './documents.ts';
import { episodes } from './episodes.ts';
import { feeds } from './feeds.ts';
import { holds } from './holds.ts';
import { levels } from './levels.ts';
import { pages } from './pages.ts';
import { receipts } from './receipts.ts';
import { resends } from './resends.ts';
import { rows } from './rows.ts';
import { steps } from './steps.ts';
import { tasks } from './tasks.ts';
import { texts } from './texts.ts';
import { toldOutside } from './told-outside.ts';
import { transfers } from './transfers.ts';
import { vigil } from './vigil.ts';
import { violations } from './violations.ts';

/** Every promise that is watched while a world is lived through. */
export const CHECKS: readonly MakeCheck[] = [
  ...[rows, steps, pages, answers, documents, violations, holds, episodes, texts, receipts, vigil],
  toldOutside,
  ...[feeds, deliveries, resends, transfers],
  ...[decisions, tasks, levels],
];
