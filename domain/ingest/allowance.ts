import * as z from 'zod';
import { type Instant, instant, secondsBetween } from '../model/instant.ts';

export const WINDOW_MILLISECONDS = 60_000;

/** How much a token may send in each minute of the clock. */
export const limitsSchema = z.object({
  requestsPerMinute: z.number().int().min(1).max(1_000_000),
  /** At least as many as one POST may carry, or a full one could never be taken. */
  eventsPerMinute: z.number().int().min(1_000).max(100_000_000),
});
export type Limits = z.infer<typeof limitsSchema>;

/**
 * A head-end of 30,000 wearers sends 500 fixes a second in uploads of four: 7,500 requests and
 * 30,000 events a minute. Eight times and twenty times that leave room for a burst and a backlog.
 */
export const HEAD_END_LIMITS: Limits = { requestsPerMinute: 60_000, eventsPerMinute: 600_000 };
/** One device sends ten a minute at most; after a day without network it sends what it kept. */
export const DEVICE_LIMITS: Limits = { requestsPerMinute: 600, eventsPerMinute: 6_000 };

/** So many requests a minute, of what carries no events. */
export const requestsAlone = (requestsPerMinute: number): Limits => ({
  requestsPerMinute,
  eventsPerMinute: 0,
});

export type Amount = Readonly<{ requests: number; events: number }>;

/**
 * What one sandbox holds of a token's allowance in a minute, and whether the minute's last has
 * been given out.
 */
export type Purse = Readonly<{
  windowAt: Instant;
  held: Amount;
  isLast: Readonly<{ requests: boolean; events: boolean }>;
}>;

export type AllowanceStep =
  | Readonly<{ step: 'pass'; purse: Purse }>
  /** Ask the common counter for so much of this window. */
  | Readonly<{ step: 'lease'; purse: Purse; asked: Amount }>
  | Readonly<{ step: 'wait'; seconds: number }>;

const minuteOf = (now: Instant): Instant =>
  instant(Math.floor(now / WINDOW_MILLISECONDS) * WINDOW_MILLISECONDS);

/** The minute of `now`, or the next one where another POST has just opened it. */
const windowFor = (kept: Purse | null, now: Instant): Instant => {
  const at = minuteOf(now);
  return kept !== null && kept.windowAt === at + WINDOW_MILLISECONDS ? kept.windowAt : at;
};

const emptyPurse = (at: Instant): Purse => ({
  windowAt: at,
  held: { requests: 0, events: 0 },
  isLast: { requests: false, events: false },
});

/** A sixtieth of a minute's allowance at once: few calls at load, little left lying when idle. */
const blockOf = (limit: number, short: number): number => Math.max(short, Math.ceil(limit / 60));

/**
 * What to do with a POST: let it pass on what is held, ask the counter first, or send it back
 * until the next minute. A POST is sent back whole: nothing is taken for it.
 */
export const decideAllowance = (
  kept: Purse | null,
  limits: Limits,
  { needed, now }: Readonly<{ needed: Amount; now: Instant }>,
): AllowanceStep => {
  const at = windowFor(kept, now);
  const purse = kept !== null && kept.windowAt === at ? kept : emptyPurse(at);
  const requests = purse.held.requests - needed.requests;
  const events = purse.held.events - needed.events;
  if (requests >= 0 && events >= 0) {
    return { step: 'pass', purse: { ...purse, held: { requests, events } } };
  }
  const isOver = (requests < 0 && purse.isLast.requests) || (events < 0 && purse.isLast.events);
  if (isOver) {
    const seconds = secondsBetween(now, instant(at + WINDOW_MILLISECONDS));
    return { step: 'wait', seconds: Math.ceil(seconds) };
  }
  const asked = {
    requests: requests < 0 ? blockOf(limits.requestsPerMinute, -requests) : 0,
    events: events < 0 ? blockOf(limits.eventsPerMinute, -events) : 0,
  };
  return { step: 'lease', purse, asked };
};

/** What of `asked` the limit still covered, when the counter stood at `after` with it. */
const granted = (limit: number, asked: number, after: number): number =>
  Math.min(asked, Math.max(0, limit - (after - asked)));

/**
 * The purse with what the counter gave. The counter adds what is asked, whatever the limit: what
 * lies above the limit was not given, so all sandboxes together never hold more than it.
 */
export const withLease = (
  purse: Purse,
  limits: Limits,
  { asked, after }: Readonly<{ asked: Amount; after: Amount }>,
): Purse => {
  const requests = granted(limits.requestsPerMinute, asked.requests, after.requests);
  const events = granted(limits.eventsPerMinute, asked.events, after.events);
  return {
    windowAt: purse.windowAt,
    held: {
      requests: purse.held.requests + requests,
      events: purse.held.events + events,
    },
    isLast: {
      requests: purse.isLast.requests || requests < asked.requests,
      events: purse.isLast.events || events < asked.events,
    },
  };
};
