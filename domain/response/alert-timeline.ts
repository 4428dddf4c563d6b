import * as z from 'zod';
import { type Instant, instantSchema, laterOf, toIso } from '../model/instant.ts';
import { recipientKey, recipientSchema } from '../model/recipient.ts';
import { wordsOf } from './event-words.ts';
import {
  ageSeconds,
  isPending,
  type PageSeen,
  type Recorded,
  type Scalars,
  scalarsOf,
} from './on-record.ts';

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

/** An alert's history as it is kept: the record in its order, and every page. */
export type KeptHistory = Readonly<{
  recorded: readonly Recorded[];
  pages: readonly PageSeen[];
}>;

const unreachedSchema = z.looseObject({
  unreached: z.array(z.looseObject({ reason: z.string() })),
});

/** Everybody whom a step came to nobody for. */
const nobodyEntries = (entry: Recorded): TimelineEntry[] => {
  const { data } = unreachedSchema.safeParse(entry);
  return (data?.unreached ?? []).map((one) => {
    const { reason, ...rest } = one;
    const details = { ...scalarsOf({ step: entry.step, loop: entry.loop }), ...scalarsOf(rest) };
    const whom = details.id ?? details.target ?? 'nobody';
    const words = `${whom} is not told: ${reason}`;
    return { at: entry.at, what: 'nobody', words, reason, details };
  });
};

const plannedSchema = z.looseObject({
  later: z.array(z.looseObject({ recipient: recipientSchema, dueAt: instantSchema.nullable() })),
});

/** The further channels of those whom a step told: each is tried only if it has to be. */
const plannedEntries = (entry: Recorded): TimelineEntry[] => {
  const { data } = plannedSchema.safeParse(entry);
  return (data?.later ?? []).map(({ recipient, ...rest }) => {
    const to = recipientKey(recipient);
    const when =
      rest.dueAt === null
        ? 'if an earlier channel of theirs fails'
        : `at ${toIso(rest.dueAt)}, unless it is in hand by then`;
    const words = `${to} is to be tried ${when}`;
    return { at: entry.at, what: 'further-channel', words, to, details: scalarsOf(rest) };
  });
};

const textOf = (entry: Recorded, ...names: readonly string[]): string | undefined =>
  names.map((name) => entry[name]).find((value): value is string => typeof value === 'string');

const eventEntries = (entry: Recorded): TimelineEntry[] => {
  const by = textOf(entry, 'by');
  const reason = textOf(entry, 'code', 'reason', 'why');
  const happened = {
    ...{ at: entry.at, what: entry.type, words: wordsOf(entry) },
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
    details: scalarsOf(entry, ['type', 'at', 'by']),
  };
  return [happened, ...nobodyEntries(entry), ...plannedEntries(entry)];
};

const pageEntries = (seen: PageSeen, now: Instant): TimelineEntry[] => {
  const { page, status, outcome, waits, receipts, tries } = seen;
  const about = { to: recipientKey(page.recipient), pageId: page.pageId };
  const written: TimelineEntry = {
    ...{ ...about, at: page.createdAt, what: 'page', words: `${page.purpose} to ${about.to}` },
    details: scalarsOf({ purpose: page.purpose, step: page.step, loop: page.loop, tries }),
  };
  const came = receipts.map((receipt): TimelineEntry => {
    const words = `${about.to}: ${receipt.state}`;
    const details = scalarsOf(receipt, ['state', 'at']);
    return { ...about, at: receipt.at, what: `page-${receipt.state}`, words, details };
  });
  if (isPending(seen)) return [written, waitEntry(seen, about, now), ...came];
  const reason = outcome?.reason ?? waits?.reason;
  const why = reason === undefined ? '' : `: ${reason}`;
  const ended: TimelineEntry = {
    ...{ ...about, at: outcome?.at ?? page.createdAt, what: `page-${status}` },
    words: `${about.to}: ${status}${why}`,
    ...(reason === undefined ? {} : { reason }),
    details: scalarsOf(outcome ?? {}, ['status', 'at', 'reason']),
  };
  return [written, ended, ...came];
};

/** A page that nobody has sent yet stands at the end, with how long it has waited, and why. */
const waitEntry = (
  { page, waits }: PageSeen,
  about: Pick<TimelineEntry, 'to' | 'pageId'>,
  now: Instant,
): TimelineEntry => {
  const reason = waits?.reason ?? 'not-sent-yet';
  const age = ageSeconds(page.createdAt, now);
  return {
    ...{ ...about, at: laterOf(now, page.createdAt), what: 'page-pending', reason },
    words: `${about.to}: waits for ${age} s (${reason})`,
    details: { ageSeconds: age, ...scalarsOf(waits ?? {}, ['reason', 'at']) },
  };
};

/**
 * Everything that happened to an alert, in the order of time; what is of one instant in the order
 * in which it was decided: what happened, then the pages of it, then what became of them.
 */
export const alertTimeline = ({ recorded, pages }: KeptHistory, now: Instant): TimelineEntry[] => {
  const ordered = pages.toSorted((a, b) => a.page.sequence - b.page.sequence);
  const entries = [
    ...recorded.flatMap(eventEntries),
    ...ordered.flatMap((seen) => pageEntries(seen, now)),
  ];
  return entries.sort((a, b) => a.at - b.at);
};
