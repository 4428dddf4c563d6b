import type { MakeCheck, Watch } from './check.ts';
import { feedChangeOf, type InFeed } from './feed-rows.ts';
import { MOST_LATE_MILLISECONDS, SKEW_MILLISECONDS, wasTroubled } from './trouble.ts';

const LONGEST_GAP_SECONDS = 900;
const DAY = 86_400_000;

/** An event whose receipt is waited for. */
type Waiting = {
  readonly is: InFeed;
  readonly receiptSeconds: number;
  tries: number;
  lastAt: number;
  /** Since when it is known that they have it, or will not; and whether anybody ever said so. */
  saidAt: number | null;
  wasSaid: boolean;
  isReplaced: boolean;
};

/** That it goes out once more, as it was decided. */
type Again = Readonly<{ tries: number; createdAt: number }>;

const dueAfter = ({ receiptSeconds, tries }: Waiting): number =>
  Math.max(receiptSeconds, Math.min(receiptSeconds * 2 ** tries, LONGEST_GAP_SECONDS)) * 1000;

const checkAgain = (watch: Watch, one: Waiting, { tries, createdAt: at }: Again): void => {
  const { report, saw, now } = watch;
  const { eventId } = one.is.event;
  saw('event sent again');
  const dueAt = one.lastAt + dueAfter(one);
  if (tries !== one.tries + 1) report('I37 each time once', `${eventId}: ${tries}`);
  if (at < dueAt - SKEW_MILLISECONDS) report('I37 the gaps grow', `${eventId}: ${tries}`);
  if (at > dueAt + MOST_LATE_MILLISECONDS && !wasTroubled(watch.faults, dueAt, at)) {
    report('I37 without a receipt it is sent again', `${eventId}: late`);
  }
  if (one.isReplaced) report('I37 only the newest is sent again', eventId);
  if (one.saidAt !== null && one.saidAt < now()) {
    report('I37 nothing is sent again that they have', eventId);
  }
  one.tries = tries;
  one.lastAt = at;
};

/** I37: without a receipt an event goes out again, under its id, more and more seldom. */
export const resends: MakeCheck = (watch) => {
  const waiting = new Map<string, Waiting>();

  const onAppended = (is: InFeed): void => {
    const { recipient, incidentId, sequence, eventId } = is.event;
    const before = waiting.get(`${incidentId}.${sequence - 1}`);
    if (before !== undefined) before.isReplaced = true;
    const one = watch.plan.office.outsiders.find(({ liaisonId }) => liaisonId === recipient);
    if (one === undefined || one.acceptance === null || !one.isPushed) return;
    const { receiptSeconds } = one.acceptance;
    waiting.set(eventId, {
      ...{ is, receiptSeconds, tries: 0, lastAt: is.appendedAt },
      ...{ saidAt: null, wasSaid: false, isReplaced: false },
    });
  };

  return {
    onCommit: ({ changes }) => {
      for (const change of changes) {
        const found = feedChangeOf(change);
        if (found?.was === null) onAppended(found.is);
      }
      for (const { after, before } of changes) {
        if (after?.kind?.S !== 'event-again' || before !== undefined) continue;
        const { eventId, ...again } = JSON.parse(after.body?.S ?? '{}');
        const one = waiting.get(eventId);
        if (one === undefined) watch.report('I37 sent again is what was sent', eventId);
        else checkAgain(watch, one, again);
      }
    },
    onSaid: ({ eventId, status, answeredAt }) => {
      const one = waiting.get(eventId ?? '');
      if (one === undefined) return;
      one.wasSaid = true;
      if (status === 200) one.saidAt ??= answeredAt;
    },
    atEnd: () => {
      for (const one of waiting.values()) {
        if (one.wasSaid || one.isReplaced || watch.now() - one.is.appendedAt > DAY - 1) continue;
        const late = watch.now() - one.lastAt - dueAfter(one);
        if (late <= MOST_LATE_MILLISECONDS) continue;
        watch.report('I37 without a receipt it is sent again', one.is.event.eventId);
      }
    },
  };
};
