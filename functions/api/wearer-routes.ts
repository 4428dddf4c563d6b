import { type CaseTableDeps, caseRoutes } from './case-routes.ts';
import { type DecisionTableDeps, decisionRoutes } from './decision-routes.ts';
import type { Route } from './route.ts';
import { type AsAtRouteDeps, getAsAt } from './routes/as-at.ts';
import { type CheckRouteDeps, getChecks, listNudges } from './routes/checks.ts';
import { type ConcernRouteDeps, getConcern, putConcern } from './routes/concerns.ts';
import { type DeviceBatchRouteDeps, listDeviceBatches } from './routes/device-batches.ts';
import { type DisclosureRouteDeps, listDisclosures } from './routes/disclosures.ts';
import { getForecast } from './routes/forecast.ts';
import {
  getImportedSheet,
  type ImportRouteDeps,
  listImports,
  putImportedSheet,
} from './routes/imports.ts';
import { getLegalHold, type LegalHoldRouteDeps, putLegalHold } from './routes/legal-holds.ts';
import { getOrder, type OrderRouteDeps, putOrder } from './routes/orders.ts';
import { listParked, type ParkedRouteDeps, unpark } from './routes/parked.ts';
import { getPermission, type PermissionRouteDeps, putPermission } from './routes/permissions.ts';
import { getProgress, type ProgressRouteDeps } from './routes/progress.ts';
import { listReadings, type ReadingRouteDeps } from './routes/readings.ts';
import { getRecord, type RecordRouteDeps } from './routes/record.ts';
import { getRecordTransfer, type RecordTransferDeps } from './routes/record-transfer.ts';
import { getReport, listReports, putReport, type ReportRouteDeps } from './routes/reports.ts';
import { getRetention, type RetentionRouteDeps } from './routes/retention.ts';
import { getSubjectAccess, type SubjectAccessRouteDeps } from './routes/subject-access.ts';
import { getVisit, putVisit, recordVisit, type VisitRouteDeps } from './routes/visits.ts';
import { getState, getTrail, type WatchRouteDeps } from './routes/watch.ts';
import { getActivation, getWearer, putActivation, putWearer } from './routes/wearers.ts';

export type WearerTableDeps = AsAtRouteDeps &
  CaseTableDeps &
  CheckRouteDeps &
  DecisionTableDeps &
  ConcernRouteDeps &
  DeviceBatchRouteDeps &
  DisclosureRouteDeps &
  ImportRouteDeps &
  LegalHoldRouteDeps &
  OrderRouteDeps &
  ParkedRouteDeps &
  PermissionRouteDeps &
  ProgressRouteDeps &
  ReadingRouteDeps &
  RecordRouteDeps &
  RecordTransferDeps &
  ReportRouteDeps &
  RetentionRouteDeps &
  SubjectAccessRouteDeps &
  VisitRouteDeps &
  WatchRouteDeps;

/** What is known of wearers, and what is put on record of them. */
export const wearerRoutes = (deps: WearerTableDeps): Readonly<Record<string, Route>> => ({
  ...caseRoutes(deps),
  ...decisionRoutes(deps),
  'GET /v1/wearers/{wearerId}': getWearer(deps),
  'PUT /v1/wearers/{wearerId}': putWearer(deps),
  'GET /v1/wearers/{wearerId}/as-at': getAsAt(deps),
  'GET /v1/wearers/{wearerId}/progress': getProgress(deps),
  'GET /v1/wearers/{wearerId}/forecast': getForecast(deps),
  'GET /v1/wearers/{wearerId}/state': getState(deps),
  'GET /v1/wearers/{wearerId}/trail': getTrail(deps),
  'GET /v1/wearers/{wearerId}/readings': listReadings(deps),
  'GET /v1/wearers/{wearerId}/record': getRecord(deps),
  'GET /v1/wearers/{wearerId}/record-transfer': getRecordTransfer(deps),
  'GET /v1/wearers/{wearerId}/imports': listImports(deps),
  'GET /v1/wearers/{wearerId}/imports/{importId}/{group}/{sheet}': getImportedSheet(deps),
  'PUT /v1/wearers/{wearerId}/imports/{importId}/{group}/{sheet}': putImportedSheet(deps),
  'GET /v1/wearers/{wearerId}/concerns/{concernId}': getConcern(deps),
  'PUT /v1/wearers/{wearerId}/concerns/{concernId}': putConcern(deps),
  'GET /v1/wearers/{wearerId}/disclosures': listDisclosures(deps),
  'GET /v1/wearers/{wearerId}/reports': listReports(deps),
  'GET /v1/wearers/{wearerId}/reports/{reportId}': getReport(deps),
  'PUT /v1/wearers/{wearerId}/reports/{reportId}': putReport(deps),
  'GET /v1/reports/{reportId}': getReport(deps),
  'PUT /v1/reports/{reportId}': putReport(deps),
  'GET /v1/wearers/{wearerId}/retention': getRetention(deps),
  'GET /v1/wearers/{wearerId}/subject-access': getSubjectAccess(deps),
  'GET /v1/wearers/{wearerId}/holds/{holdId}': getLegalHold(deps),
  'PUT /v1/wearers/{wearerId}/holds/{holdId}': putLegalHold(deps),
  'POST /v1/wearers/{wearerId}/unpark': unpark(deps),
  'GET /v1/parked-wearers': listParked(deps),
  'GET /v1/device-batches': listDeviceBatches(deps),
  'GET /v1/wearers/{wearerId}/orders/{orderId}': getOrder(deps),
  'PUT /v1/wearers/{wearerId}/orders/{orderId}': putOrder(deps),
  'GET /v1/wearers/{wearerId}/orders/{orderId}/checks': getChecks(deps),
  'GET /v1/wearers/{wearerId}/nudges': listNudges(deps),
  'GET /v1/wearers/{wearerId}/visits/{visitId}': getVisit(deps),
  'PUT /v1/wearers/{wearerId}/visits/{visitId}': putVisit(deps),
  'POST /v1/wearers/{wearerId}/visits/{visitId}/outcome': recordVisit(deps),
  'GET /v1/wearers/{wearerId}/permissions/{permissionId}': getPermission(deps),
  'PUT /v1/wearers/{wearerId}/permissions/{permissionId}': putPermission(deps),
  'GET /v1/wearers/{wearerId}/activations/{activationId}': getActivation(deps),
  'PUT /v1/wearers/{wearerId}/activations/{activationId}': putActivation(deps),
});
