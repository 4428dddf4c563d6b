import type { ReportRouteDeps } from '#functions/api/routes/reports.ts';

const none = () => Promise.reject(new Error('this API keeps no reports'));

/** Where nobody asks for a report. */
export const NO_REPORTS: Omit<ReportRouteDeps, 'agencyId' | 'documents'> = {
  reportJobs: { ask: none, load: none, note: none, list: none, verified: none },
  reports: { sendAll: none },
  signLink: none,
};
