import * as z from 'zod';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import { personIdSchema } from '#domain/model/ids.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { MalformedItem } from '../adapters/dynamodb/items.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import {
  type HttpRequest,
  type HttpResponse,
  httpRequestSchema,
  principalSchema,
  refusal,
} from '../middleware/http.ts';
import type { LiaisonRoute, LinkRoute, Route } from './route.ts';

export type ApiDeps = Readonly<{
  now: Clock;
  /** By API Gateway's route key, such as `GET /v1/alerts`. */
  routes: Readonly<Record<string, Route>>;
  linkRoutes: Readonly<Record<string, LinkRoute>>;
  liaisonRoutes: Readonly<Record<string, LiaisonRoute>>;
  telemetry: Telemetry;
}>;

const unreadable = (error: z.ZodError): HttpResponse => {
  const [issue] = error.issues;
  return refusal(400, { code: 'invalid-path', message: issue?.message ?? 'the path is not valid' });
};

const saidSchema = z.object({
  code: z.string().optional(),
  problems: z.array(z.object({ code: z.string() })).default([]),
});

/** What a path names, as far as it can be an id and no name: `rotaId=nights`. */
const idsIn = ({ pathParameters }: HttpRequest): string =>
  Object.entries(pathParameters)
    .filter(([, id]) => personIdSchema.safeParse(id).success)
    .map((named) => named.join('='))
    .join(' ');

/** Attempts that were refused stand in the log, by ids and codes: what was sent does not. */
const noteRefusal = (
  { telemetry }: ApiDeps,
  {
    agencyId,
    request,
    response,
  }: Readonly<{
    agencyId: string;
    request: HttpRequest;
    response: HttpResponse;
  }>,
): void => {
  const isProblem = response.headers['content-type'] === 'application/problem+json';
  const said = saidSchema.parse(isProblem ? JSON.parse(response.body) : {});
  const problems = [...new Set(said.problems.map(({ code }) => code))].join(' ');
  telemetry.log.warn('request refused', {
    ...{ agencyId, route: request.routeKey, ids: idsIn(request) },
    ...{ status: response.statusCode, reason: said.code ?? 'refused', problems },
  });
};

type Answered = Readonly<{ agencyId: string; response: HttpResponse }>;

const forAdministrators = async (
  { now }: ApiDeps,
  request: HttpRequest,
  route: Route,
): Promise<Answered> => {
  const principal = principalSchema.safeParse(request.requestContext.authorizer?.lambda);
  const agencyId = principal.success ? principal.data.agencyId : 'unknown';
  if (principal.success && principal.data.role === 'administrator') {
    const call = { agencyId: principal.data.agencyId, request, now: now() };
    return { agencyId, response: await route(call) };
  }
  const message =
    "this route is for administrators; a head-end's token opens only the intake, and a liaison's its own feed";
  return { agencyId, response: refusal(403, { code: 'not-an-administrator', message }) };
};

/** A liaison's own feed and nobody else's; whether there is another is not told. */
const forLiaison = async (
  { now }: ApiDeps,
  request: HttpRequest,
  route: LiaisonRoute,
): Promise<Answered> => {
  const principal = principalSchema.safeParse(request.requestContext.authorizer?.lambda);
  const agencyId = principal.success ? principal.data.agencyId : 'unknown';
  if (principal.success && principal.data.role === 'liaison') {
    const { liaisonId } = principal.data;
    if (liaisonId === request.pathParameters.liaisonId) {
      const call = { agencyId: principal.data.agencyId, liaisonId, request, now: now() };
      return { agencyId, response: await route(call) };
    }
  }
  const message = 'this route is for the liaison that it names, under a token of its own';
  return { agencyId, response: refusal(403, { code: 'not-this-liaison', message }) };
};

const answerFor = (deps: ApiDeps, request: HttpRequest): Promise<Answered> | null => {
  const ofLiaisons = deps.liaisonRoutes[request.routeKey];
  if (ofLiaisons !== undefined) return forLiaison(deps, request, ofLiaisons);
  const route = deps.routes[request.routeKey];
  return route === undefined ? null : forAdministrators(deps, request, route);
};

/**
 * Input: a request to any route but the intake. Output: its answer. Course: find the route, see who
 * is asking, let the route answer; an id in a path that is none is refused before anything is read.
 */
export const run =
  (deps: ApiDeps) =>
  async (input: unknown): Promise<HttpResponse> => {
    const request = httpRequestSchema.parse(input);
    try {
      const linkRoute = deps.linkRoutes[request.routeKey];
      if (linkRoute !== undefined) {
        const source = request.requestContext.http?.sourceIp ?? 'unknown';
        const { link, code = link } = request.pathParameters;
        return await linkRoute(String(code), { source, now: deps.now() });
      }
      const answer = answerFor(deps, request);
      if (answer === null) {
        return refusal(404, { code: 'no-such-route', message: request.routeKey });
      }
      const { agencyId, response } = await answer;
      if (response.statusCode >= 400) noteRefusal(deps, { agencyId, request, response });
      return response;
    } catch (error) {
      // Record what is wrong with the request, or on record; anything else goes on and is answered
      // with "try again".
      if (error instanceof z.ZodError) return unreadable(error);
      if (!(error instanceof MalformedItem || error instanceof MissingDocument)) throw error;
      const at = { route: request.routeKey, ids: idsIn(request) };
      deps.telemetry.log.error('record cannot be read', { ...at, error: error.name });
      const message =
        'what is on record of this cannot be read, and nothing can be said of it: see whether the wearer is parked';
      return refusal(409, { code: 'record-unreadable', message });
    }
  };
