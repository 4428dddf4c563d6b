import type { ContactStates } from '../model/contact.ts';
import { DAY_SECONDS, earliest, type Instant, secondsAfter } from '../model/instant.ts';
import type { Memo } from '../model/memo.ts';
import type { PersonChannel } from '../model/recipient.ts';
import { type Addressed, recipientOn } from './contact-of.ts';
import { channelsOf, lapsesAt, stateOf } from './standing.ts';

/** A person is reminded so long before: time enough for somebody who is away for some days. */
const REMINDED_BEFORE_SECONDS = 7 * DAY_SECONDS;

const soonAt = (verifiedAt: Instant): Instant =>
  secondsAfter(lapsesAt(verifiedAt), -REMINDED_BEFORE_SECONDS);

/** The verified channels of a person, with what was said of their lapse already. */
const verifiedOn = (addressed: Addressed) =>
  channelsOf(addressed.person).flatMap((channel) => {
    const state = stateOf(addressed, channel);
    if (state === null || state.verified === null || state.stoppedAt !== null) return [];
    const { at } = state.verified;
    const { soonOf, lapseOf } = state.reminded;
    return [{ channel, at, isTold: soonOf === at, isManagerTold: lapseOf === at }];
  });

/** When something is to be said of a person's contacts next; null: nothing. */
export const nextReminderAt = (addressed: Addressed): Instant | null =>
  earliest(
    verifiedOn(addressed).map(({ at, isTold, isManagerTold }) => {
      if (isManagerTold) return null;
      return isTold ? lapsesAt(at) : soonAt(at);
    }),
  );

/** What is to be said now, and the states that know it was said. */
export type Reminders = Readonly<{
  states: ContactStates;
  messages: readonly Readonly<{ channel: PersonChannel; message: Memo }>[];
}>;

/**
 * Reminds a person on each contact that lapses within a week, and the duty manager of each that
 * has lapsed: each once for one verification. Null: nothing is due.
 */
export const remindersAt = (addressed: Addressed, now: Instant): Reminders | null => {
  const { personId } = addressed.person;
  const due = verifiedOn(addressed).flatMap(({ channel, at, isTold, isManagerTold }) => {
    if (now >= lapsesAt(at)) return isManagerTold ? [] : [{ channel, at, isLapsed: true }];
    return now < soonAt(at) || isTold ? [] : [{ channel, at, isLapsed: false }];
  });
  if (addressed.states === null || due.length === 0) return null;
  const channels = { ...addressed.states.channels };
  for (const { channel, at, isLapsed } of due) {
    const state = channels[channel];
    if (state === undefined) continue;
    const reminded = { soonOf: at, lapseOf: isLapsed ? at : state.reminded.lapseOf };
    channels[channel] = { ...state, reminded };
  }
  const messages = due.flatMap(({ channel, at, isLapsed }): Reminders['messages'] => {
    const told = { personId, channel, createdAt: now };
    if (isLapsed) return [{ channel, message: { about: 'lapsed', ...told } }];
    const recipient = recipientOn(addressed, channel);
    if (recipient === null) return [];
    const lapses = { recipient, createdAt: now, lapsesAt: lapsesAt(at) };
    return [{ channel, message: { about: 'lapses-soon', ...lapses } }];
  });
  return { states: { ...addressed.states, channels }, messages };
};
