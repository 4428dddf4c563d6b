import * as z from 'zod';
import type { ApiClient } from '#local/replay/api-client.ts';
import { putPerson } from '#local/replay/put-person.ts';

const ORDER = {
  type: 'community',
  legalBasis: 'bench',
  startsAt: '2026-01-01T00:00:00Z',
  timeZone: 'Europe/London',
  responsibleOfficer: 'officer',
  policyId: 'usual',
  deviceCare: null,
  earlySigns: null,
  conditions: [{ conditionId: 'zone', kind: 'exclusion-zone', zoneId: 'zone' }],
};

/** Puts on record what the wearers of a bench share: officer, policy, a zone round a centre. */
export const setUpOffice = async (
  api: ApiClient,
  centre: Readonly<{ lat: number; lon: number }>,
): Promise<void> => {
  const mobile = '+447700900001';
  await putPerson(api, { personId: 'officer', name: 'Officer', role: 'officer', mobile });
  await api.put('/v1/policies/usual', {
    name: 'usual',
    steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
    lastResort: { personIds: ['officer'], everySeconds: 86_400 },
  });
  const shape = { type: 'Circle', centre, radiusMetres: 300 };
  await api.put('/v1/zones/zone', { name: 'Zone', kind: 'exclusion', shape });
};

/** Puts one wearer on record, kept from the zone, with a device and activation of the same id. */
export const setUpWearer = async (api: ApiClient, id: string): Promise<void> => {
  const path = `/v1/wearers/${id}`;
  await api.put(path, { name: `Bench ${id}` });
  const activation = { headEndId: 'bench', deviceSerial: id, startsAt: ORDER.startsAt };
  await api.put(`${path}/activations/${id}`, activation);
  await api.put(`${path}/orders/order`, ORDER);
};

/** Makes a token for the head-end of those devices. */
export const makeHeadEndToken = async (api: ApiClient): Promise<string> => {
  const made = await api.post('/v1/tokens', { role: 'head-end', headEndId: 'bench' });
  return z.object({ token: z.string() }).parse(made).token;
};
