import { isoInstantSchema, toIso } from '../model/instant.ts';

/** An instant as CAP 1.2 writes UTC: whole seconds, and `-00:00`, never `Z`. */
export const capTime = (iso: string): string =>
  `${toIso(isoInstantSchema.parse(iso)).slice(0, 19)}-00:00`;
