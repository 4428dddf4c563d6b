import fc from 'fast-check';
import { expect } from 'vitest';
import type { Change } from '#domain/evaluate/changes.ts';
import type { Mark } from '#domain/evaluate/core.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import {
  type DeviceEvent,
  deviceEventSchema,
  sentEventSchema,
} from '#domain/model/device-event.ts';
import {
  type Instant,
  instant,
  secondsAfter,
  secondsBetween,
  toIso,
} from '#domain/model/instant.ts';
import type { RuleName } from '#domain/model/rule-name.ts';
import { asKept } from '#domain/trail/pack-events.ts';
import { chance } from '#local/worlds/chance.ts';
import type { MadeDay, MadeEvent, Truth } from '#local/worlds/generators/made-day.ts';
import { superviseMadeDay } from './made-supervision.ts';
import { simulatedTrail } from './simulated-trail.ts';

/** How the events of a day reach us. */
export type Delivery = Readonly<{
  seed: number;
  /** A device uploads what it has so often; 1: each event at once. */
  everySeconds: number;
  /** So many events in a hundred miss their upload, and come with one up to `heldSeconds` later. */
  heldPercent: number;
  heldSeconds: number;
  /** So many in a hundred are sent twice. */
  repeatPercent: number;
}>;

/** Every event at once, in order, and none twice. */
export const AT_ONCE: Delivery = {
  ...{ seed: 0, everySeconds: 1, heldPercent: 0, heldSeconds: 0, repeatPercent: 0 },
};

/** Uploads of every size, with repeats; and events that come up to 20 minutes after later ones. */
export const deliveries: fc.Arbitrary<Delivery> = fc.record({
  seed: fc.nat(1e6),
  everySeconds: fc.constantFrom(1, 60, 240, 600),
  heldPercent: fc.constantFrom(0, 0, 10, 40),
  heldSeconds: fc.constantFrom(120, 600, 1200),
  repeatPercent: fc.constantFrom(0, 10, 50),
});

type Arrival = Readonly<{ at: Instant; event: DeviceEvent }>;

const upload = (at: Instant, everySeconds: number): Instant =>
  instant(Math.ceil(at / (everySeconds * 1000)) * everySeconds * 1000);

const asReceived = (made: MadeEvent, sequence: number, receivedAt: Instant): DeviceEvent => {
  const { device = 0, receivedAt: _, ...body } = made;
  const sent = sentEventSchema.parse({ ...body, activationId: `a-${device + 1}`, sequence });
  return asKept(deviceEventSchema.parse({ ...sent, receivedAt }));
};

/** Each event with the instant at which it comes; repeats come again, later. */
const arrivalsOf = ({ events, endsAt }: MadeDay, delivery: Delivery): Arrival[] =>
  events.flatMap((made, i) => {
    const { seed, everySeconds, heldPercent, heldSeconds, repeatPercent } = delivery;
    const recordedAt = instant(Date.parse(made.recordedAt));
    const isHeld = chance(seed, i, 1) * 100 < heldPercent;
    const held = isHeld ? Math.round(heldSeconds * chance(seed, i, 2)) : 0;
    const usual = upload(secondsAfter(recordedAt, held), everySeconds);
    const receivedAt = made.receivedAt ?? usual;
    const at = receivedAt > endsAt ? endsAt : receivedAt;
    const first = { at, event: asReceived(made, i, at) };
    if (chance(seed, i, 3) * 100 >= repeatPercent) return [first];
    const again = secondsAfter(at, 1 + Math.round(900 * chance(seed, i, 4)));
    return again > endsAt ? [first] : [first, { at: again, event: asReceived(made, i, again) }];
  });

/** A violation as it became known, by our clock. */
export type Told = Readonly<{ at: Instant; change: Change }>;

export type Lived = Readonly<{ supervision: Supervision; told: readonly Told[] }>;

const MOST_TICKS_AT_ONCE = 2_000;

/**
 * Lives a day through the real evaluation: uploads as they come, and between them a tick at each
 * due instant, as timers bring it.
 */
