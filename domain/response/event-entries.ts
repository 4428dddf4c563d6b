import * as z from 'zod';
import { instantSchema, toIso } from '../model/instant.ts';
import {
  type Recorded,
  recipientName,
  recipientSeenSchema,
  scalarsOf,
  textOf,
} from './on-record.ts';
import { outsideWords } from './outside-words.ts';
import { plainName } from './plain-name.ts';
import { recipientWords } from './recipient-words.ts';
import { recordWords } from './record-words.ts';
import type { TimelineEntry } from './timeline-entry.ts';

const unreachedSchema = z.looseObject({
  unreached: z.array(z.looseObject({ reason: z.string() })),
});

/** Everybody whom a step came to nobody for. */
const nobodyEntries = (entry: Recorded): TimelineEntry[] => {
  const { data } = unreachedSchema.safeParse(entry);
  return (data?.unreached ?? []).map((one) => {
    const { reason, ...rest } = one;
    const details = { ...scalarsOf({ step: entry.step, loop: entry.loop }), ...scalarsOf(rest) };
    const whom = details.id ?? details.target ?? 'nobody';
    const words = `${whom} is not told: ${plainName(reason)}`;
    return { at: entry.at, what: 'nobody', words, reason, details };
  });
};

const notesSchema = z.looseObject({
  contactNotes: z.array(
    z.looseObject({ personId: z.string(), channel: z.string(), why: z.string() }),
  ),
});

/** Channels of people that a step passed over, or used although they are not as they should be. */
const contactEntries = (entry: Recorded): TimelineEntry[] => {
  const { data } = notesSchema.safeParse(entry);
  return (data?.contactNotes ?? []).map(({ personId, channel, why }) => {
    const to = `${channel}.${personId}`;
    const words = `${recipientWords(to)}: ${plainName(why)}`;
    return { at: entry.at, what: 'contact', words, to, reason: why, details: {} };
  });
};

const plannedSchema = z.looseObject({
  later: z.array(
    z.looseObject({ recipient: recipientSeenSchema, dueAt: instantSchema.nullable() }),
  ),
});

/** The further channels of those whom a step told: each is tried only if it has to be. */
const plannedEntries = (entry: Recorded): TimelineEntry[] => {
  const { data } = plannedSchema.safeParse(entry);
  return (data?.later ?? []).map(({ recipient, ...rest }) => {
    const to = recipientName(recipient);
    const when =
      rest.dueAt === null
        ? 'if an earlier channel of theirs fails'
        : `at ${toIso(rest.dueAt)}, unless it is in hand by then`;
    const words = `${recipientWords(to)} is to be tried ${when}`;
    return { at: entry.at, what: 'further-channel', words, to, details: scalarsOf(rest) };
  });
};

const whySchema = z.looseObject({ why: z.string() });
const heldSchema = z.looseObject({ held: whySchema });
const openedHeldSchema = z.looseObject({ alert: heldSchema });

/** Why nobody is told, where it says so, or why it happened. */
const reasonOf = (entry: Recorded): string | undefined =>
  textOf(entry, 'code', 'reason', 'why') ??
  heldSchema.safeParse(entry).data?.held.why ??
  openedHeldSchema.safeParse(entry).data?.alert.held.why;

/** What happened, first; then whom it did not reach, and why. */
export const eventEntries = (entry: Recorded): [TimelineEntry, ...TimelineEntry[]] => {
  const outside = outsideWords(entry);
  const by = outside === null ? textOf(entry, 'by') : outside.by;
  const reason = outside?.reason ?? reasonOf(entry);
  const { data } = heldSchema.safeParse(entry);
  const happened = {
    ...{ at: entry.at, what: entry.type, words: recordWords(entry) },
    ...(outside === null ? {} : { to: `liaison.${outside.to}` }),
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
    details: { ...scalarsOf(entry, ['type', 'at', 'by']), ...scalarsOf(data?.held ?? {}) },
  };
  const besides = [...nobodyEntries(entry), ...contactEntries(entry), ...plannedEntries(entry)];
  return [happened, ...besides];
};
