import * as z from 'zod';

/** The documents that are made from the record. All but the dashboard are about one wearer. */
export const reportKindSchema = z.enum([
  'breach-pack',
  'witness-statement',
  'progress-report',
  'parole-report',
  'weekly-log',
  'dashboard',
]);
export type ReportKind = z.infer<typeof reportKindSchema>;

/** Whether a kind of report is about the agency, not about one wearer. */
export const isOfAgency = (kind: ReportKind): boolean => kind === 'dashboard';
