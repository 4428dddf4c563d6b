import { type Instant, instant } from '#domain/model/instant.ts';

/**
 * An instant as a world writes it: ISO 8601 with the offset that holds there. Throws on any other
 * text.
 */
export const moment = (iso: string): Instant => {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(iso)) throw new Error(`${iso} has no offset from UTC.`);
  return instant(Date.parse(iso));
};
