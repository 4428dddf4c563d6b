import * as z from 'zod';
import { alertIdSchema } from '../model/ids.ts';
import { instantSchema } from '../model/instant.ts';

/** Who looks: the auditor at what is kept, the canary at what comes back; each at the other. */
export const watcherSchema = z.enum(['auditor', 'canary']);
export type Watcher = z.infer<typeof watcherSchema>;

export const faultSchema = z.enum([
  'feeds-silent',
  'events-refused',
  'evaluation-late',
  'wearers-parked',
  'alerts-late',
  'alerts-without-step',
  'pages-late',
  'pages-lost',
  'pages-failing',
  'test-alert-lost',
  'canary-silent',
  'auditor-silent',
  'tables-unread',
]);
export type Fault = z.infer<typeof faultSchema>;

type FaultTold = Readonly<{
  /** What the duty manager reads. */
  words: string;
  /** Who looks at it: only they say that it is over. */
  seenBy: Watcher;
  /** What its count counts, one and many; absent where there is nothing to count. */
  counted?: readonly [one: string, many: string];
}>;

const WEARERS = ['wearer', 'wearers'] as const;
const ALERTS = ['alert', 'alerts'] as const;
const PAGES = ['page', 'pages'] as const;

/** What can be wrong with the system itself. */
export const FAULTS: Readonly<Record<Fault, FaultTold>> = {
  'feeds-silent': { words: 'Nothing comes of any head-end', seenBy: 'auditor' },
  'events-refused': { words: 'Events are not accepted', seenBy: 'canary' },
  'evaluation-late': { words: 'Evaluation is late', seenBy: 'auditor', counted: WEARERS },
  'wearers-parked': {
    words: 'Wearers cannot be evaluated, and nobody watches them',
    ...{ seenBy: 'auditor', counted: WEARERS },
  },
  'alerts-late': { words: 'Escalation is late', seenBy: 'auditor', counted: ALERTS },
  'alerts-without-step': {
    words: 'Alerts have no next step',
    ...{ seenBy: 'auditor', counted: ALERTS },
  },
  'pages-late': {
    words: 'Paging is late',
    ...{ seenBy: 'auditor', counted: ['message', 'messages'] },
  },
  'pages-lost': {
    words: 'Pages are missing from the outbox',
    ...{ seenBy: 'auditor', counted: PAGES },
  },
  'pages-failing': { words: 'Paging fails', seenBy: 'auditor', counted: PAGES },
  'test-alert-lost': { words: 'The test alert did not come back', seenBy: 'canary' },
  'canary-silent': { words: 'The canary is silent', seenBy: 'auditor' },
  'auditor-silent': { words: 'The auditor is silent', seenBy: 'canary' },
  'tables-unread': { words: 'The tables cannot be read', seenBy: 'auditor' },
};

/** So many alerts are named; the rest are counted. */
export const MOST_NAMED = 20;

export const findingSchema = z.object({
  fault: faultSchema,
  sinceAt: instantSchema,
  /** Of what, its fault says. */
  count: z.number().int().min(1),
  alertIds: z.array(alertIdSchema).max(MOST_NAMED),
});
export type Finding = z.infer<typeof findingSchema>;

/** A finding of which there is one, and of no alert. */
export const findingOf = (fault: Fault, sinceAt: Finding['sinceAt']): Finding => ({
  ...{ fault, sinceAt, count: 1, alertIds: [] },
});
