import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from '../activity.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { LocalFunction } from '../functions/local-function.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import { type LoopbackServer, startLoopbackServer } from '../loopback-server.ts';
import { arnOf, type Place } from '../place.ts';
import type { AuthorizerDecision, LocalAuthorizer } from './authorizer.ts';
import {
  type ApiIdentity,
  authorizerEvent,
  type HttpRequest,
  integrationEvent,
  type RouteHit,
  readHttpRequest,
} from './http-request.ts';
import { gatewayMessage, type HttpResponse, httpResponseOf } from './http-response.ts';
import { readInTime } from './read-in-time.ts';
import type { RouteTable } from './route-table.ts';

/** A function, and how long API Gateway waits for it. */
export type Integration = { target: LocalFunction; timeoutMilliseconds: number };

/** Where a route leads: a function, behind an authorizer or open to all. */
export type RouteTarget = { integration: Integration; authorizer?: LocalAuthorizer };

export type ApiServerParts = {
  place: Place;
  clock: MovableClock;
  activity: Activity;
  routes: RouteTable<RouteTarget>;
  api: () => ApiIdentity;
  /** Default: a free one. */
  port?: number | undefined;
  /** Told of each request that has a route, before anybody is asked whether it may pass. */
  onRequest: (functionId: string, request: HttpRequest) => void;
};

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html has the bytes;
 * how long API Gateway waits for a body is not published.
 */
const LONGEST_BODY = { bytes: 10 * 1024 * 1024, seconds: 30 };

const REFUSALS = {
  'no-identity': gatewayMessage(401, 'Unauthorized'),
  denied: gatewayMessage(403, 'Forbidden'),
  failed: gatewayMessage(500, 'Internal Server Error'),
};

const NOT_WHOLE = {
  'too-large': gatewayMessage(413, 'Request Entity Too Large'),
  'too-slow': gatewayMessage(408, 'Request Timeout'),
  'broken-off': gatewayMessage(400, 'Bad Request'),
};

/** What a function's failure is answered with: one that Lambda did not take is the sender's. */
const failed = ({ errorType }: { errorType: string }): HttpResponse =>
  errorType === 'RequestTooLargeException'
    ? NOT_WHOLE['too-large']
    : gatewayMessage(500, 'Internal Server Error');

const write = (response: ServerResponse, answer: HttpResponse, date: Date): void => {
  const { status, headers, cookies, body } = answer;
  const cookieHeader = cookies.length === 0 ? {} : { 'set-cookie': cookies };
  const own = { date: date.toUTCString(), 'content-length': body.length };
  response.sendDate = false;
  response.writeHead(status, { ...headers, ...cookieHeader, ...own });
  response.end(body);
};

const UNAVAILABLE = gatewayMessage(503, 'Service Unavailable');

/** The function's result as an answer. AWS does not document what answers a throttled one. */
const answerOf = (result: InvocationResult): HttpResponse => {
  if (result.outcome === 'throttled') return UNAVAILABLE;
  return result.outcome === 'error' ? failed(result.error) : httpResponseOf(result.payload);
};

/** The integration's answer, or 503 when it takes longer than API Gateway waits. */
const askIntegration = (
  { target, timeoutMilliseconds }: Integration,
  event: unknown,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(UNAVAILABLE), timeoutMilliseconds);
    const answering = target.invoke(event).then((result) => resolve(answerOf(result)), reject);
    void answering.finally(() => clearTimeout(timer));
  });

/** Serves the template's HTTP API on a port of 127.0.0.1. */
export const startApiServer = (parts: ApiServerParts): Promise<LoopbackServer> => {
  const { routes, clock, place } = parts;

  const authorize = (
    request: HttpRequest,
    hit: RouteHit,
    authorizer: LocalAuthorizer,
  ): Promise<AuthorizerDecision> => {
    const api = parts.api();
    const resource = `${api.apiId}/${api.stage}/${hit.routeKey.replace(' ', '')}`;
    const routeArn = arnOf(place, 'execute-api', resource);
    return authorizer(request, (identitySource) =>
      authorizerEvent(request, { ...hit, routeArn, identitySource }, api),
    );
  };

  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    const match = routes.match(request.method, request.path);
    if (match === undefined) return gatewayMessage(404, 'Not Found');
    const { target, ...hit } = match;
    const functionId = target.integration.target.settings.logicalId;
    parts.onRequest(functionId, request);
    let authorizerContext: Record<string, unknown> | undefined;
    if (target.authorizer !== undefined) {
      const decided = await authorize(request, hit, target.authorizer);
      if (decided.decision !== 'allowed') return REFUSALS[decided.decision];
      authorizerContext = decided.context;
    }
    const withContext = authorizerContext === undefined ? hit : { ...hit, authorizerContext };
    const event = integrationEvent(request, withContext, parts.api());
    return askIntegration(target.integration, event);
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const end = parts.activity.begin(`${incoming.method} ${incoming.url}`);
    try {
      const read = await readInTime(incoming, LONGEST_BODY);
      const answered =
        read.outcome === 'whole'
          ? await answer(readHttpRequest(incoming, read.body, clock.now()))
          : NOT_WHOLE[read.outcome];
      // Nothing more may be read from a connection whose body has not ended.
      if (read.outcome !== 'whole') response.shouldKeepAlive = false;
      write(response, answered, new Date(clock.now()));
    } finally {
      end();
    }
  };

  return startLoopbackServer(handle, parts.port);
};
