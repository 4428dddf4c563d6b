import * as z from 'zod';

/** What is held of a wearer, parted by how long it is needed. */
export const dataClassSchema = z.enum([
  'trail',
  'record',
  'found',
  'decisions',
  'plans',
  'concerns',
  'reports',
  'disclosures',
  'readings',
  'texts',
  'imports',
  'wearer',
]);
export type DataClass = z.infer<typeof dataClassSchema>;
export const DATA_CLASSES = dataClassSchema.options;

/** How long something is kept unless the agency says otherwise, and on what that rests. */
export type UsualDays = Readonly<{
  /** What of a wearer is of this class. */
  holds: string;
  days: number;
  leastDays: number;
  source: string;
}>;

/** Six years, as the code of the Ministry of Justice writes them. */
export const SIX_YEARS_DAYS = 2_192;
/** Somebody may be under one of these for life. */
export const MOST_DAYS = 36_525;

const AFTER_ORDERS = 'electronic monitoring records are kept for six years after the order';
const OURS = 'ours: as long as what it explains';
/** A month, so that a slip in a policy can be put right before anything has gone. */
const LEAST_DAYS = 28;
/** A log of who was told or read something has to be there for an audit. */
const AUDIT_DAYS = 365;

const usual = (holds: string, more: Partial<Omit<UsualDays, 'holds'>> = {}): UsualDays => ({
  ...{ holds, days: SIX_YEARS_DAYS, leastDays: LEAST_DAYS, source: OURS },
  ...more,
});

/** The usual policy: days after the last order has ended, and after the item's own date. */
export const USUAL_DAYS: Readonly<Record<DataClass, UsualDays>> = {
  trail: usual('where devices were and what they said, in the table and in the archive', {
    source: AFTER_ORDERS,
  }),
  record: usual('entries of the record that are of no other class', {
    ...{ leastDays: AUDIT_DAYS, source: AFTER_ORDERS },
  }),
  found: usual('violations, alerts and their pages', { source: AFTER_ORDERS }),
  decisions: usual('decisions, letters, tasks and case notes'),
  plans: usual('plans, assessments, supervision levels and sections of parole reports'),
  concerns: usual('concerns for welfare', {
    source: '2,192 days for concern material, in the check-in code of the Ministry of Justice',
  }),
  reports: usual('reports that were made'),
  disclosures: usual('what was told, sent or handed over outside', { leastDays: AUDIT_DAYS }),
  readings: usual('who read what, and why', { leastDays: AUDIT_DAYS }),
  texts: usual('text messages from and to the wearer', {
    days: 28,
    source:
      'ours, after the 28 days for non-matching images in the check-in code of the Ministry of ' +
      'Justice: what matters of a text is a case note by then',
  }),
  imports: usual('what other systems said'),
  wearer: usual('name, number, orders, devices, permissions, visits and places', {
    source: `${AFTER_ORDERS}; never before everything else of the wearer`,
  }),
};
