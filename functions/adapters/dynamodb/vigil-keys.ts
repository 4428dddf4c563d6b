import type { AgencyId } from '#domain/model/ids.ts';

/** What an agency's auditor and canary remember together; in a table of its own. */
export const vigilPk = (agencyId: AgencyId): string => `${agencyId}#VIGIL`;

/** Beside it, what the canary remembers of its rounds. */
export const canaryPk = (agencyId: AgencyId): string => `${agencyId}#CANARY`;

/** And the last day of which the auditor has reported. */
export const reportPk = (agencyId: AgencyId): string => `${agencyId}#REPORT`;
