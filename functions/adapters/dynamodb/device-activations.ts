import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId, HeadEndId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationPhaseAt, activationSchema } from '#domain/model/wearer.ts';
import { readJson, text } from './items.ts';
import { devicePk } from './keys.ts';
import { queryAll } from './query.ts';

/** As long as an activation itself is: evaluation checks it again. */
const CACHED_MILLISECONDS = 30_000;
const MOST_CACHED = 50_000;

/** A device as a head-end names it. */
export type DeviceName = Readonly<{
  agencyId: AgencyId;
  headEndId: HeadEndId;
  deviceSerial: string;
}>;

type Cached = Readonly<{ activations: readonly Activation[]; readAt: Instant }>;

/** By a clock that was put back what was read ahead of it is not known to be young. */
const isFresh = ({ readAt }: Cached, now: Instant): boolean =>
  readAt <= now && now < readAt + CACHED_MILLISECONDS;

const covers = (activations: readonly Activation[], instants: readonly Instant[]): boolean =>
  instants.every((at) => activations.some((one) => activationPhaseAt(one, at) === 'active'));

/** Finds activations by the device, for clients that know of devices alone: one query a device. */
export const deviceActivations = (client: DynamoDBClient, TableName: string) => {
  const cache = new Map<string, Cached>();

  const read = async (device: DeviceName): Promise<readonly Activation[]> => {
    const items = await queryAll(client, {
      TableName,
      KeyConditionExpression: 'pk = :device',
      ExpressionAttributeValues: { ':device': text(devicePk(device)) },
      ConsistentRead: true,
    });
    return items.map((item) => readJson(item, 'body', activationSchema));
  };

  /**
   * All activations that a device has had, for events of these instants. What is remembered serves
   * only where the device was on somebody at each of them: one put a moment ago counts at once.
   */
  return async (
    device: DeviceName,
    instants: readonly Instant[],
    now: Instant,
  ): Promise<readonly Activation[]> => {
    const name = devicePk(device);
    const cached = cache.get(name);
    if (cached !== undefined && isFresh(cached, now) && covers(cached.activations, instants)) {
      return cached.activations;
    }
    const found = await read(device);
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(name, { activations: found, readAt: now });
    return found;
  };
};
export type LoadDeviceActivations = ReturnType<typeof deviceActivations>;
