import { requestsAlone } from '../ingest/allowance.ts';

/**
 * Messages of one liaison in a minute. Of a storm of 500 incidents in one minute, each with a
 * receipt, an answer and that it is live, come 1,500; a third more is for what is sent again.
 */
export const MESSAGE_LIMITS = requestsAlone(2_000);

/**
 * Everything else that one liaison asks in a minute. The same 500 incidents, acknowledged one by
 * one and read one by one, are 1,000 calls; two systems that look each second are 120.
 */
export const CALL_LIMITS = requestsAlone(1_200);
