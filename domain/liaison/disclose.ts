import { isSameJson } from '../evaluate/same-json.ts';
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

/** What an event says that a reader goes by, as its policy has left it. */
const saidBy = (event: LiaisonEvent) => {
  const { type, status, class: about, severity } = event;
  // An update stands in place of what was raised, and says the same thing of it: that it is so.
  const standing = type === 'updated' ? 'raised' : type;
  const parts = disclosableSchema.options.map((part) => event[part]);
  return { standing, status, about, severity, parts };
};

/**
 * Whether an event says anything that the one which it would replace has not said: of both what is
 * disclosed, whatever their ids, numbers and times of issue. An update that is no news is noise,
 * and tells that something withheld has changed.
 */
export const isNews = (before: LiaisonEvent, after: LiaisonEvent): boolean =>
  !isSameJson(saidBy(before), saidBy(after));
