import type { Route } from './route.ts';
import { type AssessmentRouteDeps, getAssessment, putAssessment } from './routes/assessments.ts';
import {
  type CaseNoteRouteDeps,
  getCaseNote,
  listCaseNotes,
  putCaseNote,
} from './routes/case-notes.ts';
import {
  getParoleReport,
  type ParoleReportRouteDeps,
  putParoleReport,
} from './routes/parole-reports.ts';
import { getPlan, type PlanRouteDeps, putPlan } from './routes/plans.ts';
import { type ReadMessageRouteDeps, readMessage } from './routes/read-message.ts';
import {
  getSupervisionLevel,
  putSupervisionLevel,
  type SupervisionLevelRouteDeps,
} from './routes/supervision-levels.ts';

export type CaseTableDeps = AssessmentRouteDeps &
  CaseNoteRouteDeps &
  ParoleReportRouteDeps &
  PlanRouteDeps &
  ReadMessageRouteDeps &
  SupervisionLevelRouteDeps;

/** What people put on record of somebody's case. */
export const caseRoutes = (deps: CaseTableDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/wearers/{wearerId}/assessment': getAssessment(deps),
  'PUT /v1/wearers/{wearerId}/assessment': putAssessment(deps),
  'GET /v1/wearers/{wearerId}/notes': listCaseNotes(deps),
  'GET /v1/wearers/{wearerId}/notes/{noteId}': getCaseNote(deps),
  'PUT /v1/wearers/{wearerId}/notes/{noteId}': putCaseNote(deps),
  'POST /v1/wearers/{wearerId}/notes/{noteId}/read': readMessage(deps),
  'GET /v1/wearers/{wearerId}/parole-reports/{reportId}': getParoleReport(deps),
  'PUT /v1/wearers/{wearerId}/parole-reports/{reportId}': putParoleReport(deps),
  'GET /v1/wearers/{wearerId}/plan': getPlan(deps),
  'PUT /v1/wearers/{wearerId}/plan': putPlan(deps),
  'GET /v1/wearers/{wearerId}/levels/{levelId}': getSupervisionLevel(deps),
  'PUT /v1/wearers/{wearerId}/levels/{levelId}': putSupervisionLevel(deps),
});
