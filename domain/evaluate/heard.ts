import * as z from 'zod';
import {
  type Instant,
  instantSchema,
  laterOf,
  secondsAfter,
  secondsBetween,
} from '../model/instant.ts';

/**
 * When anything of the wearer was received, by our clock: stretches in which no silence lasted
 * longer than `UNBROKEN_SECONDS`. Receipts of what was recorded until now may lie ahead, for an
 * upload may come long after; so the stretches do too.
 */
export const heardSchema = z.array(z.object({ fromAt: instantSchema, toAt: instantSchema }));
export type Heard = z.infer<typeof heardSchema>;

/** No silence as short as this is ever asked about: receipts nearer than this are one stretch. */
export const UNBROKEN_SECONDS = 900;

/** The receipts known, with one more. The same for the same receipts in whatever order. */
export const withReceipt = (heard: Heard, receivedAt: Instant): Heard => {
  const [only] = heard;
  const isKnown = only !== undefined && receivedAt >= only.fromAt && receivedAt <= only.toAt;
  const isSame = isKnown && heard.length === 1;
  return isSame ? heard : withReceiptWithin(UNBROKEN_SECONDS, heard, receivedAt);
};

/** The same, where shorter silences are asked about. */
export const withReceiptWithin = (
  unbrokenSeconds: number,
  heard: Heard,
  receivedAt: Instant,
): Heard => {
  const isNear = ({ fromAt, toAt }: Heard[number]): boolean =>
    receivedAt >= secondsAfter(fromAt, -unbrokenSeconds) &&
    receivedAt <= secondsAfter(toAt, unbrokenSeconds);
  const near = heard.filter(isNear);
  const joined = {
    fromAt: near.reduce((at, { fromAt }) => (fromAt < at ? fromAt : at), receivedAt),
    toAt: near.reduce((at, { toAt }) => laterOf(at, toAt), receivedAt),
  };
  return [...heard.filter((stretch) => !isNear(stretch)), joined].sort(
    (a, b) => a.fromAt - b.fromAt,
  );
};

/** What still matters at an instant: the stretch that began last by then, and those ahead. */
export const heardFrom = (heard: Heard, at: Instant): Heard => {
  const begun = heard.findLastIndex(({ fromAt }) => fromAt <= at);
  return begun <= 0 ? heard : heard.slice(begun);
};

/** Since when nothing had been received at an instant; null while something was, or never had. */
export const silentSince = (heard: Heard, at: Instant): Instant | null => {
  const begun = heard.findLast(({ fromAt }) => fromAt <= at);
  return begun === undefined || at <= begun.toAt ? null : begun.toAt;
};

/** The first instant after `at` at which silence has lasted so long, seconds; null if none is. */
export const silenceDueAt = (heard: Heard, at: Instant, seconds: number): Instant | null => {
  for (const [i, { toAt }] of heard.entries()) {
    const dueAt = secondsAfter(toAt, seconds);
    const next = heard[i + 1];
    const isBroken = next !== undefined && secondsBetween(toAt, next.fromAt) <= seconds;
    if (dueAt > at && !isBroken) return dueAt;
  }
  return null;
};

/** The first receipt after an instant that follows a silence; null where none is known. */
export const heardAgainAt = (heard: Heard, at: Instant): Instant | null =>
  heard.find(({ fromAt }) => fromAt > at)?.fromAt ?? null;
