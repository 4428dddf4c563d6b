import * as z from 'zod';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import type { Outcome } from '../engine/sandboxes.ts';
import type { PutRequest } from './office.ts';

const ADMINISTRATOR = { role: 'administrator', agencyId: 'demo' };
const HEAD_END = {
  ...{ role: 'head-end', agencyId: 'demo', headEndId: 'head-end', tokenId: 't-1' },
  ...{ requestsPerMinute: 60_000, eventsPerMinute: 600_000 },
};

const TEST_DEVICE = {
  ...HEAD_END,
  headEndId: String(TEST_WEARER),
  deviceSerial: String(TEST_WEARER),
};

export type Asked = Readonly<{
  routeKey: string;
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: object;
}>;

/** A request as API Gateway hands it over. */
const requestOf = ({ routeKey, path, query, body }: Asked, who: object | null) => ({
  routeKey,
  headers: { 'content-type': 'application/json' },
  ...(path === undefined ? {} : { pathParameters: path }),
  ...(query === undefined ? {} : { queryStringParameters: query }),
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  isBase64Encoded: false,
  requestContext: who === null ? {} : { authorizer: { lambda: who } },
});

export const officeRequest = (asked: Asked) => requestOf(asked, ADMINISTRATOR);
/** What is read about one person says by whom and why. */
export const readRequest = (asked: Asked, by: string) =>
  officeRequest({ ...asked, query: { ...asked.query, by, reason: 'to see what to do' } });
export const putRequest = ({ method = 'PUT', route, path, body }: PutRequest) =>
  officeRequest({ routeKey: `${method} ${route}`, path, body });
export const liaisonRequest = (asked: Asked, liaisonId: string) =>
  requestOf(asked, { role: 'liaison', agencyId: 'demo', liaisonId });
export const headEndRequest = (events: readonly object[]) =>
  requestOf({ routeKey: 'POST /v1/events', body: events }, HEAD_END);
/** Events of the one device whose alerts are test alerts, as they stand. */
export const testDeviceRequest = (body: string) => ({
  ...requestOf({ routeKey: 'POST /v1/events' }, TEST_DEVICE),
  ...{ headers: { 'content-type': 'application/x-ndjson' }, body },
});
export const linkRequest = (link: string) =>
  requestOf({ routeKey: 'POST /v1/acknowledge/{link}', path: { link } }, null);

const responseSchema = z.object({ statusCode: z.number(), body: z.string() });
export type Response = z.infer<typeof responseSchema>;

/** The answer to a request; null where none came, or none that says what was done. */
export const responseOf = (outcome: Outcome): Response | null => {
  if (outcome.kind !== 'answered') return null;
  const response = responseSchema.parse(outcome.answer);
  return response.statusCode >= 500 ? null : response;
};
