import type { RawEvent, RefusedEvent } from '#domain/ingest/read-events.ts';
import type { IgnoredMessage, Translation } from '#domain/ingest/reported-event.ts';
import type { HeadEnd, HttpRequest, HttpResponse } from '../middleware/http.ts';

/** At most so many events, or messages of a client, in one POST. */
export const MOST_EVENTS = 1_000;

/** What one POST holds, read as far as that can be done without looking anything up. */
export type Reading = Readonly<{
  /** How much of the token's allowance it takes. */
  events: number;
  /** Events in our own form. */
  raw: readonly RawEvent[];
  /** Messages of a client that speaks another. */
  translation: Translation;
}>;

/** What became of it. */
export type Outcome = Readonly<{
  accepted: number;
  refused: readonly RefusedEvent[];
  ignored: readonly IgnoredMessage[];
}>;

/** A route of the intake: how its bodies are read, and how its senders are answered. */
export type Door = Readonly<{
  read: (request: HttpRequest, sender: HeadEnd) => Reading | HttpResponse;
  answer: (outcome: Outcome) => HttpResponse;
}>;
