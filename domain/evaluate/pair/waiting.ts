import { distanceMetres } from '../../geo/plane.ts';
import type { DeviceEvent } from '../../model/device-event.ts';
import { earlierOf, earliest, type Instant, laterOf, secondsAfter } from '../../model/instant.ts';
import type { Core } from '../core.ts';
import { nextDueAt, passDueInstants } from '../due-instants.ts';
import { ruleCalled } from '../rules.ts';
import { compareInputs } from '../slice.ts';
import type { Supervision, Watch } from '../supervision.ts';
import { eraAt, justBefore, type Timeline } from '../timeline.ts';
import { type Closeness, driftMetres } from './closeness.ts';
import { type Sides, seenIn, speakerOf, withInputAhead } from './sides.ts';

const closenessOf = (watch: Watch): Closeness[] => {
  const closeness = ruleCalled(watch.rule)?.closenessOf(watch) ?? null;
  return closeness === null ? [] : [closeness];
};

const leastOf = ({ watches }: Supervision, seconds: (closeness: Closeness) => number): number => {
  const each = watches.flatMap(closenessOf).map(seconds);
  return each.length === 0 ? 0 : Math.min(...each);
};

/** So long what one of two people sent waits for what the other sends of the same time. */
export const waitSecondsOf = (supervision: Supervision): number =>
  leastOf(supervision, ({ waitSeconds }) => waitSeconds);

/** So long after somebody was heard of, more that they kept may still be coming. */
export const lagSecondsOf = (supervision: Supervision): number =>
  leastOf(supervision, ({ lagCapSeconds }) => lagCapSeconds);

const newest = (inputs: readonly DeviceEvent[]): Instant | null =>
  inputs.reduce<Instant | null>(
    (at, { recordedAt }) => laterOf(at ?? recordedAt, recordedAt),
    null,
  );

/**
 * Up to when a slice's inputs may be folded, by our clock. A wearer's at once. Of two people, what
 * both have been heard beyond: whichever upload is taken first, the same is then folded in the same
 * order. Who is not heard is waited for a while from each receipt, and no longer; nor across a
 * change of orders.
 */
export const foldableUntil = (
  timeline: Timeline,
  inputs: readonly DeviceEvent[],
  clockAt: Instant,
): Instant => {
  const { supervision, fromAt } = eraAt(timeline, clockAt);
  const { members } = supervision;
  if (members === undefined) return clockAt;
  const heardUntil = members.map((member) =>
    newest(inputs.filter((input) => speakerOf(timeline, input) === member)),
  );
  const bothUntil = heardUntil.includes(null) ? null : earliest(heardUntil);
  const waitedAt = secondsAfter(clockAt, -waitSecondsOf(supervision));
  const waitedUntil = newest(inputs.filter(({ receivedAt }) => receivedAt <= waitedAt));
  const edgeAt = justBefore(fromAt);
  const freeUntil = [bothUntil, waitedUntil].reduce<Instant>((a, b) => laterOf(a, b ?? a), edgeAt);
  const [first] = inputs.filter(({ recordedAt }) => recordedAt > freeUntil).sort(compareInputs);
  const quietUntil =
    first === undefined ? waitedAt : earlierOf(waitedAt, justBefore(first.recordedAt));
  return laterOf(freeUntil, quietUntil);
};

/** What waits, and since when. */
export type Waiting = Readonly<{ inputs: readonly DeviceEvent[]; foldedUntil: Instant }>;

/** The watches that ask where the two are; or the others, which go by receipts alone. */
export const asking = (supervision: Supervision, doesAsk: boolean): Supervision => ({
  ...supervision,
  watches: supervision.watches.filter(({ question }) => (question !== null) === doesAsk),
});

/** What is known of each of the two when what waits is taken notice of, too. */
const sidesAhead = (sides: Sides, supervision: Supervision, { inputs }: Waiting): Sides =>
  inputs.reduce<Sides>((all, input) => {
    const speaker = speakerOf(supervision, input);
    return speaker === null ? all : withInputAhead(all, supervision, { speaker, input });
  }, sides);

