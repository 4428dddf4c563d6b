import type { Limits } from '#domain/ingest/allowance.ts';
import { CALL_LIMITS, MESSAGE_LIMITS } from '#domain/liaison/feed-limits.ts';
import type { TakeAllowance } from '../adapters/dynamodb/allowances.ts';
import { liaisonAllowancePk } from '../adapters/dynamodb/transfer-keys.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import { type HttpResponse, refusal } from '../middleware/http.ts';
import type { LiaisonRoute } from './route.ts';

export type LimitedRouteDeps = Readonly<{ takeAllowance: TakeAllowance; telemetry: Telemetry }>;

const LIMITS = { MESSAGES: MESSAGE_LIMITS, CALLS: CALL_LIMITS } satisfies Record<string, Limits>;

const comeAgain = (waitSeconds: number): HttpResponse =>
  refusal(429, {
    code: 'too-many-requests',
    message: `this liaison has used up its minute, and nothing was taken: wait ${waitSeconds} s`,
    headers: { 'retry-after': String(waitSeconds) },
  });

/**
 * A route that one liaison may ask so often in a minute, under whichever of its tokens: what one
 * sends takes nothing from another. Messages are counted by themselves, so that nobody who reads
 * too much is kept from accepting. Where the counter cannot be reached, everything passes.
 */
export const limited =
  ({ takeAllowance, telemetry }: LimitedRouteDeps, what: keyof typeof LIMITS) =>
  (route: LiaisonRoute): LiaisonRoute =>
  async (call) => {
    const { agencyId, liaisonId, now } = call;
    const ids = { agencyId, liaisonId, what };
    const counter = { pk: liaisonAllowancePk(agencyId, liaisonId, what), limits: LIMITS[what] };
    const taken = await takeAllowance(counter, { requests: 1, events: 0 }, now);
    if (taken.counterFailed !== null) {
      telemetry.measure('allowanceCounterFailed', 1);
      telemetry.log.warn('allowance not counted', { ...ids, error: taken.counterFailed });
    }
    if (taken.waitSeconds === 0) return route(call);
    telemetry.measure('liaisonsLimited', 1);
    telemetry.log.warn('liaison limited', { ...ids, waitSeconds: taken.waitSeconds });
    return comeAgain(taken.waitSeconds);
  };
