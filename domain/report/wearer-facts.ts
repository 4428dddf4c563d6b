import type { SupervisionHistory } from '../evaluate/supervision-history.ts';
import type { Timeline } from '../evaluate/timeline.ts';
import type { Dated } from '../model/documents.ts';
import type { Instant } from '../model/instant.ts';
import type { Person } from '../model/person.ts';
import type { Violation } from '../model/violation.ts';
import type { Activation } from '../model/wearer.ts';
import type { PageSeen, Recorded } from '../response/on-record.ts';
import type { AskedReport } from './asked-report.ts';
import type { TrailDigest } from './trail-digest.ts';
import type { Sketch } from './trail-sketch.ts';

/** A violation of the period, with all that is on record of it. */
export type Found = Readonly<{
  violation: Violation;
  /** What the record says of it, each time that it was found or found otherwise. */
  entries: readonly Recorded[];
  /** Whether an alert was opened for it. */
  isTold: boolean;
  /** What happened to that alert, in the order of the record; and every page of it. */
  history: readonly Recorded[];
  pages: readonly PageSeen[];
  /** The trail about it. */
  sketch: Sketch;
}>;

/** A version of a document, as it was put on record. */
export type Put<T> = Dated & Readonly<{ value: T }>;

/** A device on the wearer, each time that somebody put it on record. */
export type Custody = Readonly<{
  newest: Activation;
  versions: readonly Put<Activation>[];
  /** When the same device was on others: from when until when, and nothing of who they are. */
  elsewhere: readonly Readonly<{ startsAt: Instant; endsAt: Instant | null }>[];
}>;

/** How much of what was read came to which hash: whoever has the same finds the same. */
export type InputHash = Readonly<{ what: string; count: number; sha256: string }>;

/** How far the entries that were read stand in their chain; the newest minute is left out. */
export type Sealing = Readonly<{
  entries: number;
  unsealed: number;
  firstUnsealedAt: Instant | null;
}>;

/** Somebody whom a report names: what they are to the wearer, and no number or address. */
export type Named = Pick<Person, 'personId' | 'name' | 'role'>;

/** A stretch in which nobody could evaluate what came of the wearer. */
export type Unevaluated = Readonly<{ fromAt: Instant; untilAt: Instant | null }>;

/** So many pieces of a class that are of the period were erased: what they were is not known. */
export type Erased = Readonly<{ at: Instant; dataClass: string; pieces: number; why: string }>;

/** Everything that reports of one wearer are made of, as it was known when it was asked for. */
export type WearerFacts = Readonly<{
  asked: AskedReport;
  wearerName: string;
  timeZone: string;
  history: SupervisionHistory;
  /** What was in force; null where a document is missing that an order names. */
  timeline: Timeline | null;
  /** The same of the wearer with each person whom an order joins to them. */
  pairTimelines: readonly Timeline[];
  /** In the order in which they began, and of one instant by their ids. */
  found: readonly Found[];
  /** What people put on record in the period, beside alerts: decisions, notes, and the like. */
  said: readonly Recorded[];
  trail: TrailDigest;
  custody: readonly Custody[];
  /** Events of devices that were not on the wearer at the time. */
  setAside: number;
  unevaluated: readonly Unevaluated[];
  erased: readonly Erased[];
  sealing: Sealing | null;
  people: readonly Named[];
  inputs: readonly InputHash[];
}>;
