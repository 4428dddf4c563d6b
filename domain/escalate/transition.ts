import type { Alert, AlsoOpen, LaterPage, Page } from '../model/alert.ts';
import { pageIdSchema } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import { personOf, type Recipient, recipientKey } from '../model/recipient.ts';
import type { AlertEvent, AlertEventOf } from './alert-events.ts';
import { evolve } from './evolve.ts';
import { countedInFeed, isNewsTo, placeInFeed, sequenceInFeed } from './feed-place.ts';
import { standDownTo } from './many-told.ts';
import { isSafety } from './safety.ts';
import { isLastResort, type Place } from './steps.ts';

/**
 * An alert after a decision, with the pages that go out with it: one transaction saves them all.
 */
export type Transition = Readonly<{
  before: Alert | null;
  after: Alert;
  events: readonly AlertEvent[];
  pages: readonly Page[];
}>;

type Known = Readonly<{ known: readonly Recipient[] }>;

type Telling = Readonly<{
  purpose: Page['purpose'];
  recipients: readonly Recipient[];
  step: number;
  loop: number;
  at: Instant;
  /** Whether nobody had been told before. */
  isFirst?: boolean;
}>;

/** What calls somebody to act, or quietly to look. */
const callOf = ({ track }: Alert) => (track === 'review' ? 'review' : 'alert');

type ByPlace = Readonly<{ pages: readonly LaterPage[]; at: Instant }>;

const byPlace = (alert: Alert, { pages, at }: ByPlace): Telling[] =>
  pages.map(({ recipient, step, loop }) => ({
    ...{ purpose: callOf(alert), recipients: [recipient], step, loop, at },
  }));

/** Whoever was called about a transfer hears that it is accepted, unless they have it in hand. */
const calledInVain = (alert: Alert, place: Omit<Telling, 'purpose' | 'recipients'>): Telling[] => {
  if (alert.conditionKind !== 'transfer') return [];
  const holders = alert.acknowledgements.map(({ by }) => by);
  const others = alert.told.filter((recipient) => {
    const who = personOf(recipient);
    return who === null || !holders.includes(who);
  });
  return [{ purpose: 'stand-down', recipients: standDownTo(others), ...place }];
};

/** What was taken back, and is closed at last, was told to be over when it was taken back. */
const closingTo = (alert: Alert, to: Omit<Telling, 'purpose'>): Telling[] =>
  alert.cleared === null ? [{ purpose: 'closed', ...to }] : [];

/** A court hears last: of what a person has closed so that a court is to deal with it. */
const courtsOf = (
  { courts = [] }: AlertEventOf<'alert-closed'>,
  { known, ...place }: Omit<Telling, 'purpose' | 'recipients'> & Pick<Known, 'known'>,
): Telling[] => {
  const told = new Set(known.map(recipientKey));
  const recipients = courts
    .map((liaisonId) => ({ channel: 'liaison', liaisonId }) as const)
    .filter((court) => !told.has(recipientKey(court)));
  return [{ purpose: 'alert', recipients, ...place }];
};

/** Whoever was told that it is over hears no more of it, unless it begins again. */
const isOpen = ({ closed, cleared }: Alert): boolean => closed === null && cleared === null;

/**
 * Whom an event tells, and why: of an alert as it was, and as it is now. Those who were told are
 * told when it was wrong; liaisons also of what changes in what they were told, and of the end,
 * once.
 */
const tellingsOf = (alert: Alert, event: AlertEvent, next: Alert): Telling[] => {
  const place = { step: alert.step, loop: alert.loop, at: event.at };
  const liaisons = alert.told.filter(({ channel }) => channel === 'liaison');
  switch (event.type) {
    case 'step-run': {
      const { informed = [], step, loop, at } = event;
      const recipients = [...informed, ...event.recipients];
      return [{ purpose: callOf(alert), recipients, step, loop, at }];
    }
    case 'further-channels-tried':
      return byPlace(alert, event);
    case 'channel-failed':
      return byPlace(alert, { pages: event.instead, at: event.at });
    case 'violation-withdrawn':
      return [{ purpose: 'stand-down', recipients: standDownTo(alert.told), ...place }];
    case 'violation-ended':
    case 'violation-amended':
      return isOpen(alert) && isNewsTo(alert, next)
        ? [{ purpose: 'update', recipients: liaisons, ...place }]
        : [];
    case 'violation-became-graver':
      return [{ purpose: 'closed', recipients: liaisons, ...place }];
    case 'liaison-told':
      return [{ purpose: callOf(alert), recipients: [event.recipient], ...place }];
    case 'alert-fell':
      return [
        ...closingTo(alert, { recipients: liaisons, ...place }),
        ...calledInVain(alert, place),
      ];
    case 'alert-closed':
      return [
        ...closingTo(alert, { recipients: liaisons, ...place }),
        ...courtsOf(event, { ...place, known: alert.told }),
      ];
    default:
      return [];
  }
};

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
const mayWait = (alert: Alert, { purpose, step, loop, isFirst }: Telling): boolean => {
  if (!CALLS.includes(purpose)) return false;
  if (isFirst && alert.episode.follows === null) return false;
  return isAgain(alert, { step, loop }) || !isSafety(alert.facts.violation);
};

const pagesOf = (alert: Alert, telling: Telling): Page[] =>
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
    ...placeInFeed(alert, recipient),
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
    let next: Alert = { ...evolved, sequence: known.sequence, feeds: known.feeds };
    const isFirst = known.told.every(({ channel }) => channel === 'liaison');
    for (const telling of tellingsOf({ ...known, epoch }, event, next)) {
      const more = pagesOf(next, { ...telling, isFirst });
      pages.push(...more);
      const counted = telling.recipients.reduce(countedInFeed, next);
      next = { ...counted, sequence: next.sequence + more.length };
    }
    after = next;
  }
  return after === null || events.length === 0 ? null : { before, after, events, pages };
};
