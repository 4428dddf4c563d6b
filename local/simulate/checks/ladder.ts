import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import type { Alert } from '#domain/model/alert.ts';
import { isForSafety } from './naive-reach.ts';

type Of<Type extends AlertEvent['type']> = Extract<AlertEvent, { type: Type }>;
type Place = Readonly<{ step: number; loop: number }>;

/** Where an alert stands on its way, as whoever reads its policy with a pencil would have it. */
export type Ladder = {
  readonly opened: Alert;
  track: Alert['track'];
  status: 'open' | 'acknowledged' | 'closed';
  /** What is to be done next, and when; null: nothing. */
  next: Place;
  firstLoop: number;
  dueAt: number | null;
  last: Place | null;
  /** Who has it in hand, and since when. */
  holders: Map<string, number>;
  hasTold: boolean;
  /** Who hands it on just now, and is told by that neither at this step nor the next. */
  handedOnBy: string | null;
  /** When it was opened again. */
  readonly reopenedAt: number[];
  isHeld: boolean;
  /** What is known of its violation. */
  revision: number;
  isSo: 'open' | 'ended' | 'withdrawn';
  /** Pages that have failed. */
  readonly failed: Set<string>;
};

const LEAST_GAP = 60_000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

export const ladderOf = ({ alert, at }: Of<'alert-opened'>): Ladder => {
  const delay = (alert.policy.steps[0]?.delaySeconds ?? 0) * 1000;
  const isHeld = alert.held !== undefined;
  const dueAt = isHeld ? alert.nextStepAt : alert.track === 'page' ? at + delay : at;
  return {
    ...{ opened: alert, track: alert.track, status: 'open', next: { step: 0, loop: 0 } },
    ...{ firstLoop: 0, dueAt, last: null, holders: new Map(), hasTold: false, isHeld },
    ...{ handedOnBy: null, reopenedAt: [] },
    ...{ revision: alert.facts.violation.revision, failed: new Set() },
    isSo: alert.facts.violation.status,
  };
};

/** The step after one, and how long after it. */
const successor = ({ opened, firstLoop }: Ladder, { step, loop }: Place) => {
  const { steps, repeat, lastResort } = opened.policy;
  const after = steps[step + 1];
  if (after !== undefined) return { step: step + 1, loop, wait: after.delaySeconds * 1000 };
  const again = loop - firstLoop < repeat;
  return { step: again ? 0 : steps.length, loop: loop + 1, wait: lastResort.everySeconds * 1000 };
};

/** Goes on by a step that was run. */
const stepOn = (ladder: Ladder, event: Of<'step-run'>) => {
  const { step, loop, at, recipients } = event;
  const dueAt = ladder.dueAt ?? at;
  ladder.last = { step, loop };
  if (recipients.length > 0) {
    ladder.hasTold = true;
    ladder.handedOnBy = null;
  }
  if (ladder.track === 'review') {
    ladder.next = { step: 0, loop: loop + 1 };
    ladder.dueAt = at + DAY;
    return;
  }
  const after = successor(ladder, { step, loop });
  const { steps } = ladder.opened.policy;
  if (recipients.length === 0) {
    // One empty round is enough: then the last resort.
    ladder.next = { step: after.step === 0 ? steps.length : after.step, loop: after.loop };
    ladder.dueAt = at;
    return;
  }
  ladder.next = { step: after.step, loop: after.loop };
  ladder.dueAt = Math.max(dueAt + after.wait, at + Math.min(after.wait, LEAST_GAP));
};

const rest = (ladder: Ladder) => {
  ladder.status = 'closed';
  ladder.dueAt = null;
  ladder.isHeld = false;
};

/** To be looked at daily, until a person says why it is over, or what is to be done. */
const lookAtDaily = (ladder: Ladder, at: number) => {
  const loop = ladder.next.loop + 1;
  ladder.next = { step: 0, loop };
  ladder.firstLoop = loop;
  ladder.track = 'review';
  ladder.status = 'open';
  ladder.dueAt = at + DAY;
  ladder.isHeld = false;
  ladder.holders.clear();
};

/** Over by itself: to be looked at daily where a person must say why, else closed. */
const over = (ladder: Ladder, at: number) =>
  ladder.opened.isReviewed && ladder.hasTold ? lookAtDaily(ladder, at) : rest(ladder);

