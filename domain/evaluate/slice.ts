import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { Core, Mark } from './core.ts';

/** A stretch of one wearer's inputs, with the core that it began from. */
export type Slice = Readonly<{
  /** Inputs recorded before this belong to an earlier slice. */
  startedAt: Instant;
  /** Of the era that it lies in, and is folded under. */
  supervisionKey: string;
  snapshot: Core;
  inputs: readonly DeviceEvent[];
}>;

/** One that is being filled. */
export type OpenSlice = Slice & { inputs: DeviceEvent[] };

/** A slice that is part of the trail: full, or ended by a change of supervision. */
export type ClosedSlice = Slice &
  Readonly<{
    /** The violations that ended within it. */
    ended: readonly Mark[];
  }>;

/** A slice is closed at so many inputs: with them the state item stays within one kilobyte. */
export const SLICE_INPUTS = 40;

/** What makes two events the same one, sent twice. */
export const identityOf = (event: DeviceEvent): string =>
  `${event.recordedAt} ${event.kind} ${event.sequence} ${event.activationId}`;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What of an event says where it stands among others. */
export type InOrder = Pick<DeviceEvent, 'recordedAt' | 'kind' | 'sequence' | 'activationId'>;

/** Event time first; what remains makes the order total, so that arrival never matters. */
export const compareInputs = (a: InOrder, b: InOrder): number =>
  a.recordedAt - b.recordedAt ||
  compareText(a.kind, b.kind) ||
  a.sequence - b.sequence ||
  compareText(a.activationId, b.activationId);

/** Whether events are in order, each at an instant of its own and after all that a slice holds. */
const isAllNew = (slice: Slice, events: readonly DeviceEvent[]): boolean => {
  let last = slice.inputs.at(-1)?.recordedAt ?? -1;
  for (const { recordedAt } of events) {
    if (recordedAt <= last) return false;
    last = recordedAt;
  }
  return true;
};

/** The events not yet in a slice, each once, in their order. */
export const unseen = (slice: Slice, events: readonly DeviceEvent[]): DeviceEvent[] => {
  if (isAllNew(slice, events)) return [...events];
  const known = new Set(slice.inputs.map(identityOf));
  const found: DeviceEvent[] = [];
  for (const event of [...events].sort(compareInputs)) {
    if (known.has(identityOf(event))) continue;
    known.add(identityOf(event));
    found.push(event);
  }
  return found;
};

/** Events in their order, each once, as it first came, however often it was kept. */
export const eachOnce = (events: readonly DeviceEvent[]): DeviceEvent[] => {
  const lastFirst = [...events].sort((a, b) => b.receivedAt - a.receivedAt);
  const first = new Map(lastFirst.map((event) => [identityOf(event), event]));
  return [...first.values()].sort(compareInputs);
};

/**
 * Whether a violation is still open, or was found or ended at an instant or later: what began and
 * ended on the way to a fix is found by that fix.
 */
export const isSince = ({ endedAt, foundAt }: Mark, at: Instant): boolean =>
  endedAt === null || endedAt >= at || foundAt >= at;

const endedMarks = (core: Core): Mark[] => core.marks.filter((mark) => mark.endedAt !== null);

/**
 * A core to begin a slice with. It remembers only the violations that are still open, and those
 * that a change ended at this very instant.
 */
export const asSnapshot = (core: Core, startedAt: Instant): Core => ({
  ...core,
  marks: core.marks.filter((mark) => isSince(mark, startedAt)),
});

/** Closes a slice whose inputs have been folded to a core. */
export const closeSlice = (slice: Slice, folded: Core): ClosedSlice => ({
  ...slice,
  ended: endedMarks(folded).filter((mark) => isSince(mark, slice.startedAt)),
});

/**
 * Whether an input begins a new slice. Events of one instant stay together, so that no two slices
 * begin at the same.
 */
export const beginsSlice = (
  inputs: readonly DeviceEvent[],
  next: DeviceEvent,
  mostInputs: number = SLICE_INPUTS,
): boolean => {
  const last = inputs.at(-1);
  return inputs.length >= mostInputs && last !== undefined && next.recordedAt > last.recordedAt;
};

/** A slice of which nothing is known yet but how it begins. */
export const sliceFrom = (startedAt: Instant, folded: Core, supervisionKey: string): OpenSlice => ({
  startedAt,
  supervisionKey,
  snapshot: asSnapshot(folded, startedAt),
  inputs: [],
});

/** The slice that follows one that ends with `last`, folded to a core. */
export const sliceAfter = (last: DeviceEvent, folded: Core, { supervisionKey }: Slice): OpenSlice =>
  sliceFrom(instant(last.recordedAt + 1), folded, supervisionKey);
