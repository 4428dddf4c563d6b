import { type LimitedRouteDeps, limited } from './limited-route.ts';
import { type ReadingDeps, recordingReadings } from './readings.ts';
import type { LiaisonRoute, LinkRoute, Route } from './route.ts';
import { type AgeingRouteDeps, listAgeing } from './routes/ageing.ts';
import { type AgencyTransferRouteDeps, getAgencyTransfer } from './routes/agency-transfer.ts';
import { type AlertTimelineRouteDeps, getAlertTimeline } from './routes/alert-timeline.ts';
import {
  type AlertRouteDeps,
  acknowledgeAlert,
  closeAlert,
  escalateAlert,
  getAlert,
  listAlerts,
  tellLiaisonOfAlert,
} from './routes/alerts.ts';
import { getArea, putArea } from './routes/area.ts';
import {
  type ContactRouteDeps,
  getContacts,
  postContactCode,
  verifyContact,
} from './routes/contacts.ts';
import { type FeedCapRouteDeps, getFeedEventAsCap, getFeedIndex } from './routes/feed-cap.ts';
import { type FeedKeysRouteDeps, getFeedKeys } from './routes/feed-keys.ts';
import { type FeedMessageRouteDeps, postFeedMessage } from './routes/feed-messages.ts';
import { type FeedRouteDeps, getFeedEvents, postFeedAcks } from './routes/feeds.ts';
import { putHolidays } from './routes/holidays.ts';
import {
  getLiaisonTest,
  type LiaisonTestRouteDeps,
  putLiaisonTest,
} from './routes/liaison-tests.ts';
import { type LiaisonRouteDeps, putLiaison } from './routes/liaisons.ts';
import { actOnLink, type LinkRouteDeps, showLink } from './routes/link.ts';
import { deleteOverride, postOverride } from './routes/overrides.ts';
import {
  agreeToPause,
  getPause,
  listPauses,
  type PauseRouteDeps,
  putPause,
} from './routes/pauses.ts';
import { type PeopleRouteDeps, putPerson, putPolicy } from './routes/people.ts';
import { getPersonPages, type PeoplePagesRouteDeps } from './routes/people-pages.ts';
import { listReadings } from './routes/readings.ts';
import { getAgencyRecord } from './routes/record.ts';
import { type ReportRouteDeps, verifyReport } from './routes/reports.ts';
import { getResponse, type ResponseRouteDeps } from './routes/response.ts';
import {
  getRetentionPolicy,
  putRetentionPolicy,
  type RetentionRouteDeps,
} from './routes/retention.ts';
import { getOnCall, putRota } from './routes/rotas.ts';
import { getShared } from './routes/shared.ts';
import {
  deleteShiftCalendar,
  getShifts,
  postShiftCalendar,
  type ShiftRouteDeps,
  showShiftCalendar,
} from './routes/shifts.ts';
import { putThresholds } from './routes/thresholds.ts';
import { putTimetable, type TimetableRouteDeps } from './routes/timetables.ts';
import {
  deleteEarlier,
  deleteToken,
  postToken,
  rotateToken,
  type TokenRouteDeps,
} from './routes/tokens.ts';
import { putZoneList, type ZoneListRouteDeps } from './routes/zone-lists.ts';
import { putZone } from './routes/zones.ts';
import { type WearerTableDeps, wearerRoutes } from './wearer-routes.ts';

export type RouteDeps = AgencyTransferRouteDeps &
  WearerTableDeps &
  AgeingRouteDeps &
  AlertRouteDeps &
  AlertTimelineRouteDeps &
  ContactRouteDeps &
  FeedCapRouteDeps &
  FeedRouteDeps &
  FeedKeysRouteDeps &
  FeedMessageRouteDeps &
  LiaisonRouteDeps &
  LiaisonTestRouteDeps &
  LimitedRouteDeps &
  LinkRouteDeps &
  PeoplePagesRouteDeps &
  PauseRouteDeps &
  PeopleRouteDeps &
  ReadingDeps &
  ResponseRouteDeps &
  RetentionRouteDeps &
  ShiftRouteDeps &
  TokenRouteDeps &
  TimetableRouteDeps &
  ZoneListRouteDeps;

type Table = Readonly<Record<string, Route>>;

const alertRoutes = (deps: RouteDeps): Table => ({
  'GET /v1/alerts': listAlerts(deps),
  'GET /v1/alerts/{alertId}': getAlert(deps),
  'GET /v1/alerts/{alertId}/timeline': getAlertTimeline(deps),
  'POST /v1/alerts/{alertId}/acknowledge': acknowledgeAlert(deps),
  'POST /v1/alerts/{alertId}/close': closeAlert(deps),
  'POST /v1/alerts/{alertId}/escalate': escalateAlert(deps),
  'POST /v1/alerts/{alertId}/tell': tellLiaisonOfAlert(deps),
  'GET /v1/ageing': listAgeing(deps),
  'GET /v1/response': getResponse(deps),
});

