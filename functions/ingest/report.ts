import type { Telemetry } from '../adapters/log/log.ts';
import type { HeadEnd } from '../middleware/http.ts';
import type { Outcome } from './reading.ts';

const listed = (words: readonly string[]): string => [...new Set(words)].sort().join(' ');

/** Counts what became of a POST, and says why whatever was not taken was not. */
export const report = (
  { measure, log }: Telemetry,
  { tokenId }: HeadEnd,
  { accepted, refused, ignored }: Outcome,
): void => {
  if (accepted > 0 || refused.length > 0) measure('eventsAccepted', accepted);
  if (ignored.length > 0) {
    measure('messagesIgnored', ignored.length);
    const why = listed(ignored.map((one) => one.why)).slice(0, 500);
    log.info('messages ignored', { tokenId, ignored: ignored.length, why });
  }
  if (refused.length === 0) return;
  measure('eventsRefused', refused.length);
  for (const [code, ones] of Map.groupBy(refused, (one) => one.code)) {
    measure(`eventsRefused-${code}`, ones.length);
  }
  const codes = listed(refused.map(({ code }) => code));
  log.warn('events refused', { tokenId, accepted, refused: refused.length, codes });
};
