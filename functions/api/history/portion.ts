import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';

/** What is asked of a group: of whom, between which instants, and after what. */
export type Asked = Readonly<{
  wearer: WearerRef;
  fromAt: Instant;
  toAt: Instant;
  /** Where the sheet before ended; null: from the beginning. */
  position: string | null;
}>;

/** A line, and the position from which the next sheet goes on after it. */
export type PlacedLine = Readonly<{ line: object; after: string }>;

/** Some lines of a group; `rest` is the position after all of them, null where it ends. */
export type Portion = Readonly<{ placed: readonly PlacedLine[]; rest: string | null }>;

export type ReadPortion = (asked: Asked) => Promise<Portion>;

/** A position is none that we gave: refused, and nothing is guessed. */
export class UnknownPosition extends Error {
  constructor() {
    super('the position is none that was given out');
    this.name = 'UnknownPosition';
  }
}
