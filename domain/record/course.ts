import type { LineKind, LineOf } from './export-line.ts';
import { emptyChain } from './link.ts';
import type { NamedDocument } from './named-document.ts';
import type { Found, Problem } from './problem.ts';
import { earlier } from './verdict.ts';
import type { Before } from './verify-entry.ts';

/** An anchor that holds a position, and the hash that it holds there. */
export type AnchoredAt = Readonly<{ number: number; hash: string; untilAt: string }>;

/** A version of a document, which entry named it, and whether its text stands in the file. */
export type NamedAt = NamedDocument &
  Readonly<{ position: number; entryName: string; isShown: boolean }>;

/** How far a verification has come: all that it keeps of the file. */
export type Course = {
  line: number;
  stage: LineKind | null;
  head: LineOf<'head'> | null;
  /** The anchor before, and the one that holds the latest position. */
  anchor: LineOf<'anchor'> | null;
  furthest: LineOf<'anchor'> | null;
  before: Before;
  /** What anchors hold, by the position of the chain. */
  readonly anchored: Map<number, readonly AnchoredAt[]>;
  /** Versions of documents that entries named, by name and version. */
  readonly named: Map<string, NamedAt>;
  /** Entries that are gone and of which no erasure was met yet, by name. */
  readonly gone: Map<string, Readonly<{ position: number; line: number }>>;
  readonly counts: Record<LineKind | 'erased', number>;
  problems: number;
  first: Problem | null;
};

/** Before the first line of a chain, which may follow lines of others. */
export const newCourse = (line: number): Course => ({
  ...{ line, stage: null, head: null, anchor: null, furthest: null },
  before: { end: emptyChain('?'), name: null },
  ...{ anchored: new Map(), named: new Map(), gone: new Map() },
  counts: { head: 0, anchor: 0, entry: 0, document: 0, unsealed: 0, end: 0, erased: 0 },
  ...{ problems: 0, first: null },
});

/** Notes what is wrong; the first entry of which anything is, is told. */
export const tell = (course: Course, found: Found | null, line = course.line): void => {
  if (found === null) return;
  course.problems += 1;
  course.first = earlier(course.first, { ...found, line });
};

/** Where something is wrong that no entry tells: behind the last that was read. */
export const behind = ({ before }: Course): Pick<Found, 'position' | 'name'> => ({
  ...{ position: before.end.position + 1, name: null },
});
