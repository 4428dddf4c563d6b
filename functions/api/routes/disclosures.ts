import { toIso } from '#domain/model/instant.ts';
import type { LoadDisclosures } from '../../adapters/dynamodb/disclosures.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type DisclosureRouteDeps = Readonly<{ loadDisclosures: LoadDisclosures }>;

const MOST_DAYS = 92;

/** What was told of a wearer to whom outside the agency, on which law and what for. */
export const listDisclosures =
  ({ loadDisclosures }: DisclosureRouteDeps): Route =>
  async (call) => {
    const period = readPeriod(call.request, call.now, MOST_DAYS);
    if (!period.ok) return unacceptable(period.problems);
    const found = await loadDisclosures(wearerOfPath(call), period.value);
    return jsonResponse(200, {
      disclosures: found.map(({ at, ...disclosed }) => ({ at: toIso(at), ...disclosed })),
    });
  };
