import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { getDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

const SHARED = {
  ZONE: { parameter: 'zoneId', what: 'this zone' },
  'ZONE-LIST': { parameter: 'zoneListId', what: 'this zone list' },
  TIMETABLE: { parameter: 'timetableId', what: 'this timetable' },
  THRESHOLDS: { parameter: 'thresholdPolicyId', what: 'this threshold policy' },
  PERSON: { parameter: 'personId', what: 'this person' },
  HOLIDAYS: { parameter: 'holidaysId', what: 'these holidays' },
  ROTA: { parameter: 'rotaId', what: 'this rota' },
  LIAISON: { parameter: 'liaisonId', what: 'this liaison' },
  POLICY: { parameter: 'policyId', what: 'this policy' },
} as const;

/** A document that wearers share, as it now stands. */
export const getShared =
  ({ documents }: Readonly<{ documents: Documents }>, kind: keyof typeof SHARED): Route =>
  ({ agencyId, request }) => {
    const { parameter, what } = SHARED[kind];
    const id = String(request.pathParameters[parameter]);
    return getDocument(documents, sharedKey(agencyId, kind, id), what);
  };
