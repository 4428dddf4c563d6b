import { type AdmittedEvent, admitEvent, isAdmitted } from '#domain/ingest/admit-event.ts';
import { isRead, type RawEvent, type RefusedEvent, readEvent } from '#domain/ingest/read-events.ts';
import { type ReportedEvent, underActivation } from '#domain/ingest/reported-event.ts';
import type { ActivationId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, deviceSerialSchema } from '#domain/model/wearer.ts';
import type { LoadActivations } from '../adapters/dynamodb/activations.ts';
import type { LoadDeviceActivations } from '../adapters/dynamodb/device-activations.ts';
import type { HeadEnd } from '../middleware/http.ts';
import type { Reading } from './reading.ts';

export type AdmitDeps = Readonly<{
  loadActivations: LoadActivations;
  loadDeviceActivations: LoadDeviceActivations;
}>;

export type Admitted = Readonly<{
  taken: readonly AdmittedEvent[];
  refused: readonly RefusedEvent[];
}>;

const isRaw = (placed: RawEvent | RefusedEvent): placed is RawEvent => !('code' in placed);

/** A client may send anything as a name; what no activation can hold is not looked up. */
const mayBeKnown = (deviceSerial: string): boolean =>
  deviceSerialSchema.safeParse(deviceSerial).success;

/** All activations of the devices that a client's messages name. */
const ofDevices = async (
  { loadDeviceActivations }: AdmitDeps,
  { agencyId, headEndId }: HeadEnd,
  { reported, now }: Readonly<{ reported: readonly ReportedEvent[]; now: Instant }>,
): Promise<Map<string, readonly Activation[]>> => {
  const serials = [...new Set(reported.map(({ deviceSerial }) => deviceSerial))].filter(mayBeKnown);
  const found = serials.map(async (deviceSerial) => {
    const device = { agencyId, headEndId, deviceSerial };
    return [deviceSerial, await loadDeviceActivations(device, now)] as const;
  });
  return new Map(await Promise.all(found));
};

/** Admits what a POST holds, event by event: each is taken, or refused with its reason. */
export const admitAll = async (
  deps: AdmitDeps,
  sender: HeadEnd,
  { reading, now }: Readonly<{ reading: Reading; now: Instant }>,
): Promise<Admitted> => {
  const { reported, refused } = reading.translation;
  const byDevice = await ofDevices(deps, sender, { reported, now });
  const placed = reported.map((event) =>
    underActivation(event, byDevice.get(event.deviceSerial) ?? []),
  );
  const read = [...reading.raw, ...placed.filter(isRaw)].map(readEvent);
  const known = new Map<ActivationId, Activation>(
    [...byDevice.values()].flat().map((one) => [one.activationId, one]),
  );
  const asked = read.flatMap((one) => (isRead(one) ? [one.event.activationId] : []));
  const unknown = asked.filter((id) => !known.has(id));
  const loaded = await deps.loadActivations(sender.agencyId, unknown, now);
  const judged = read.map((one) => {
    if (!isRead(one)) return one;
    const { activationId } = one.event;
    const activation = known.get(activationId) ?? loaded.get(activationId) ?? null;
    const { headEndId, deviceSerial = null } = sender;
    return admitEvent(one, { activation, headEndId, deviceSerial, receivedAt: now });
  });
  const notPlaced = placed.filter((one): one is RefusedEvent => !isRaw(one));
  const notAdmitted = judged.filter((one): one is RefusedEvent => !isAdmitted(one));
  return {
    taken: judged.filter(isAdmitted),
    refused: [...refused, ...notPlaced, ...notAdmitted].sort((a, b) => a.index - b.index),
  };
};
