import { type AdmittedEvent, admitEvent, isAdmitted } from '#domain/ingest/admit-event.ts';
import {
  isRead,
  type RawEvent,
  type ReadEvent,
  type RefusedEvent,
  readEvent,
} from '#domain/ingest/read-events.ts';
import { type ReportedEvent, underActivation } from '#domain/ingest/reported-event.ts';
import type { ActivationId, AgencyId } from '#domain/model/ids.ts';
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
  const byDevice = Map.groupBy(reported, ({ deviceSerial }) => deviceSerial);
  const known = [...byDevice].filter(([deviceSerial]) => mayBeKnown(deviceSerial));
  const found = known.map(async ([deviceSerial, events]) => {
    const device = { agencyId, headEndId, deviceSerial };
    const instants = events.map(({ recordedAt }) => recordedAt);
    return [deviceSerial, await loadDeviceActivations(device, instants, now)] as const;
  });
  return new Map(await Promise.all(found));
};

/**
 * Whose an activation is never changes, and evaluation checks its interval again: one that was read
 * within the hour may admit. Nobody is refused by one that is older than half a minute.
 */
const MAY_ADMIT = { maxAgeSeconds: 3_600, consistency: 'eventual' } as const;
const MAY_REFUSE = { maxAgeSeconds: 30, consistency: 'strong' } as const;

type Judge = (read: ReadEvent, activation: Activation | null) => AdmittedEvent | RefusedEvent;

/** Admits events by what is remembered of their activations; looks again before it refuses one. */
const admitKnown = async (
  { loadActivations }: AdmitDeps,
  read: readonly ReadEvent[],
  { agencyId, now, judge }: Readonly<{ agencyId: AgencyId; now: Instant; judge: Judge }>,
): Promise<(AdmittedEvent | RefusedEvent)[]> => {
  const judgeWithin = async (
    some: readonly ReadEvent[],
    freshness: typeof MAY_ADMIT | typeof MAY_REFUSE,
  ) => {
    const ids = some.map(({ event }) => event.activationId);
    const loaded = await loadActivations(agencyId, ids, { now, ...freshness });
    return some.map((one) => judge(one, loaded.get(one.event.activationId) ?? null));
  };
  const first = await judgeWithin(read, MAY_ADMIT);
  const isDoubtful = (judged: AdmittedEvent | RefusedEvent | undefined): boolean =>
    judged !== undefined && !isAdmitted(judged) && judged.code.startsWith('activation-');
  const doubtful = read.filter((_, i) => isDoubtful(first[i]));
  if (doubtful.length === 0) return first;
  const again = await judgeWithin(doubtful, MAY_REFUSE);
  return [...first.filter((judged) => !isDoubtful(judged)), ...again];
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
  const judge: Judge = (one, activation) => {
    const { headEndId, deviceSerial = null } = sender;
    return admitEvent(one, { activation, headEndId, deviceSerial, receivedAt: now });
  };
  const readable = read.filter(isRead);
  const ofKnown = readable.filter(({ event }) => known.has(event.activationId));
  const others = readable.filter(({ event }) => !known.has(event.activationId));
  const judged = [
    ...read.filter((one): one is RefusedEvent => !isRead(one)),
    ...ofKnown.map((one) => judge(one, known.get(one.event.activationId) ?? null)),
    ...(await admitKnown(deps, others, { agencyId: sender.agencyId, now, judge })),
  ];
  const notPlaced = placed.filter((one): one is RefusedEvent => !isRaw(one));
  const notAdmitted = judged.filter((one): one is RefusedEvent => !isAdmitted(one));
  return {
    taken: judged.filter(isAdmitted).sort((a, b) => a.index - b.index),
    refused: [...refused, ...notPlaced, ...notAdmitted].sort((a, b) => a.index - b.index),
  };
};
