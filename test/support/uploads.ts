import {
  type DeviceEvent,
  deviceEventSchema,
  sentEventSchema,
} from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { asKept } from '#domain/trail/pack-events.ts';
import { chance } from '#local/worlds/chance.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';

/** What one device brings at once. */
export type Upload = Readonly<{ at: Instant; of: string; events: readonly DeviceEvent[] }>;

export type Sent = Readonly<{
  seed: number;
  everySeconds: number;
  /** Whether all devices upload at the same instants. */
  isTogether: boolean;
  /** An upload takes up to so long to reach us. */
  lagSeconds: number;
  /** So many uploads in a hundred come again later. */
  repeatPercent: number;
}>;

/** A made day as its devices upload it, in the order of receipt. */
export const uploadsOf = ({ events }: MadeDay, sent: Sent): Upload[] => {
  const { seed, everySeconds, isTogether, lagSeconds, repeatPercent } = sent;
  const every = everySeconds * 1000;
  const made = events.map((event, i) => {
    const { device = 0, receivedAt: _, ...body } = event;
    const phase = isTogether ? 0 : Math.floor(chance(seed, device, 1) * every);
    const left = Math.ceil((Date.parse(event.recordedAt) - phase) / every);
    const lag = isTogether ? 0 : Math.round(lagSeconds * chance(seed, device, left, 2));
    const receivedAt = secondsAfter(instant(left * every + phase), lag);
    const activationId = `a-${device + 1}`;
    const checked = sentEventSchema.parse({ ...body, activationId, sequence: i });
    return { left, event: asKept(deviceEventSchema.parse({ ...checked, receivedAt })) };
  });
  const uploads = [
    ...Map.groupBy(made, ({ left, event }) => `${left} ${event.activationId}`).values(),
  ].flatMap((some, i): Upload[] => {
    const [first] = some;
    if (first === undefined) return [];
    const { receivedAt, activationId: of } = first.event;
    const upload = { at: receivedAt, of, events: some.map(({ event }) => event) };
    const again = secondsAfter(receivedAt, 1 + Math.round(900 * chance(seed, i, 3)));
    const isRepeated = chance(seed, i, 4) * 100 < repeatPercent;
    return isRepeated ? [upload, { ...upload, at: again }] : [upload];
  });
  return uploads.sort((a, b) => a.at - b.at);
};
