import { requestsAlone } from '../ingest/allowance.ts';

/**
 * Messages of one liaison in a minute. Of a storm of 500 incidents in one minute, each with a
 * receipt, an answer and that it is live, come 1,500. Each sandbox takes a sixtieth at a time and
 * may leave it unused: of twice as much the storm still fits where thirty are at work.
 */
export const MESSAGE_LIMITS = requestsAlone(3_000);

/**
 * Everything else that one liaison asks in a minute. The same 500 incidents, acknowledged one by
 * one and read one by one, are 1,000 calls; two systems that look each second are 120. Twice that,
 * as above, and some.
 */
export const CALL_LIMITS = requestsAlone(2_400);
