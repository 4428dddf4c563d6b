import * as z from 'zod';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Ledger } from '../cloud/durable/ledger.ts';

/** What the people and the head-end of a world remember of what they did, over restarts. */
export type ReplayNotes = Readonly<{
  /** Set once the world is on record. */
  headEndToken: () => string | undefined;
  noteHeadEndToken: (token: string) => void;
  /** Whether an upload of this instant was acknowledged. */
  wasSent: (at: Instant) => boolean;
  noteSent: (at: Instant, events: number) => void;
  eventsSent: () => number;
  hasActed: (act: string) => boolean;
  noteActed: (act: string) => void;
}>;

const noteSchema = z.union([z.string(), z.number()]);

/** Notes in the cloud's own ledger: they last as long as the cloud that they speak of. */
export const createReplayNotes = (ledger: Ledger): ReplayNotes => {
  const notes = ledger.collection('replay', noteSchema);
  let sentThrough = instant(Number(notes.get('sentThrough') ?? 0));
  let eventsSent = Number(notes.get('eventsSent') ?? 0);
  const acted = new Set(notes.entries().flatMap(([key]) => (key.startsWith('act ') ? [key] : [])));
  return {
    headEndToken: () => {
      const token = notes.get('headEndToken');
      return token === undefined ? undefined : String(token);
    },
    noteHeadEndToken: (token) => notes.set('headEndToken', token),
    wasSent: (at) => at <= sentThrough,
    noteSent: (at, events) => {
      sentThrough = at;
      eventsSent += events;
      notes.set('eventsSent', eventsSent);
      notes.set('sentThrough', at);
    },
    eventsSent: () => eventsSent,
    hasActed: (act) => acted.has(`act ${act}`),
    noteActed: (act) => {
      acted.add(`act ${act}`);
      notes.set(`act ${act}`, 1);
    },
  };
};
