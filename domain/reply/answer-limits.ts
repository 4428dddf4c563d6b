import { requestsAlone } from '../ingest/allowance.ts';

/** A person presses a button once, and once more where the network is bad. */
export const LINK_LIMITS = requestsAlone(6);
/** A whole office may come from one address; somebody who guesses comes from one as well. */
export const SOURCE_LIMITS = requestsAlone(60);
/**
 * Somebody in a storm of alerts answers one after another, and what comes faster waits. Whoever
 * feigns the number of somebody with five open codes guesses one within half an hour at best, and
 * every miss is answered to the phone itself.
 */
export const TEXT_LIMITS = requestsAlone(6);