/** What wearers share, and the people and plans behind alerts. */
const sharedRoutes = (deps: RouteDeps): Table => ({
  'GET /v1/area': getArea(deps),
  'PUT /v1/area': putArea(deps),
  'GET /v1/zones/{zoneId}': getShared(deps, 'ZONE'),
  'PUT /v1/zones/{zoneId}': putZone(deps),
  'GET /v1/zone-lists/{zoneListId}': getShared(deps, 'ZONE-LIST'),
  'PUT /v1/zone-lists/{zoneListId}': putZoneList(deps),
  'GET /v1/timetables/{timetableId}': getShared(deps, 'TIMETABLE'),
  'PUT /v1/timetables/{timetableId}': putTimetable(deps),
  'GET /v1/threshold-policies/{thresholdPolicyId}': getShared(deps, 'THRESHOLDS'),
  'PUT /v1/threshold-policies/{thresholdPolicyId}': putThresholds(deps),
  'GET /v1/people/{personId}': getShared(deps, 'PERSON'),
  'PUT /v1/people/{personId}': putPerson(deps),
  'GET /v1/people/{personId}/contacts': getContacts(deps),
  'POST /v1/people/{personId}/contacts/{channel}/code': postContactCode(deps),
  'POST /v1/people/{personId}/contacts/{channel}/verify': verifyContact(deps),
  'GET /v1/people/{personId}/pages': getPersonPages(deps),
  'GET /v1/people/{personId}/readings': listReadings(deps),
  'GET /v1/rotas/{rotaId}': getShared(deps, 'ROTA'),
  'PUT /v1/rotas/{rotaId}': putRota(deps),
  'GET /v1/rotas/{rotaId}/on-call': getOnCall(deps),
  'POST /v1/rotas/{rotaId}/overrides': postOverride(deps),
  'DELETE /v1/rotas/{rotaId}/overrides/{overrideId}': deleteOverride(deps),
  'GET /v1/holidays/{holidaysId}': getShared(deps, 'HOLIDAYS'),
  'PUT /v1/holidays/{holidaysId}': putHolidays(deps),
  'GET /v1/people/{personId}/shifts.ics': getShifts(deps),
  'POST /v1/people/{personId}/shift-calendar': postShiftCalendar(deps),
  'DELETE /v1/people/{personId}/shift-calendar': deleteShiftCalendar(deps),
  'GET /v1/agency-transfer': getAgencyTransfer(deps),
  'GET /v1/record': getAgencyRecord(deps),
  'GET /v1/retention-policy': getRetentionPolicy(deps),
  'PUT /v1/retention-policy': putRetentionPolicy(deps),
  'GET /v1/policies/{policyId}': getShared(deps, 'POLICY'),
  'PUT /v1/policies/{policyId}': putPolicy(deps),
  'GET /v1/liaisons/{liaisonId}': getShared(deps, 'LIAISON'),
  'PUT /v1/liaisons/{liaisonId}': putLiaison(deps),
  'GET /v1/liaisons/{liaisonId}/tests/{testId}': getLiaisonTest(deps),
  'PUT /v1/liaisons/{liaisonId}/tests/{testId}': putLiaisonTest(deps),
  'GET /v1/pauses': listPauses(deps),
  'GET /v1/pauses/{pauseId}': getPause(deps),
  'PUT /v1/pauses/{pauseId}': putPause(deps),
  'POST /v1/pauses/{pauseId}/second': agreeToPause(deps),
  'POST /v1/tokens': postToken(deps),
  'DELETE /v1/tokens/{tokenId}': deleteToken(deps),
  'POST /v1/tokens/{tokenId}/rotate': rotateToken(deps),
  'DELETE /v1/tokens/{tokenId}/earlier': deleteEarlier(deps),
});

/** Every route for administrators, under API Gateway's key of it. */
export const routeTable = (deps: RouteDeps): Table =>
  recordingReadings(deps, {
    ...alertRoutes(deps),
    ...wearerRoutes(deps),
    ...sharedRoutes(deps),
  });

/** Routes whose path carries its own right, or that are for everybody. */
export const linkTable = (
  deps: LinkRouteDeps & ShiftRouteDeps & FeedKeysRouteDeps & ReportRouteDeps,
): Readonly<Record<string, LinkRoute>> => ({
  'GET /v1/acknowledge/{link}': showLink(deps),
  'POST /v1/acknowledge/{link}': actOnLink(deps),
  'GET /v1/shift-calendars/{link}': showShiftCalendar(deps),
  'GET /v1/feeds/jwks.json': getFeedKeys(deps),
  'GET /v1/reports/{code}/verification': verifyReport(deps),
});

/** Every route for liaisons, each for its own feed alone. */
export const liaisonTable = (deps: RouteDeps): Readonly<Record<string, LiaisonRoute>> => {
  const calls = limited(deps, 'CALLS');
  const messages = limited(deps, 'MESSAGES');
  return {
    'GET /v1/feeds/{liaisonId}/events': calls(getFeedEvents(deps)),
    'POST /v1/feeds/{liaisonId}/acks': calls(postFeedAcks(deps)),
    'GET /v1/feeds/{liaisonId}/cap': calls(getFeedIndex(deps)),
    'GET /v1/feeds/{liaisonId}/events/{position}/cap': calls(getFeedEventAsCap(deps)),
    'POST /v1/feeds/{liaisonId}/messages': messages(postFeedMessage(deps)),
  };
};
