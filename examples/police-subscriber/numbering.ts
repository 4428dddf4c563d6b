import type { CloudEvent } from './wire.ts';

/** Of one incident: the number that comes next, and what came before its turn. */
type Incident = { next: number; early: Map<number, CloudEvent | null> };

/** Whose turn it is: each incident's events by their numbers, from 1 on. */
export class Numbering {
  readonly #incidents = new Map<string, Incident>();
  readonly #inFeed = new Set<string>();

  #of(incident: string): Incident {
    const known = this.#incidents.get(incident) ?? { next: 1, early: new Map() };
    this.#incidents.set(incident, known);
    return known;
  }

  /**
   * Takes a number in, and says which events may now be acted upon; null in an event's place: it
   * was set aside. One that comes after its turn was passed is acted upon as it comes.
   */
  come(incident: string, sequence: number, event: CloudEvent | null): CloudEvent[] {
    const known = this.#of(incident);
    if (sequence < known.next) return event === null ? [] : [event];
    known.early.set(sequence, event);
    return this.#release(known);
  }

  standInFeed(ids: readonly string[]): void {
    for (const id of ids) this.#inFeed.add(id);
  }

  /** Incidents of which a number is missing: a later one is there. */
  get gaps(): string[] {
    return [...this.#incidents].filter(([, { early }]) => early.size > 0).map(([id]) => id);
  }

  get gapsInFeed(): string[] {
    return this.gaps.filter((incident) => {
      const first = this.#firstEarly(this.#of(incident));
      return this.#inFeed.has(`${incident}.${first}`);
    });
  }

  /** Goes on behind what is missing. */
  passGap(incident: string): CloudEvent[] {
    const known = this.#of(incident);
    if (known.early.size === 0) return [];
    known.next = this.#firstEarly(known);
    return this.#release(known);
  }

  #firstEarly({ early }: Incident): number {
    return Math.min(...early.keys());
  }

  #release(incident: Incident): CloudEvent[] {
    const released: CloudEvent[] = [];
    for (
      let next = incident.early.get(incident.next);
      next !== undefined;
      next = incident.early.get(incident.next)
    ) {
      incident.early.delete(incident.next);
      incident.next += 1;
      if (next !== null) released.push(next);
    }
    return released;
  }
}
