/** How far a liaison's clock may be ahead of ours, seconds. */
export const MOST_AHEAD_SECONDS = 300;

/**
 * How long a message may be under way, and how long before an incident was sent an answer to it may
 * be dated, seconds: their clock may be behind ours.
 */
export const MOST_BEHIND_SECONDS = 900;
