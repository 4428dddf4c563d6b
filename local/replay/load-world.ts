import * as z from 'zod';
import { toIso } from '#domain/model/instant.ts';
import type { World, WorldWearer } from '../worlds/world.ts';
import type { ApiClient } from './api-client.ts';
import { putPerson } from './put-person.ts';

const tokenSchema = z.object({ token: z.string() });

const loadWearer = async (api: ApiClient, world: World, wearer: WorldWearer): Promise<void> => {
  const { wearerId, name, mobile, isProtected } = wearer;
  const path = `/v1/wearers/${wearerId}`;
  for (const zone of wearer.zones) await api.put(`/v1/zones/${zone.zoneId}`, zone);
  for (const timetable of wearer.timetables) {
    await api.put(`/v1/timetables/${timetable.timetableId}`, timetable);
  }
  await api.put(path, {
    name,
    ...(mobile === undefined ? {} : { mobile }),
    ...(isProtected === undefined ? {} : { kind: 'protected-person' }),
  });
  for (const { activationId, deviceSerial, startsAt, endsAt } of wearer.devices) {
    await api.put(`${path}/activations/${activationId}`, {
      ...{ headEndId: world.headEndId, deviceSerial, startsAt: toIso(startsAt ?? world.startsAt) },
      ...(endsAt === undefined ? {} : { endsAt: toIso(endsAt) }),
    });
  }
};

/** Once everybody is on record: an order may name somebody whom the wearer must keep away from. */
const loadOrder = async (api: ApiClient, wearer: WorldWearer): Promise<void> => {
  const { wearerId, order } = wearer;
  const path = `/v1/wearers/${wearerId}`;
  if (order !== null) await api.put(`${path}/orders/${order.orderId}`, order);
  for (const permission of wearer.permissions ?? []) {
    await api.put(`${path}/permissions/${permission.permissionId}`, permission);
  }
};

/**
 * Puts everything of a world on record through the HTTP API, as an agency's own system would, and
 * makes a token for its head-end. Throws with the API's answer where it refuses something.
 */
export const loadWorld = async (api: ApiClient, world: World): Promise<string> => {
  for (const person of world.people) await putPerson(api, person);
  for (const { holidaysId, ...holidays } of world.holidays ?? []) {
    await api.put(`/v1/holidays/${holidaysId}`, holidays);
  }
  for (const rota of world.rotas) await api.put(`/v1/rotas/${rota.rotaId}`, rota);
  for (const policy of world.policies) await api.put(`/v1/policies/${policy.policyId}`, policy);
  for (const { liaisonId, ...liaison } of world.liaisons ?? []) {
    await api.put(`/v1/liaisons/${liaisonId}`, liaison);
  }
  for (const wearer of world.wearers) await loadWearer(api, world, wearer);
  for (const wearer of world.wearers) await loadOrder(api, wearer);
  const { headEndId } = world;
  const made = await api.post('/v1/tokens', { role: 'head-end', headEndId, label: world.name });
  return tokenSchema.parse(made).token;
};
