import type { Alert, AlsoOpen, Page } from '../model/alert.ts';
import { pageIdSchema } from '../model/ids.ts';
import { recipientKey } from '../model/recipient.ts';
import type { AlertEvent } from './alert-events.ts';
import { evolve } from './evolve.ts';
import { countedInFeed, placeInFeed, sequenceInFeed } from './feed-place.ts';
import { isSafety } from './safety.ts';
import { isLastResort, type Place } from './steps.ts';
import { type Telling, tellingsOf } from './tellings.ts';

/**
 * An alert after a decision, with the pages that go out with it: one transaction saves them all.
 */
export type Transition = Readonly<{
  before: Alert | null;
  after: Alert;
  events: readonly AlertEvent[];
  pages: readonly Page[];
}>;

/** A telling; `isFirst`: nobody had been told before. */
type Told = Telling & Readonly<{ isFirst: boolean }>;

/** The purposes of pages that call somebody to act. */
const CALLS: readonly Page['purpose'][] = ['alert', 'review'];

const alsoOf = ({ counted }: Alert): AlsoOpen[] => counted.map(({ personIds: _, ...also }) => also);

/** Whether a step tells again what it has told: the last resort begins after the last round. */
const isAgain = (alert: Alert, at: Place): boolean => {
  const begins = isLastResort(alert, at) ? alert.policy.repeat + 1 : 0;
  return at.loop > alert.firstLoop + begins;
};

/**
 * Whether a page may wait for its contact: never the first of an episode, nor, where safety hangs
 * on it, the first of any step or of the last resort; nor what calls nobody.
 */
const mayWait = (alert: Alert, { purpose, step, loop, isFirst }: Told): boolean => {
  if (!CALLS.includes(purpose)) return false;
  if (isFirst && alert.episode.follows === null) return false;
  return isAgain(alert, { step, loop }) || !isSafety(alert.facts.violation);
};

const pagesOf = (alert: Alert, telling: Told): Page[] =>
  telling.recipients.map((recipient, index) => ({
    pageId: pageIdSchema.parse(
      [
        ...[alert.alertId, telling.purpose, telling.loop, telling.step, recipientKey(recipient)],
        // A liaison may be told of several changes between two steps.
        ...(recipient.channel === 'liaison' ? [sequenceInFeed(alert, recipient.liaisonId)] : []),
      ].join('/'),
    ),
    alertId: alert.alertId,
    wearerId: alert.wearerId,
    sequence: alert.sequence + index + 1,
    epoch: alert.epoch,
    purpose: telling.purpose,
    recipient,
    step: telling.step,
    loop: telling.loop,
    severity: alert.severity,
    conditionKind: alert.conditionKind,
    isTest: alert.isTest,
    createdAt: telling.at,
    facts: alert.facts,
    also: CALLS.includes(telling.purpose) ? alsoOf(alert) : [],
    mayWait: mayWait(alert, telling),
    bundled: [],
    ...placeInFeed(alert, { ...telling, recipient }),
  }));

/** Events of one transition have one cause: who caused it stands in one of them, if anybody. */
const changeOf = (events: readonly AlertEvent[]): Pick<Alert, 'changed'> | null => {
  const [first] = events;
  if (first === undefined) return null;
  const act = events.find((event) => 'by' in event) ?? first;
  const by = 'by' in act ? act.by : null;
  return { changed: { at: act.at, by, what: act.type } };
};

/** Applies events to an alert: its next epoch, and every page under an id of its own. */
export const transition = (
  before: Alert | null,
  events: readonly AlertEvent[],
): Transition | null => {
  const epoch = (before?.epoch ?? 0) + 1;
  let after = before;
  const pages: Page[] = [];
  for (const event of events) {
    const known: Alert | null = after ?? (event.type === 'alert-opened' ? event.alert : null);
    if (known === null) return null;
    const evolved: Alert = { ...evolve(known, event), epoch, ...changeOf(events) };
    let next = evolved;
    const isFirst = known.told.every(({ channel }) => channel === 'liaison');
    for (const telling of tellingsOf({ before: { ...known, epoch }, after: next }, event)) {
      const more = pagesOf(next, { ...telling, isFirst });
      pages.push(...more);
      const counted = telling.recipients.reduce(
        (told, recipient) => countedInFeed(told, { ...telling, recipient }),
        next,
      );
      next = { ...counted, sequence: next.sequence + more.length };
    }
    after = next;
  }
  return after === null || events.length === 0 ? null : { before, after, events, pages };
};
