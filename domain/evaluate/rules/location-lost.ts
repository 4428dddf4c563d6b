import * as z from 'zod';
import type { DeviceEvent, Motion } from '../../model/device-event.ts';
import { earliest, type Instant, instant, laterOf, secondsAfter } from '../../model/instant.ts';
import { withinGrace } from '../grace.ts';
import { type During, within } from '../hours.ts';
import { movedSeconds, withMotion } from '../motion/moved.ts';
import { type ConditionOf, defineRule, type Judgement, type Memory, type Seen } from '../rule.ts';

const secondsSchema = z.number().int().min(60).max(86_400);
const thresholds = z.object({
  motionSeconds: secondsSchema.max(7_200),
  motionWithinSeconds: secondsSchema.min(900).max(7_200),
  motionSpeaksSeconds: secondsSchema.max(3_600),
  graceSeconds: secondsSchema,
  noPositionSeconds: secondsSchema,
  gapSeconds: secondsSchema,
  outOfSyncSeconds: secondsSchema,
});
type Asked = Seen<ConditionOf<'device-care'>, z.infer<typeof thresholds>>;

const RECEPTION = 'reception';

/** Whether an event says where the device is: a cell position does not. */
const isLocated = (event: DeviceEvent | null): boolean =>
  (event?.kind === 'fix' && event.source !== 'cell') ||
  (event?.kind === 'check' && event.result === 'present');

const motionIn = (event: DeviceEvent | null): Motion =>
  event === null || event.kind === 'check' ? 'unknown' : event.motion;

/** From when on nothing of its position is known; a check at home speaks of it, too. */
const lostSince = ({ core, memory }: Asked, { window }: During): Instant =>
  [core.lastFix?.at, memory.checkedAt]
    .flatMap((at) => (at === undefined ? [] : [instant(at)]))
    .reduce(laterOf, window.startAt);

const judgeLost = (seen: Asked, memory: Memory, during: During): Judgement => {
  const { at, watch, input } = seen;
  const { edgeAt } = during;
  const since = lostSince(seen, during);
  const { thresholds: by } = watch;
  const { motionSeconds, graceSeconds, noPositionSeconds } = by;
  const hasMoved =
    memory.enoughAt !== undefined || movedSeconds(memory, { at, by }) >= motionSeconds;
  const heard: Memory = { ...memory, unseenAt: memory.unseenAt ?? at };
  const known = input === null ? memory : heard;
  const kept: Memory = hasMoved ? { ...known, enoughAt: memory.enoughAt ?? at } : known;
  const { enoughAt, stillAt, unseenAt } = kept;
  const graceEndsAt = enoughAt === undefined ? null : secondsAfter(instant(enoughAt), graceSeconds);
  const answer = { memory: kept, dueAt: edgeAt, rests: false };
  // A device that is not heard is another rule's: what it says counts, and from its first word.
  const missingAt = secondsAfter(instant(unseenAt ?? at), noPositionSeconds);
  const isMissing = input !== null && stillAt === undefined && at >= missingAt;
  const isMoving = graceEndsAt !== null && at >= graceEndsAt;
  if (isMoving || isMissing || memory.foundAt !== undefined) {
    const reason = isMoving ? 'moving-without-position' : 'no-position';
    const found = { ...kept, foundAt: memory.foundAt ?? at };
    return { ...answer, memory: found, verdict: 'violated', reason, since, claims: null };
  }
  const dueAt = earliest([graceEndsAt, edgeAt]);
  return { ...answer, dueAt, verdict: 'undetermined', reason: 'no-recent-evidence' };
};

/** The device is heard and says nothing of where it is: watched from three intervals on. */
const judgePosition = (seen: Asked, during: During): Judgement => {
  const { at, input, watch } = seen;
  const { edgeAt } = during;
  if (isLocated(input)) {
    const memory: Memory = input?.kind === 'check' ? { checkedAt: at } : {};
    const answer = { memory, dueAt: edgeAt, fixlessSeconds: watch.staleAfterSeconds };
    const rests = Object.keys(memory).length === 0;
    return { ...answer, verdict: 'satisfied', reason: 'in-order', rests };
  }
  if (at < secondsAfter(lostSince(seen, during), watch.staleAfterSeconds)) {
    const answer = { memory: seen.memory, dueAt: edgeAt, fixlessSeconds: watch.staleAfterSeconds };
    const rests = Object.keys(seen.memory).length === 0 && seen.core.lastFix !== null;
    return { ...answer, verdict: 'satisfied', reason: 'in-order', rests };
  }
  return judgeLost(
    seen,
    withMotion(seen.memory, motionIn(input), { at, by: watch.thresholds }),
    during,
  );
};

/** Jammed or shielded, by the device's own word; a fix, or the word that it is over, ends it. */
const judgeReception = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { at, input, watch, memory: before } = seen;
  const said = input?.kind === 'device-status' ? input.reception : 'unknown';
  const isClear = said === 'clear' || (before.blockedAt !== undefined && isLocated(input));
  const isBlocked = said === 'jammed' || said === 'shielded';
  const memory: Memory = isClear
    ? { clear: 1 }
    : isBlocked
      ? { blockedAt: before.blockedAt ?? at }
      : before;
  const { blockedAt } = memory;
  const answer = { memory, dueAt: edgeAt, rests: blockedAt === undefined };
  if (blockedAt === undefined) {
    return memory.clear === undefined
      ? { ...answer, verdict: 'undetermined', reason: 'not-reported' }
      : { ...answer, verdict: 'satisfied', reason: 'in-order' };
  }
  const since = laterOf(instant(blockedAt), window.startAt);
  const graceEndsAt = secondsAfter(since, watch.thresholds.graceSeconds);
  if (at < graceEndsAt) return withinGrace(graceEndsAt, answer);
  return { ...answer, verdict: 'violated', reason: 'reception-blocked', since, claims: null };
};

/**
 * A device that is heard also says where it is. Told when it moves and finds no position, when it
 * finds none for hours although it does not say that it lies still, and when it is jammed or
 * shielded and finds none. A device that is not heard is another rule's; one that lies still
 * indoors, or that a home unit hears, is not lost.
 */
export const locationLost = defineRule({
  name: 'location-lost',
  says: 'A device that is heard finds its position, too, and is neither jammed nor shielded.',
  kinds: ['device-care'],
  suffix: 'location',
  tiers: () => ['', RECEPTION],
  thresholds,
  usual: {
    ...{ motionSeconds: 600, motionWithinSeconds: 3_600, motionSpeaksSeconds: 300 },
    ...{ graceSeconds: 600, noPositionSeconds: 7_200, gapSeconds: 300, outOfSyncSeconds: 900 },
  },
  basis: {
    motionSeconds: 'ten minutes of motion in sixty without a fix: field manual (Attenti)',
    motionWithinSeconds: 'sixty minutes, by the same manual',
    motionSpeaksSeconds: 'chosen: five minutes, more than the usual four between two reports',
    graceSeconds: 'ten minutes more, by the same manual',
    noPositionSeconds: 'chosen: two hours, when a silent device is escalated',
    gapSeconds: 'shown in the trail: more than five minutes between fixes (MoJ trail viewer)',
    outOfSyncSeconds: 'shown with the state: a last fix older than 15 minutes (MoJ trail viewer)',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'device-status',
  judge: (seen) => within(seen, seen.watch.tier === RECEPTION ? judgeReception : judgePosition),
});
