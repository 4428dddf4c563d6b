import * as z from 'zod';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { LocalFunction } from '../functions/local-function.ts';
import type { HttpRequest } from './http-request.ts';

export type AuthorizerDecision =
  | { decision: 'allowed'; context: Record<string, unknown> }
  | { decision: 'no-identity' | 'denied' | 'failed' };

export type AuthorizerSettings = {
  /** Names of headers, in lower case, that must be there and that the cache goes by. */
  identityHeaders: readonly string[];
  cacheSeconds: number;
};

/**
 * Asks a function whether a request may pass. `eventFor` builds its event from the identity values.
 */
export type LocalAuthorizer = (
  request: HttpRequest,
  eventFor: (identitySource: string[]) => unknown,
) => Promise<AuthorizerDecision>;

export type AuthorizerParts = {
  settings: AuthorizerSettings;
  target: LocalFunction;
  clock: MovableClock;
};

const responseSchema = z.looseObject({
  isAuthorized: z.boolean(),
  context: z.record(z.string(), z.unknown()).nullish(),
});

/** A REQUEST authorizer with simple responses; its decisions are kept as long as the clock says. */
export const createAuthorizer = ({ settings, target, clock }: AuthorizerParts): LocalAuthorizer => {
  const cache = new Map<string, { decision: AuthorizerDecision; until: Instant }>();

  const ask = async (event: unknown): Promise<AuthorizerDecision> => {
    const result = await target.invoke(event);
    if (result.outcome !== 'success') return { decision: 'failed' };
    const parsed = responseSchema.safeParse(result.payload);
    if (!parsed.success) return { decision: 'failed' };
    const { isAuthorized, context } = parsed.data;
    return isAuthorized ? { decision: 'allowed', context: context ?? {} } : { decision: 'denied' };
  };

  return async (request, eventFor) => {
    const identity = settings.identityHeaders.map((name) => request.headers[name] ?? '');
    if (identity.includes('')) return { decision: 'no-identity' };
    const key = JSON.stringify(identity);
    const cached = cache.get(key);
    if (cached !== undefined && clock.now() < cached.until) return cached.decision;
    const decision = await ask(eventFor(identity));
    if (settings.cacheSeconds > 0 && decision.decision !== 'failed') {
      cache.set(key, { decision, until: secondsAfter(clock.now(), settings.cacheSeconds) });
    }
    return decision;
  };
};
