import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Seen } from './rule.ts';

/** The instant from which the newest evidence says nothing of now. */
export const staleFrom = (newestEvidenceAt: Instant, staleAfterSeconds: number): Instant =>
  secondsAfter(newestEvidenceAt, staleAfterSeconds);

/** Whether there is no evidence, or none new enough to speak of `at`. */
export const isStale = ({ watch, newestEvidenceAt, at }: Seen): boolean =>
  newestEvidenceAt === null || at >= staleFrom(newestEvidenceAt, watch.staleAfterSeconds);
