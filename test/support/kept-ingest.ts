import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { ActivationId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { unpackEvents } from '#domain/trail/pack-events.ts';
import { evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { type IngestDeps, run } from '#functions/ingest/run.ts';
import { later, T } from './alerts.ts';
import { type Asked, HEAD_END, httpRequest } from './http.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';

/** An activation whose device has its id as serial, unless `fields` say otherwise. */
export const activation = (activationId: string, wearerId: string, fields = {}): Activation =>
  activationSchema.parse({
    activationId,
    wearerId,
    headEndId: 'head-end',
    deviceSerial: activationId,
    startsAt: later(-60 * 86_400),
    endsAt: null,
    ...fields,
  });

type World = Readonly<{
  activations: readonly Activation[];
  now?: Instant;
  deps?: Partial<IngestDeps>;
}>;

export const eventsIn = (message: unknown): readonly (readonly [string, DeviceEvent])[] => {
  const parsed = evaluateMessageSchema.parse(message);
  if (parsed.kind !== 'events') return [];
  return unpackEvents(Buffer.from(parsed.packed, 'base64')).map((event) => [
    parsed.wearerId,
    event,
  ]);
};

/** The intake over activations in memory, with a queue that keeps what it is sent. */
export const keptIngest = ({ activations, now = T, deps = {} }: World) => {
  const sent: unknown[] = [];
  const told = recordedTelemetry();
  const byId = new Map(activations.map((one) => [one.activationId, one]));
  const handle = run({
    now: () => now,
    loadActivations: async (_, ids) =>
      new Map(
        ids.flatMap((id): [ActivationId, Activation][] => {
          const found = byId.get(id);
          return found === undefined ? [] : [[id, found]];
        }),
      ),
    loadDeviceActivations: async ({ headEndId, deviceSerial }) =>
      activations.filter((one) => one.headEndId === headEndId && one.deviceSerial === deviceSerial),
    noteFeed: async () => undefined,
    takeAllowance: async () => ({ waitSeconds: 0, counterFailed: null }),
    events: {
      sendAll: async (messages) => {
        sent.push(...messages);
      },
    },
    telemetry: told.telemetry,
    ...deps,
  });
  const post = (routeKey: string, asked: Omit<Asked, 'routeKey'> = {}) =>
    handle(httpRequest({ routeKey, who: HEAD_END, ...asked }));
  /** What was queued, unpacked: each event with its wearer. */
  const queued = () => sent.flatMap(eventsIn);
  return { handle, post, queued, sent, ...told };
};
