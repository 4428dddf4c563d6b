import { type Disclosable, disclosableSchema, type Liaison } from '../model/liaison.ts';
import type { LiaisonEvent } from './event.ts';
import { headlineOf } from './headline.ts';

type Policy = Pick<Liaison, 'fields'>;

/** What of an event a policy lets through: its parts by name, as far as the event has them. */
export const disclosedParts = (event: LiaisonEvent, { fields }: Policy): Disclosable[] =>
  disclosableSchema.options.filter((part) => fields.includes(part) && event[part] !== undefined);

/**
 * An event as one recipient may have it: every part that its policy does not name is gone, and the
 * headline is made of the rest. Whatever is sent is rendered from this, so nothing more can be in
 * it.
 */
export const disclose = (event: LiaisonEvent, policy: Policy): LiaisonEvent => {
  const rest: LiaisonEvent = { ...event };
  const parts = disclosedParts(event, policy);
  for (const part of disclosableSchema.options) if (!parts.includes(part)) delete rest[part];
  return { ...rest, headline: headlineOf(rest) };
};
