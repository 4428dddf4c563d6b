import { isoInstantSchema } from '#domain/model/instant.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import type { WorldWearer } from '#local/worlds/world.ts';

const { startsAt, endsAt } = DEMO_WORLD;

/** Whom an order joins the wearer with; null where it is about the wearer alone. */
export const otherOf = ({ order }: WorldWearer): string | null => {
  const joining = order?.conditions.map((condition) =>
    'protectedPersonId' in condition
      ? condition.protectedPersonId
      : 'otherWearerId' in condition
        ? condition.otherWearerId
        : null,
  );
  return joining?.find((id) => id !== null) ?? null;
};

/** A wearer with the device of whom their order joins them with as the second. */
const withOther = (wearer: WorldWearer): WorldWearer => {
  const other = DEMO_WORLD.wearers.find(({ wearerId }) => wearerId === otherOf(wearer));
  if (other === undefined) return wearer;
  return {
    ...wearer,
    devices: [...wearer.devices, ...other.devices],
    events: [...wearer.events, ...other.events],
  };
};

/** The day of a wearer of the demo world as made days are: each event with the device it is of. */
export const asDay = (alone: WorldWearer): MadeDay => {
  const wearer = withOther(alone);
  const { devices, outages = [] } = wearer;
  return {
    ...{ rule: 'curfew-absence', startsAt, endsAt, truth: [] },
    ...{ zones: wearer.zones, timetables: wearer.timetables },
    order: wearer.order ?? { conditions: [] },
    permissions: wearer.permissions ?? [],
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