/** Closed with a decision that does not stand: begun anew while it goes on, else looked at. */
const toDecideAnew = (ladder: Ladder, at: number) => {
  const isOurs = ['casework', 'transfer'].includes(ladder.opened.conditionKind);
  if (ladder.isSo === 'withdrawn' || (ladder.isSo === 'ended' && isOurs)) return rest(ladder);
  lookAtDaily(ladder, at);
  if (ladder.isSo === 'ended' || ladder.opened.track === 'review') return;
  ladder.track = 'page';
  ladder.last = null;
  ladder.dueAt = at + (ladder.opened.policy.steps[0]?.delaySeconds ?? 0) * 1000;
};

/** What is told daily is in hand for a day at least. */
export const holdsMilliseconds = ({ opened, track }: Ladder): number =>
  Math.max(opened.policy.acknowledgementSeconds * 1000, track === 'review' ? DAY : 0);

const acknowledge = (ladder: Ladder, { by, at }: Of<'alert-acknowledged'>) => {
  const { acknowledgementsNeeded } = ladder.opened;
  const holdsFor = holdsMilliseconds(ladder);
  ladder.holders.set(by, at);
  const standing = [...ladder.holders.values()].filter((since) => since + holdsFor > at);
  if (standing.length < acknowledgementsNeeded) return;
  ladder.status = 'acknowledged';
  ladder.dueAt = at + holdsFor;
  ladder.isHeld = false;
};

const lapse = (ladder: Ladder, at: number) => {
  const { last, firstLoop } = ladder;
  const loop = ladder.next.loop + 1;
  ladder.status = 'open';
  // Whoever took it in hand again just before this was seen has it in hand.
  for (const [by, since] of ladder.holders) {
    if (since + holdsMilliseconds(ladder) <= at) ladder.holders.delete(by);
  }
  ladder.dueAt = at;
  // What is only looked at has one step.
  const step = ladder.track === 'review' ? 0 : (last?.step ?? ladder.next.step);
  ladder.next = { step, loop };
  ladder.firstLoop = last === null ? firstLoop + 1 : loop - (last.loop - firstLoop);
};

const reopen = (ladder: Ladder, event: Of<'alert-reopened'>) => {
  const loop = ladder.next.loop + 1;
  ladder.status = 'open';
  ladder.track = event.track;
  ladder.next = { step: 0, loop };
  ladder.firstLoop = loop;
  ladder.last = null;
  ladder.holders.clear();
  ladder.hasTold = false;
  ladder.isHeld = false;
  const delay = (ladder.opened.policy.steps[0]?.delaySeconds ?? 0) * 1000;
  const before = ladder.reopenedAt.filter((at) => at + HOUR > event.at).length;
  const settles = before < 2 ? 0 : isForSafety(event.violation) ? MINUTE : 5 * MINUTE;
  ladder.reopenedAt.push(event.at);
  ladder.dueAt = event.at + Math.max(event.track === 'page' ? delay : 0, settles);
};

/** Goes on by whatever happened to the alert. */
export const goOn = (ladder: Ladder, event: AlertEvent) => {
  if ('violation' in event) ladder.isSo = event.violation.status;
  switch (event.type) {
    case 'step-run':
      return stepOn(ladder, event);
    case 'alert-acknowledged':
      return acknowledge(ladder, event);
    case 'acknowledgement-ended':
      return lapse(ladder, event.at);
    case 'alert-escalated':
      if (ladder.track !== 'page') ladder.firstLoop = ladder.next.loop;
      ladder.track = 'page';
      ladder.handedOnBy = event.by;
      ladder.status = 'open';
      ladder.holders.clear();
      ladder.isHeld = false;
      ladder.dueAt = event.at;
      return;
    case 'closing-withdrawn':
      return toDecideAnew(ladder, event.at);
    case 'alert-closed':
    case 'violation-became-graver':
    case 'hold-fell':
      return rest(ladder);
    case 'violation-withdrawn':
    case 'alert-fell':
      return over(ladder, event.at);
    case 'alert-reopened':
      return reopen(ladder, event);
    case 'hold-kept':
    case 'hold-ended':
      ladder.isHeld = event.type === 'hold-kept';
      ladder.dueAt = event.nextStepAt;
      return;
    case 'channel-failed':
      ladder.dueAt = event.nextStepAt;
      if (event.instead.length > 0) ladder.hasTold = true;
      return;
    case 'alert-opened':
    case 'violation-amended':
    case 'violation-ended':
    case 'further-channels-tried':
    case 'liaison-told':
    case 'liaison-not-reached':
      return;
    default:
      event satisfies never;
  }
};
