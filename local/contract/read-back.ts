import type { CloudEvent } from '#domain/liaison/cloud-event.ts';
import { type LiaisonEvent, liaisonEventSchema } from '#domain/liaison/event.ts';

/** The event of which a cloud event was made: nothing of it is lost on the way. */
export const eventOf = ({ data }: CloudEvent): LiaisonEvent => {
  const { position, ...rest } = data.properties;
  if (position === undefined) return liaisonEventSchema.parse(rest);
  if (position === null) return liaisonEventSchema.parse({ ...rest, position: null });
  const [lon, lat] = data.geometry?.coordinates ?? [];
  return liaisonEventSchema.parse({ ...rest, position: { ...position, lat, lon } });
};