/** Of each, when they were heard as the one says, and where they were seen as the other does. */
const heardAsIn = (ahead: Sides, seen: Sides): Sides =>
  Object.fromEntries(
    Object.entries(ahead).map(([who, side]) => {
      const folded = Object.entries(seen).find(([other]) => other === who)?.[1];
      const { seen: spot = null, movement = null } = folded ?? {};
      return [who, { heard: side?.heard ?? [], seen: spot, movement }];
    }),
  );

/**
 * Goes through what falls due up to an instant of our clock. Whether two people are together is
 * asked no further than they were folded; whether they are heard at all, up to now. Where they were
 * last seen, by which they are let go untold, is as new as it can be.
 */
export const settle = (
  core: Core,
  supervision: Supervision,
  { until, waiting }: Readonly<{ until: Instant; waiting: Waiting }>,
): Core => {
  if (supervision.members === undefined) return passDueInstants(core, supervision, until);
  const asked = passDueInstants(core, supervision, earlierOf(until, waiting.foldedUntil));
  const { sides = {} } = asked;
  const ahead = waiting.inputs.length === 0 ? asked.sides : sidesAhead(sides, supervision, waiting);
  const heard = ahead === undefined ? asked : { ...asked, sides: heardAsIn(ahead, sides) };
  const passed = passDueInstants(heard, asking(supervision, false), until);
  return ahead === undefined ? passed : { ...passed, sides: ahead };
};

/** Whether what waits may show that two people are together, when it has waited long enough. */
const mayMatter = ({ sides = {} }: Core, supervision: Supervision, input: DeviceEvent): boolean => {
  const speaker = speakerOf(supervision, input);
  if (input.kind !== 'fix' || speaker === null) return false;
  const other = supervision.members?.find((member) => member !== speaker);
  const seen = other === undefined ? null : (sides[other]?.seen ?? null);
  if (seen === null) return false;
  const here = seenIn(input, null);
  const doubt = 4 * Math.hypot(here.sigmaMetres, seen.sigmaMetres);
  const metres = distanceMetres(here, seen) - doubt;
  return supervision.watches.flatMap(closenessOf).some((closeness) => {
    const { enterMetres, leaveMetres } = closeness;
    const drift = driftMetres(closeness, seen, input.recordedAt);
    return metres <= Math.max(enterMetres, leaveMetres) + drift;
  });
};

/**
 * When something falls due that nothing more arrives for. Of two people also: when that has waited
 * long enough which may show that they are together.
 */
export const settledDueAt = (
  core: Core,
  supervision: Supervision,
  { until, waiting }: Readonly<{ until: Instant; waiting: Waiting }>,
): Instant | null => {
  if (supervision.members === undefined) return nextDueAt(core, until);
  const statesOf = (doesAsk: boolean): Core => {
    const ids = new Set<string>(asking(supervision, doesAsk).watches.map(({ watchId }) => watchId));
    const watches = Object.entries(core.watches).filter(([id]) => ids.has(id));
    return { ...core, watches: Object.fromEntries(watches) };
  };
  const askedAt = nextDueAt(statesOf(true), earlierOf(until, waiting.foldedUntil));
  // What falls due beyond something that waits does so when that has waited, and not before.
  const sentAt = earliest(waiting.inputs.map(({ receivedAt }) => receivedAt));
  const waits = [
    askedAt === null || sentAt === null ? askedAt : laterOf(askedAt, sentAt),
    ...waiting.inputs.flatMap((input) =>
      mayMatter(core, supervision, input) ? [input.receivedAt] : [],
    ),
  ];
  const wait = waitSecondsOf(supervision);
  const waited = waits.map((at) => (at === null ? null : secondsAfter(at, wait)));
  return earliest([nextDueAt(statesOf(false), until), ...waited]);
};
