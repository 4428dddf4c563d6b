import { type Instant, laterOf } from '../model/instant.ts';
import {
  ageSeconds,
  isPending,
  type PageSeen,
  recipientName,
  scalarsOf,
  whyPending,
} from './on-record.ts';
import { plainName } from './plain-name.ts';
import { recipientWords } from './recipient-words.ts';
import type { TimelineEntry } from './timeline-entry.ts';

type About = Required<Pick<TimelineEntry, 'to' | 'pageId'>>;

/** A page that nobody has sent yet stands at the end, with how long it has waited, and why. */
const waitEntry = (seen: PageSeen, about: About, now: Instant): TimelineEntry => {
  const { page, waits } = seen;
  const reason = whyPending(seen, now);
  const age = ageSeconds(page.createdAt, now);
  return {
    ...{ ...about, at: laterOf(now, page.createdAt), what: 'page-pending', reason },
    words: `${recipientWords(about.to)}: waits for ${age} s (${plainName(reason)})`,
    details: { ageSeconds: age, ...scalarsOf(waits ?? {}, ['reason', 'at']) },
  };
};

const endEntry = ({ page, status, outcome, waits }: PageSeen, about: About): TimelineEntry => {
  const reason = outcome?.reason ?? waits?.reason;
  const why = reason === undefined ? '' : `: ${plainName(reason)}`;
  return {
    ...{ ...about, at: outcome?.at ?? page.createdAt, what: `page-${status}` },
    words: `${recipientWords(about.to)}: ${plainName(status)}${why}`,
    ...(reason === undefined ? {} : { reason }),
    details: scalarsOf(outcome ?? {}, ['status', 'at', 'reason']),
  };
};

/** That a page was written, what became of it, and what came back of it. */
export const pageEntries = (seen: PageSeen, now: Instant): TimelineEntry[] => {
  const { page, receipts, tries } = seen;
  const about = { to: recipientName(page.recipient), pageId: page.pageId };
  const words = `${plainName(page.purpose)} to ${recipientWords(about.to)}`;
  const written: TimelineEntry = {
    ...{ ...about, at: page.createdAt, what: 'page', words },
    details: scalarsOf({ purpose: page.purpose, step: page.step, loop: page.loop, tries }),
  };
  const came = receipts.map((receipt): TimelineEntry => {
    const words = `${recipientWords(about.to)}: ${plainName(receipt.state)}`;
    const details = scalarsOf(receipt, ['state', 'at']);
    return { ...about, at: receipt.at, what: `page-${receipt.state}`, words, details };
  });
  const end = isPending(seen) ? waitEntry(seen, about, now) : endEntry(seen, about);
  return [written, end, ...came];
};
