import * as z from 'zod';
import { type CloudEvent, cloudEventSchema, sequenceOf } from './wire.ts';

/** What is written down, one line each, before anything else is done about it. */
export const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), event: cloudEventSchema }),
  z.object({ kind: z.literal('read'), after: z.number().int().min(0) }),
  z.object({ kind: z.literal('acknowledged'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('answered'), id: z.string(), answer: z.string() }),
]);
export type Entry = z.infer<typeof entrySchema>;

/** Of one incident: the number that comes next, and the events that came before their turn. */
type Incident = { next: number; early: Map<number, CloudEvent> };

/** Everything that follows from the entries, in their order. */
export class Inbox {
  /** The position up to which the feed has been read without a gap. */
  after = 0;
  /** In the order in which they may be acted upon: each incident's by its sequence. */
  readonly inOrder: CloudEvent[] = [];
  readonly #stored = new Set<string>();
  readonly #unacknowledged = new Set<string>();
  readonly #answers = new Map<string, string>();
  readonly #incidents = new Map<string, Incident>();

  has(id: string): boolean {
    return this.#stored.has(id);
  }

  /** Stored, and the sender has not been told so yet. */
  get unacknowledged(): string[] {
    return [...this.#unacknowledged];
  }

  /** What was answered to an event; undefined: nothing. */
  answerTo(id: string): string | undefined {
    return this.#answers.get(id);
  }

  /** Beginnings of incidents that nobody has answered, and that are not over. */
  get unanswered(): CloudEvent[] {
    return this.inOrder.filter(
      (event) =>
        event.type === 'homeward.alert.raised.v1' &&
        this.answerTo(event.id) === undefined &&
        !/\.(cancelled|closed)\./.test(this.newestOf(event.subject)?.type ?? ''),
    );
  }

  /** The last event of an incident, which may be named by the beginning of its id. */
  newestOf(incident: string): CloudEvent | undefined {
    return this.inOrder.findLast(({ subject }) => subject.startsWith(incident));
  }

  /** Incidents of which an event is missing: a later one is there. */
  get gaps(): string[] {
    return [...this.#incidents].filter(([, { early }]) => early.size > 0).map(([id]) => id);
  }

  /** Takes an entry in, and says which events may now be acted upon, in this order. */
  apply(entry: Entry): CloudEvent[] {
    switch (entry.kind) {
      case 'stored':
        return this.#store(entry.event);
      case 'read':
        this.after = Math.max(this.after, entry.after);
        return [];
      case 'acknowledged':
        for (const id of entry.ids) this.#unacknowledged.delete(id);
        return [];
      case 'answered':
        this.#answers.set(entry.id, entry.answer);
        return [];
    }
  }

  #store(event: CloudEvent): CloudEvent[] {
    if (this.#stored.has(event.id)) return [];
    this.#stored.add(event.id);
    this.#unacknowledged.add(event.id);
    const incident = this.#incidents.get(event.subject) ?? { next: 1, early: new Map() };
    this.#incidents.set(event.subject, incident);
    incident.early.set(sequenceOf(event), event);
    const released: CloudEvent[] = [];
    for (
      let next = incident.early.get(incident.next);
      next !== undefined;
      next = incident.early.get(incident.next)
    ) {
      incident.early.delete(incident.next);
      incident.next += 1;
      released.push(next);
    }
    this.inOrder.push(...released);
    return released;
  }
}
