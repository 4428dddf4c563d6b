import type { Route } from './route.ts';
import {
  getSupervisionLevel,
  putSupervisionLevel,
  type SupervisionLevelRouteDeps,
} from './routes/supervision-levels.ts';

export type CaseTableDeps = SupervisionLevelRouteDeps;

/** What people put on record of somebody's case. */
export const caseRoutes = (deps: CaseTableDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/wearers/{wearerId}/levels/{levelId}': getSupervisionLevel(deps),
  'PUT /v1/wearers/{wearerId}/levels/{levelId}': putSupervisionLevel(deps),
});
