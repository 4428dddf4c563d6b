import type { DeviceEvent } from '#domain/model/device-event.ts';
import { unpackEvents } from '#domain/trail/pack-events.ts';
import { type Item, readBinary } from './items.ts';

const known = new WeakMap<Item, readonly DeviceEvent[]>();

/** The events of an item of the trail, unpacked once: that is most of the work of archiving it. */
export const eventsOf = (item: Item): readonly DeviceEvent[] => {
  const events = known.get(item) ?? unpackEvents(readBinary(item, 'inputs'));
  known.set(item, events);
  return events;
};
