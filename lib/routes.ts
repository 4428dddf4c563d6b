export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type Route = {
  readonly method: Method;
  readonly path: `/v1/${string}`;
  readonly handledBy: 'ingest' | 'api';
  /** `link`: the path itself carries a secret that is good for one thing; `none`: for everybody. */
  readonly authorization: 'token' | 'link' | 'none';
};

const handledByApi =
  (authorization: Route['authorization']) =>
  (path: Route['path'], ...methods: readonly Method[]): Route[] =>
    methods.map((method) => ({ method, path, handledBy: 'api', authorization }));

const withToken = handledByApi('token');
const withLink = handledByApi('link');
const forEverybody = handledByApi('none');

const intake = (path: Route['path']): Route => ({
  method: 'POST',
  path,
  handledBy: 'ingest',
  authorization: 'token',
});

/** Every route of the HTTP API. What is not listed is answered with 404 by API Gateway itself. */
export const routes: readonly Route[] = [
  intake('/v1/events'),
  intake('/v1/ingest/traccar'),
  intake('/v1/ingest/owntracks'),

  ...withToken('/v1/alerts', 'GET'),
  ...withToken('/v1/alerts/{alertId}', 'GET'),
  ...withToken('/v1/alerts/{alertId}/timeline', 'GET'),
  ...withToken('/v1/alerts/{alertId}/acknowledge', 'POST'),
  ...withToken('/v1/alerts/{alertId}/close', 'POST'),
  ...withToken('/v1/alerts/{alertId}/escalate', 'POST'),
  ...withToken('/v1/alerts/{alertId}/tell', 'POST'),

  ...withToken('/v1/ageing', 'GET'),
  ...withToken('/v1/response', 'GET'),

  ...withToken('/v1/wearers/{wearerId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/as-at', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/state', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/trail', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/readings', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/reports', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/reports/{reportId}', 'GET', 'PUT'),
  ...withToken('/v1/reports/{reportId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/progress', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/forecast', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/record', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/record-transfer', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/imports', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/imports/{importId}/{group}/{sheet}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/concerns/{concernId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/disclosures', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/tasks', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/proposals', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/decisions', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/decisions/{decisionId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/decisions/{decisionId}/letter', 'GET', 'POST'),
  ...withToken('/v1/wearers/{wearerId}/decisions/{decisionId}/withdraw', 'POST'),
  ...withToken('/v1/wearers/{wearerId}/tasks/{taskId}/end', 'POST'),
  ...withToken('/v1/wearers/{wearerId}/retention', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/subject-access', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/holds/{holdId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/levels/{levelId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/assessment', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/notes', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/notes/{noteId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/notes/{noteId}/read', 'POST'),
  ...withToken('/v1/wearers/{wearerId}/parole-reports/{reportId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/plan', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/unpark', 'POST'),
  ...withToken('/v1/parked-wearers', 'GET'),
  ...withToken('/v1/device-batches', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/orders/{orderId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/orders/{orderId}/checks', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/nudges', 'GET'),
  ...withToken('/v1/wearers/{wearerId}/visits/{visitId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/visits/{visitId}/outcome', 'POST'),
  ...withToken('/v1/wearers/{wearerId}/permissions/{permissionId}', 'GET', 'PUT'),
  ...withToken('/v1/wearers/{wearerId}/activations/{activationId}', 'GET', 'PUT'),

  ...withToken('/v1/area', 'GET', 'PUT'),
  ...withToken('/v1/zones/{zoneId}', 'GET', 'PUT'),
  ...withToken('/v1/zone-lists/{zoneListId}', 'GET', 'PUT'),
  ...withToken('/v1/timetables/{timetableId}', 'GET', 'PUT'),
  ...withToken('/v1/threshold-policies/{thresholdPolicyId}', 'GET', 'PUT'),
  ...withToken('/v1/people/{personId}', 'GET', 'PUT'),
  ...withToken('/v1/people/{personId}/contacts', 'GET'),
  ...withToken('/v1/people/{personId}/contacts/{channel}/code', 'POST'),
  ...withToken('/v1/people/{personId}/contacts/{channel}/verify', 'POST'),
  ...withToken('/v1/people/{personId}/pages', 'GET'),
  ...withToken('/v1/people/{personId}/readings', 'GET'),
  ...withToken('/v1/policies/{policyId}', 'GET', 'PUT'),
  ...withToken('/v1/retention-policy', 'GET', 'PUT'),
  ...withToken('/v1/agency-transfer', 'GET'),
  ...withToken('/v1/record', 'GET'),
  ...withToken('/v1/rotas/{rotaId}', 'GET', 'PUT'),
  ...withToken('/v1/rotas/{rotaId}/on-call', 'GET'),
  ...withToken('/v1/rotas/{rotaId}/overrides', 'POST'),
  ...withToken('/v1/rotas/{rotaId}/overrides/{overrideId}', 'DELETE'),
  ...withToken('/v1/holidays/{holidaysId}', 'GET', 'PUT'),
  ...withToken('/v1/people/{personId}/shifts.ics', 'GET'),
  ...withToken('/v1/people/{personId}/shift-calendar', 'POST', 'DELETE'),

  ...withToken('/v1/liaisons/{liaisonId}', 'GET', 'PUT'),
  ...withToken('/v1/liaisons/{liaisonId}/tests/{testId}', 'GET', 'PUT'),
  ...withToken('/v1/feeds/{liaisonId}/events', 'GET'),
  ...withToken('/v1/feeds/{liaisonId}/acks', 'POST'),
  ...withToken('/v1/feeds/{liaisonId}/cap', 'GET'),
  ...withToken('/v1/feeds/{liaisonId}/events/{position}/cap', 'GET'),
  ...withToken('/v1/feeds/{liaisonId}/messages', 'POST'),

  ...withToken('/v1/pauses', 'GET'),
  ...withToken('/v1/pauses/{pauseId}', 'GET', 'PUT'),
  ...withToken('/v1/pauses/{pauseId}/second', 'POST'),

  ...withToken('/v1/tokens', 'POST'),
  ...withToken('/v1/tokens/{tokenId}', 'DELETE'),
  ...withToken('/v1/tokens/{tokenId}/rotate', 'POST'),
  ...withToken('/v1/tokens/{tokenId}/earlier', 'DELETE'),

  // GET shows and POST acts, so that a mail scanner which follows links acknowledges nothing.
  ...withLink('/v1/acknowledge/{link}', 'GET', 'POST'),
  // Calendar programs send no tokens.
  ...withLink('/v1/shift-calendars/{link}', 'GET'),
  // A code of 80 bits, off a print; it opens nothing about anybody.
  ...forEverybody('/v1/reports/{code}/verification', 'GET'),
  // Public keys are for whoever has to verify by them.
  ...forEverybody('/v1/feeds/jwks.json', 'GET'),
];
