import type { Instant } from '../model/instant.ts';
import type { Scalars } from './on-record.ts';

/** One line of an alert's timeline. */
export type TimelineEntry = Readonly<{
  at: Instant;
  /** The type of the record's entry; or `nobody`, `page`, `page-<what became of it>`. */
  what: string;
  words: string;
  by?: string;
  /** The recipient, by channel and id. */
  to?: string;
  /** Why nobody, or not yet, or not at all: the text of the record as it stands. */
  reason?: string;
  pageId?: string;
  details: Scalars;
}>;
