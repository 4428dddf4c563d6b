import * as z from 'zod';
import { Answers, answerMessageSchema } from './answer-book.ts';
import { Numbering } from './numbering.ts';
import {
  type CloudEvent,
  cloudEventSchema,
  partsOfId,
  sequenceOf,
  type Traffic,
  trafficSchema,
} from './wire.ts';

/** What is written down, one line each, before anything else is done about it. */
export const entrySchema = z.discriminatedUnion('kind', [
  /** Which feed this is of; of which none says so, it is that of what is real. */
  z.object({ kind: z.literal('begun'), traffic: trafficSchema }),
  z.object({ kind: z.literal('stored'), event: cloudEventSchema }),
  /** Something in the feed that this program does not know, whole: it stops nothing behind it. */
  z.object({
    ...{ kind: z.literal('set-aside'), position: z.number().int().min(1) },
    ...{ id: z.string().nullable(), why: z.string(), event: z.unknown() },
  }),
  /** The feed was read up to here, and these events stand in it. */
  z.object({
    ...{ kind: z.literal('read'), after: z.number().int().min(0) },
    ids: z.array(z.string()).default([]),
  }),
  /** Up to here the feed is kept no longer: what was not read of it by now never will be. */
  z.object({ kind: z.literal('gone'), to: z.number().int().min(1) }),
  z.object({ kind: z.literal('acknowledged'), ids: z.array(z.string()) }),
  /** The sender was told that these cannot be used, or will not hear of it. */
  z.object({ kind: z.literal('reported'), ids: z.array(z.string()) }),
  /** What is missing in an incident is not in the feed: what came after it is acted upon. */
  z.object({ kind: z.literal('gap-passed'), incident: z.string() }),
  z.object({ kind: z.literal('decided'), message: answerMessageSchema }),
  z.object({
    ...{ kind: z.literal('answered'), id: z.string(), answer: z.string() },
    jti: z.string().optional(),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;

/** Everything that follows from the entries, in their order. */
export class Inbox {
  /** The position up to which the feed has been read without a gap. */
  after = 0;
  /** Which feed it is of; null: nothing was read of any. */
  traffic: Traffic | null = null;
  /** In the order in which they may be acted upon: each incident's by its sequence. */
  readonly inOrder: CloudEvent[] = [];
  /** What is decided, and what the agency knows of it. */
  readonly answers = new Answers();
  readonly #stored = new Set<string>();
  readonly #unacknowledged = new Set<string>();
  /** What could not be used, and why, which the sender has not been told yet. */
  readonly #unreported = new Map<string, string>();
  readonly #setAside = new Set<number>();
  readonly #newest = new Map<string, CloudEvent>();
  readonly #numbering = new Numbering();

  has(id: string): boolean {
    return this.#stored.has(id);
  }

  hasSetAside(position: number): boolean {
    return this.#setAside.has(position);
  }

  /** Stored, and the sender has not been told so yet. */
  get unacknowledged(): string[] {
    return [...this.#unacknowledged];
  }

  /** Set aside, and the sender has not been told so yet: ids, and why. */
  get unreported(): ReadonlyMap<string, string> {
    return this.#unreported;
  }

  /** Beginnings of incidents that nobody has answered, and that are not over. */
  get unanswered(): CloudEvent[] {
    return this.inOrder.filter(
      (event) =>
        event.type === 'homeward.alert.raised.v1' &&
        this.answers.to(event.id) === undefined &&
        !/\.(cancelled|closed)\./.test(this.#newest.get(event.subject)?.type ?? ''),
    );
  }

  /** The last event of each incident whose id begins so. */
  newestOf(incident: string): CloudEvent[] {
    return [...this.#newest.values()].filter(({ subject }) => subject.startsWith(incident));
  }

  /** Incidents of which an event is missing: a later one is there. */
  get gaps(): string[] {
    return this.#numbering.gaps;
  }

  /** Those of which the later one stands in the feed: what is missing before it never comes. */
  get gapsInFeed(): string[] {
    return this.#numbering.gapsInFeed;
  }

  /** Takes an entry in, and says which events may now be acted upon, in this order. */
  apply(entry: Entry): CloudEvent[] {
    switch (entry.kind) {
      case 'begun':
        this.traffic = entry.traffic;
        return [];
      case 'stored':
        return this.#store(entry.event);
      case 'set-aside':
        return this.#take(this.#putAside(entry));
      case 'read':
        this.after = Math.max(this.after, entry.after);
        this.#numbering.standInFeed(entry.ids);
        return [];
      case 'gone':
        this.after = Math.max(this.after, entry.to);
        return [];
      case 'acknowledged':
        for (const id of entry.ids) this.#unacknowledged.delete(id);
        return [];
      case 'reported':
        for (const id of entry.ids) this.#unreported.delete(id);
        return [];
      case 'gap-passed':
        return this.#take(this.#numbering.passGap(entry.incident));
      case 'decided':
        this.answers.decide(entry.message);
        return [];
      case 'answered':
        this.answers.note(entry);
        return [];
    }
  }

  #store(event: CloudEvent): CloudEvent[] {
    if (this.#stored.has(event.id)) return [];
    this.#stored.add(event.id);
    this.#unacknowledged.add(event.id);
    return this.#take(this.#numbering.come(event.subject, sequenceOf(event), event));
  }

  #putAside({ position, id, why }: Extract<Entry, { kind: 'set-aside' }>): CloudEvent[] {
    if (this.#setAside.has(position)) return [];
    this.#setAside.add(position);
    if (id === null) return [];
    this.#unreported.set(id, why);
    const parts = partsOfId(id);
    return parts === null ? [] : this.#numbering.come(parts.incident, parts.sequence, null);
  }

  #take(released: CloudEvent[]): CloudEvent[] {
    for (const event of released) {
      const newest = this.#newest.get(event.subject);
      if (newest !== undefined && sequenceOf(newest) > sequenceOf(event)) continue;
      this.#newest.set(event.subject, event);
    }
    this.inOrder.push(...released);
    return released;
  }
}
