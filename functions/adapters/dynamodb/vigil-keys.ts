import type { AgencyId } from '#domain/model/ids.ts';

/** The one item of what an agency's auditor and canary remember; in a table of its own. */
export const vigilPk = (agencyId: AgencyId): string => `${agencyId}#VIGIL`;
