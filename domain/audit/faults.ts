import * as z from 'zod';
import { alertIdSchema } from '../model/ids.ts';
import { instantSchema } from '../model/instant.ts';

/** What can be wrong with the system itself, each in the words that the duty manager reads. */
export const FAULTS = {
  'feeds-silent': 'Nothing comes of any head-end',
  'events-refused': 'Events are not accepted',
  'evaluation-late': 'Evaluation is late',
  'wearers-parked': 'Wearers cannot be evaluated, and nobody watches them',
  'alerts-late': 'Escalation is late',
  'alerts-without-step': 'Alerts have no next step',
  'pages-late': 'Paging is late',
  'pages-lost': 'Pages are missing from the outbox',
  'pages-failing': 'Paging fails',
  'test-alert-lost': 'The test alert did not come back',
  'canary-silent': 'The canary is silent',
  'auditor-silent': 'The auditor is silent',
  'tables-unread': 'The tables cannot be read',
} as const;

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

/** What a fault's count counts, one and many; absent where there is nothing to count. */
export const COUNTED: Readonly<Partial<Record<Fault, readonly [one: string, many: string]>>> = {
  'evaluation-late': ['wearer', 'wearers'],
  'wearers-parked': ['wearer', 'wearers'],
  'alerts-late': ['alert', 'alerts'],
  'alerts-without-step': ['alert', 'alerts'],
  'pages-late': ['message', 'messages'],
  'pages-lost': ['page', 'pages'],
  'pages-failing': ['page', 'pages'],
};

/** Who looks: the auditor at what is kept, the canary at what comes back; each at the other. */
export const watcherSchema = z.enum(['auditor', 'canary']);
export type Watcher = z.infer<typeof watcherSchema>;

/** What each looks at: only they say that it is over. */
export const LOOKS_AT: Readonly<Record<Watcher, readonly Fault[]>> = {
  auditor: [
    ...(['feeds-silent', 'evaluation-late', 'wearers-parked', 'alerts-late'] as const),
    ...(['alerts-without-step', 'pages-late', 'pages-lost', 'pages-failing'] as const),
    ...(['canary-silent', 'tables-unread'] as const),
  ],
  canary: ['events-refused', 'test-alert-lost', 'auditor-silent'],
};

/** So many alerts are named; the rest are counted. */
export const MOST_NAMED = 20;

export const findingSchema = z.object({
  fault: faultSchema,
  sinceAt: instantSchema,
  /** Of what, `COUNTED` says. */
  count: z.number().int().min(1),
  alertIds: z.array(alertIdSchema).max(MOST_NAMED),
});
export type Finding = z.infer<typeof findingSchema>;
