import * as z from 'zod';
import type { Instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { putPerson } from '#local/replay/put-person.ts';
import { DEMO_CONTEXT } from '#local/worlds/demo/context.ts';
import { APP, assemblyOf } from './assemblies.ts';

/** A stack whose clock stands at an instant, and its administrator. */
export const startStack = async (
  startAt: Instant,
  context: Readonly<Record<string, string>> = DEMO_CONTEXT,
): Promise<{ cloud: Cloud; office: ApiClient }> => {
  const cloud = await startCloud({
    appDirectory: APP,
    cloudAssembly: await assemblyOf(APP, context),
    clock: createClock({ mode: 'stopped', startAt }),
  });
  return { cloud, office: createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken')) };
};

const STARTS_AT = '2026-01-01T00:00:00Z';
const ORDER = {
  ...{ type: 'community', legalBasis: 'test', startsAt: STARTS_AT, timeZone: 'Europe/London' },
  ...{ responsibleOfficer: 'o-1', policyId: 'p-1', deviceCare: null, earlySigns: null },
};

/** Puts on record an officer and a wearer with an order and a device, whose head-end it returns. */
export const superviseOne = async (
  { apiUrl, settled }: Pick<Cloud, 'apiUrl' | 'settled'>,
  office: ApiClient,
  order: object,
): Promise<ApiClient> => {
  await putPerson(office, {
    ...{ personId: 'o-1', name: 'Officer', role: 'officer', mobile: '+447700900001' },
  });
  await office.put('/v1/policies/p-1', {
    name: 'usual',
    steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
    lastResort: { personIds: ['o-1'] },
  });
  await office.put('/v1/wearers/w-1', { name: 'Wearer' });
  await office.put('/v1/wearers/w-1/activations/a-1', {
    ...{ headEndId: 'head-end', deviceSerial: 'T-1', startsAt: STARTS_AT },
  });
  await office.put('/v1/wearers/w-1/orders/o-1', { ...ORDER, ...order });
  await settled();
  const made = await office.post('/v1/tokens', { role: 'head-end', headEndId: 'head-end' });
  return createApiClient(apiUrl, z.object({ token: z.string() }).parse(made).token);
};
