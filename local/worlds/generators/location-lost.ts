import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 8 * 3600);
const MINUTE = 60;

type Stretch = Readonly<{ from: Instant; until: Instant }>;

const isIn = ({ from, until }: Stretch, at: Instant): boolean => at >= from && at < until;

/** A fix every other minute, but for the stretch in which there is none. */
const fixesBut = (seed: number, lost: Stretch): MadeEvent[] => {
  const way: Way = [{ at: STARTS_AT, spot: { east: 0, north: 0 } }];
  return fixesAlong({
    ...{ seed, origin: ORIGIN, way, from: STARTS_AT, until: ENDS_AT },
    ...{ everySeconds: 120, accuracyMetres: 8 },
  }).filter(({ recordedAt }) => !isIn(lost, instant(Date.parse(recordedAt))));
};

type Said = Readonly<{ motion?: 'moving' | 'still'; reception?: 'jammed' | 'shielded' }>;

const statuses = ({ from, until }: Stretch, everySeconds: number, said: Said): MadeEvent[] => {
  const events: MadeEvent[] = [];
  for (let at = from; at < until; at = secondsAfter(at, everySeconds)) {
    events.push({ kind: 'device-status', recordedAt: toIso(at), ...said });
  }
  return events;
};

const lostDay = (events: readonly MadeEvent[], truth: readonly Truth[]): MadeDay => ({
  ...{ rule: 'location-lost', startsAt: STARTS_AT, endsAt: ENDS_AT },
  order: { conditions: [], deviceCare: {} },
  events: events.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt)),
  truth,
});

const startOf = (seed: number): Instant =>
  secondsAfter(STARTS_AT, Math.round(between(30, 90, seed, 1)) * 2 * MINUTE);

const stretch = (from: Instant, minutes: number): Stretch => ({
  from,
  until: secondsAfter(from, Math.round(minutes) * MINUTE),
});

const truthOf = (reason: Truth['reasons'][number], beganAt: Instant, withinSeconds: number) => ({
  ...{ conditionId: 'device-care', reasons: [reason] as const },
  ...{ beganAt, withinSeconds },
});

/** Moves about without a fix: under a foil, or with the antenna covered. */
export const movesUnseen = (seed: number): MadeDay => {
  const lost = stretch(startOf(seed), between(50, 110, seed, 2));
  const everySeconds = Math.round(between(60, 200, seed, 3));
  return lostDay(
    [...fixesBut(seed, lost), ...statuses(lost, everySeconds, { motion: 'moving' })],
    [truthOf('moving-without-position', secondsAfter(lost.from, 20 * MINUTE), 20 * MINUTE)],
  );
};

/** Is heard for hours and finds no position, and does not say that it lies still. */
export const findsNothing = (seed: number): MadeDay => {
  const lost = stretch(startOf(seed), between(150, 200, seed, 2));
  return lostDay(
    [...fixesBut(seed, lost), ...statuses(lost, 240, {})],
    [truthOf('no-position', secondsAfter(lost.from, 125 * MINUTE), 15 * MINUTE)],
  );
};

/** Jammed or shielded, and no fix until that is over. */
export const isJammed = (seed: number): MadeDay => {
  const lost = stretch(startOf(seed), between(20, 60, seed, 2));
  const reception = chance(seed, 3) < 0.5 ? 'jammed' : 'shielded';
  return lostDay(
    [...fixesBut(seed, lost), ...statuses(lost, 240, { reception })],
    [truthOf('reception-blocked', secondsAfter(lost.from, 10 * MINUTE), MINUTE)],
  );
};

/**
 * Not lost: moves unseen for some minutes only, lies still indoors for hours, hears a jammer and
 * finds its position all the same, or is not heard at all.
 */
export const isNotLost = (seed: number): MadeDay => {
  const from = startOf(seed);
  const kind = Math.floor(chance(seed, 4) * 4);
  if (kind === 0) {
    const lost = stretch(from, 26);
    const moves = { from: secondsAfter(from, 15 * MINUTE), until: secondsAfter(from, 23 * MINUTE) };
    return lostDay([...fixesBut(seed, lost), ...statuses(moves, 60, { motion: 'moving' })], []);
  }
  const lost = stretch(from, between(150, 200, seed, 2));
  if (kind === 1) {
    return lostDay([...fixesBut(seed, lost), ...statuses(lost, 240, { motion: 'still' })], []);
  }
  if (kind === 2) {
    const jammed = statuses({ from, until: ENDS_AT }, 900, { reception: 'jammed' });
    return lostDay([...fixesBut(seed, { from, until: from }), ...jammed], []);
  }
  return lostDay(fixesBut(seed, lost), []);
};
