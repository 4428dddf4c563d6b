import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/instant.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { AlertEventOf } from './alert-events.ts';
import { DUTY_MANAGER, isLastResort, type Place } from './steps.ts';

/** A page of a step that can never be delivered, or that has not been for minutes. */
export type MissedPage = Place &
  Readonly<{
    recipient: Recipient;
    /** Of a message to a liaison: its number in what that one is told of the alert. */
    sequenceInFeed?: number;
  }>;

/**
 * Where a page by which a liaison was to learn of an alert can never be delivered, it has not been
 * told, and may be told again. Nothing, where it was told anew since, or never so.
 */
export const forgetNotReached = (
  { feeds }: Alert,
  { recipient, sequenceInFeed }: MissedPage,
  at: Instant,
): AlertEventOf<'liaison-not-reached'>[] => {
  if (recipient.channel !== 'liaison') return [];
  const told = feeds.find(({ liaisonId }) => liaisonId === recipient.liaisonId);
  const isThis = told?.knows === 'it-is-so' && told.raised === sequenceInFeed;
  return isThis ? [{ type: 'liaison-not-reached', at, recipient }] : [];
};

/** What is left to be tried of the same person in the same step, the soonest first. */
const insteadOf = ({ later }: Alert, { recipient, step, loop }: MissedPage) =>
  later
    .filter((page) => page.step === step && page.loop === loop)
    .filter(
      (page) =>
        'personId' in recipient &&
        'personId' in page.recipient &&
        page.recipient.personId === recipient.personId,
    )
    .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
    .slice(0, 1);

/** Whether its step is the one that ran last, and nothing has followed from it yet. */
const isAwaited = ({ ran, waiting }: Alert, { recipient, step, loop }: MissedPage): boolean =>
  ran?.step === step && ran.loop === loop && waiting.includes(recipientKey(recipient));

/**
 * What follows where a page can never be delivered: the person's next channel in the same step;
 * where nobody of the step is left, the next step at once. Of the last resort, and of what is told
 * quietly, the duty manager is told instead, so that a page that fails never calls for itself.
 * Null: it has been dealt with.
 */
export const followFailedPage = (
  alert: Alert,
  page: MissedPage,
  now: Instant,
): AlertEventOf<'channel-failed'> | null => {
  const { waiting, nextStepAt } = alert;
  const { recipient, step, loop } = page;
  const key = recipientKey(recipient);
  if (!isAwaited(alert, page) || nextStepAt === null) return null;
  const others = insteadOf(alert, page);
  const isEmpty = others.length === 0 && waiting.every((known) => known === key);
  const isLast = isLastResort(alert, page) || alert.track === 'review';
  const failed = { type: 'channel-failed', at: now, recipientKey: key, step, loop } as const;
  if (!isEmpty) return { ...failed, instead: others, nextStepAt };
  if (!isLast) return { ...failed, instead: [], nextStepAt: now };
  const isDutyManager = recipient.channel === DUTY_MANAGER.channel;
  const instead = isDutyManager ? [] : [{ recipient: DUTY_MANAGER, step, loop, dueAt: null }];
  return { ...failed, instead, nextStepAt };
};

/**
 * What follows where a page has not been delivered for minutes, and may be yet: the person's next
 * channel besides. The next step comes in its time. Null: there is none, or it is tried already.
 */
export const followLatePage = (
  alert: Alert,
  page: MissedPage,
  now: Instant,
): AlertEventOf<'further-channels-tried'> | null => {
  const pages = isAwaited(alert, page) ? insteadOf(alert, page) : [];
  return pages.length === 0 ? null : { type: 'further-channels-tried', at: now, pages };
};