export const liveDay = (day: MadeDay, delivery: Delivery): Lived => {
  const supervision = superviseMadeDay(day);
  const trail = simulatedTrail(supervision);
  const told: Told[] = [];
  const tell = (events: readonly DeviceEvent[], at: Instant): Instant | null => {
    const { changes, state } = trail.tell(events, at);
    told.push(...changes.map((change) => ({ at, change })));
    return state.nextDueAt;
  };
  let dueAt = tell([], day.startsAt);
  const tickUntil = (at: Instant): void => {
    for (let ticks = 0; dueAt !== null && dueAt < at; ticks += 1) {
      if (ticks > MOST_TICKS_AT_ONCE) throw new Error(`it wakes for ever, last ${toIso(dueAt)}`);
      dueAt = tell([], dueAt);
    }
  };
  const byInstant = Map.groupBy(arrivalsOf(day, delivery), ({ at }) => at);
  for (const [at, arrivals] of [...byInstant].sort(([a], [b]) => a - b)) {
    tickUntil(at);
    dueAt = tell(
      arrivals.map(({ event }) => event),
      at,
    );
  }
  tickUntil(day.endsAt);
  tell([], day.endsAt);
  return { supervision, told };
};

/** A violation, once, as it stood at the end. */
export type Found = Readonly<{
  conditionId: string;
  mark: Mark;
  /** When it was first told, by our clock. */
  toldAt: Instant;
  isWithdrawn: boolean;
}>;

/** What a rule found on a day; absent: what all of them did. */
export const foundOn = ({ supervision, told }: Lived, rule?: RuleName): Found[] => {
  const conditions = new Map(
    supervision.watches
      .filter((watch) => rule === undefined || watch.rule === rule)
      .map(({ watchId, condition }) => [watchId, condition.conditionId]),
  );
  const byId = Map.groupBy(told, ({ change }) => change.mark.violationId);
  return [...byId.values()].flatMap((changes): Found[] => {
    const [first, last] = [changes[0], changes.at(-1)];
    if (first === undefined || last === undefined) return [];
    const conditionId = conditions.get(last.change.mark.watchId);
    if (conditionId === undefined) return [];
    const isWithdrawn = last.change.kind === 'withdrawn';
    return [{ conditionId, mark: last.change.mark, toldAt: first.at, isWithdrawn }];
  });
};

const shown = ({ conditionId, mark, toldAt }: Found): string =>
  `${conditionId}: ${mark.reason} since ${toIso(mark.openedAt)}, told ${toIso(toldAt)}`;

const isOf = (truth: Truth, { conditionId, mark }: Found): boolean =>
  truth.conditionId === conditionId && truth.reasons.includes(mark.reason);

/** What is wrong about when it was told: too early to be true, or too late. */
const timing = (truth: Truth, found: Found, delivery: Delivery): string[] => {
  const after = secondsBetween(truth.beganAt, found.toldAt);
  const upTo = delivery.everySeconds + (delivery.heldPercent > 0 ? delivery.heldSeconds : 0);
  if (after < 0) return [`too early by ${-after} s: ${shown(found)}`];
  const late = after - truth.withinSeconds - upTo;
  return late > 0 ? [`too late by ${late} s: ${shown(found)}`] : [];
};

/**
 * Every difference between what truly happened on a day and what was found, in plain words. What
 * was told and taken back is one too, unless events came out of order: then it was all that there
 * was to know.
 */
export const differences = (day: MadeDay, lived: Lived, delivery: Delivery): string[] => {
  const found = foundOn(lived, day.rule);
  const left = found.filter(({ isWithdrawn }) => !isWithdrawn);
  const ofTruth = day.truth.flatMap((truth) => {
    const index = left.findIndex((one) => isOf(truth, one));
    const [one] = index < 0 ? [] : left.splice(index, 1);
    if (one !== undefined) return timing(truth, one, delivery);
    return [`missed: ${truth.conditionId}, ${truth.reasons[0]} from ${toIso(truth.beganAt)}`];
  });
  const takenBack = delivery.heldPercent > 0 ? [] : found.filter(({ isWithdrawn }) => isWithdrawn);
  return [
    ...ofTruth,
    ...left.map((one) => `nothing of the kind happened: ${shown(one)}`),
    ...takenBack.map((one) => `told and taken back: ${shown(one)}`),
  ];
};

export type Runs = Readonly<{
  numRuns?: number;
  /** Absent: uploads of every size, out of order and with repeats. */
  deliveries?: fc.Arbitrary<Delivery>;
}>;

/**
 * A property: on every day drawn, however its events arrive, the rule finds what truly happened,
 * once and in time, and nothing else. `days` makes a day of a seed.
 */
export const expectTold = (days: (seed: number) => MadeDay, runs: Runs = {}): void => {
  const { numRuns = 40, deliveries: arrive = deliveries } = runs;
  fc.assert(
    fc.property(fc.nat(1e6), arrive, (seed, delivery) => {
      const day = days(seed);
      expect(differences(day, liveDay(day, delivery), delivery)).toEqual([]);
    }),
    { numRuns },
  );
};
