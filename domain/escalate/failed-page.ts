import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/instant.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { AlertEventOf } from './alert-events.ts';
import { DUTY_MANAGER, isLastResort, type Place } from './steps.ts';

/**
 * A page of a step that can never be delivered; or, where it `isPassing`, that has not been for
 * minutes, and may be yet.
 */
export type FailedPage = Place & Readonly<{ recipient: Recipient; isPassing?: boolean }>;

/** What is left to be tried of the same person in the same step, the soonest first. */
const insteadOf = ({ later }: Alert, { recipient, step, loop }: FailedPage) =>
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

/**
 * What follows where a page can never be delivered: the person's next channel in the same step;
 * where nobody of the step is left, the next step at once. Of the last resort, and of what is told
 * quietly, the duty manager is told instead, so that a page that fails never calls for itself.
 * Trouble that may pass leads to the next channel alone: where there is none, the page waits on,
 * and the next step comes in its time. Null: it has been dealt with, or nothing follows.
 */
export const followFailedPage = (
  alert: Alert,
  page: FailedPage,
  now: Instant,
): AlertEventOf<'channel-failed'> | null => {
  const { ran, waiting, nextStepAt } = alert;
  const { recipient, step, loop, isPassing = false } = page;
  const key = recipientKey(recipient);
  const isCurrent = ran?.step === step && ran.loop === loop;
  if (!isCurrent || !waiting.includes(key) || nextStepAt === null) return null;
  const others = insteadOf(alert, page);
  if (isPassing && others.length === 0) return null;
  const isEmpty = others.length === 0 && waiting.every((known) => known === key);
  const isLast = isLastResort(alert, page) || alert.track === 'review';
  const place = { recipientKey: key, step, loop, isPassing };
  const failed = { type: 'channel-failed', at: now, ...place } as const;
  if (!isEmpty) return { ...failed, instead: others, nextStepAt };
  if (!isLast) return { ...failed, instead: [], nextStepAt: now };
  const isDutyManager = recipient.channel === DUTY_MANAGER.channel;
  const instead = isDutyManager ? [] : [{ recipient: DUTY_MANAGER, step, loop, dueAt: null }];
  return { ...failed, instead, nextStepAt };
};
