import type { Page } from '#domain/model/alert.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import type { Text } from '../world/people.ts';
import { entriesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';

type Sent = Readonly<{ text: Text; page: Page; at: number; wasKnown: boolean }>;

/** A text is worked off within so long after the last fault. */
const MOST_UNANSWERED_MILLISECONDS = 900_000;
/** What an answer says was done, and the entry of the record that says so, too. */
const SAYS: readonly (readonly [words: string, event: string])[] = [
  ['You have it: ', 'alert-acknowledged'],
  ['Noted: ', 'alert-acknowledged'],
  ['Handed on: ', 'alert-escalated'],
];

const answerOf = ({ after }: Change): Readonly<{ answerId: string; text: string }> | null => {
  if (after?.entity?.S !== 'OUTBOX' || after.kind?.S !== 'answer') return null;
  return JSON.parse(after.body?.S ?? '');
};

type Channels = Readonly<{ channels?: { sms?: { stoppedAt: number | null } } }>;

const stoppedAtOf = (item: Item | undefined): number | null => {
  const { channels }: Channels = JSON.parse(item?.body?.S ?? '{}');
  return channels?.sms?.stoppedAt ?? null;
};

/** I23: that somebody wants no more texts is told to the duty manager, in the same transaction. */
const checkStopped = ({ report, saw }: Watch, changes: readonly Change[]): void => {
  for (const { before, after, key } of changes) {
    if (after?.entity?.S !== 'CONTACTS' || key.sk?.S !== 'CONTACTS') continue;
    if (stoppedAtOf(after) === null || stoppedAtOf(before) !== null) continue;
    saw('stopped');
    const isTold = changes.some(({ after: row }) => row?.kind?.S === 'memo');
    if (!isTold) report('I23 the duty manager hears of a STOP', key.pk?.S ?? '');
  }
};

/** Strangers are not answered, and whoever has another number by now is one. */
const isNumberOfSomebody = ({ db, plan }: Watch, { originationNumber }: Text): boolean =>
  plan.office.tempers.some(({ personId }) => {
    const person = db.itemOf('monitoring', `demo#PERSON#${personId}`, 'CURRENT');
    return JSON.parse(person?.body?.S ?? '{}').mobile === originationNumber;
  });

const isUnsent = (status: string | undefined, dueAt: number, now: number): boolean =>
  status === 'pending' && dueAt < now - MOST_UNANSWERED_MILLISECONDS;

/** I4, I19, I25: who texts is answered, once; and told of what was done, by them, to that alert. */
export const texts: MakeCheck = (watch) => {
  const sent = new Map<string, Sent>();
  const answered = new Set<string>();

  const onAnswer = (change: Change, changes: readonly Change[]): void => {
    const answer = answerOf(change);
    if (answer === null) return;
    const { answerId, text } = answer;
    if (change.before !== undefined) return;
    if (answered.has(answerId)) watch.report('I7 a text is answered once', answerId);
    answered.add(answerId);
    const asked = sent.get(answerId);
    const [, done] = SAYS.find(([words]) => text.startsWith(words)) ?? [];
    if (asked === undefined || done === undefined) return;
    watch.saw(`by text: ${done}`);
    const isDone = entriesOf(changes).some(
      ({ alertId, event }) => alertId === asked.page.alertId && event.type === done,
    );
    if (!isDone) watch.report('I4 what is answered as done is done', `${answerId}: ${text}`);
  };

  return {
    onText: (text, page) => {
      const wasKnown = isNumberOfSomebody(watch, text);
      sent.set(text.inboundMessageId, { text, page, at: watch.now(), wasKnown });
    },
    onCommit: ({ changes }) => {
      checkStopped(watch, changes);
      for (const change of changes) onAnswer(change, changes);
    },
    atEnd: () => {
      for (const [id, { text, at, wasKnown }] of sent) {
        const isYoung = at > watch.now() - MOST_UNANSWERED_MILLISECONDS;
        const isKnown = wasKnown && isNumberOfSomebody(watch, text);
        if (answered.has(id) || isYoung || !isKnown || watch.isGivenUp(text)) continue;
        watch.report('I19 every text is answered', `${id}: ${text.messageBody}`);
      }
      for (const { entity, status, kind, nextDueAt, sk } of watch.db.itemsOf('monitoring')) {
        if (entity?.S !== 'OUTBOX' || kind?.S === 'page') continue;
        if (!isUnsent(status?.S, Number(nextDueAt?.N), watch.now())) continue;
        watch.report('I19 every row ends', `${kind?.S} ${sk?.S} is still pending`);
      }
    },
  };
};
