import { isoInstantSchema } from '#domain/model/instant.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import type { WorldWearer } from '#local/worlds/world.ts';

const { startsAt, endsAt } = DEMO_WORLD;

/** The day of a wearer of the demo world as made days are: each event with the device it is of. */
export const asDay = (wearer: WorldWearer): MadeDay => {
  const { devices, outages = [] } = wearer;
  return {
    ...{ rule: 'curfew-absence', startsAt, endsAt, truth: [] },
    ...{ zones: wearer.zones, timetables: wearer.timetables, order: wearer.order },
    devices: devices.map((device) => ({
      startsAt: device.startsAt ?? startsAt,
      endsAt: device.endsAt ?? null,
    })),
    events: wearer.events.map(({ activationId, sequence: _, ...event }) => {
      const at = isoInstantSchema.parse(event.recordedAt);
      const outage = outages.find(({ from, until }) => at >= from && at < until);
      const device = devices.findIndex((one) => one.activationId === activationId);
      return { ...event, device, ...(outage && { receivedAt: outage.until }) };
    }),
  };
};
