import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CaseNote } from '#domain/casework/case-note.ts';
import { RHYTHMS, rhythmDueAt } from '#domain/casework/contact-rhythm.ts';
import type { SupervisionLevel } from '#domain/casework/supervision-level.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import type { PersonId, WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { LoadCaseNotes } from '../adapters/dynamodb/case-notes.ts';
import type { LoadSupervisionLevels } from '../adapters/dynamodb/supervision-levels.ts';
import type { ReviewDeps } from './review-task.ts';

export type RhythmDeps = ReviewDeps &
  Readonly<{ loadCaseNotes: LoadCaseNotes; loadSupervisionLevels: LoadSupervisionLevels }>;

type Changed = Readonly<{
  by: PersonId;
  now: Instant;
  /** The note, or the stretch, that is put just now. */
  note?: CaseNote;
  stretch?: SupervisionLevel;
}>;

/** No level lets more days pass. */
const LOOKED_BACK_DAYS = 366;

/**
 * By when somebody is to be met or visited next is a task, where a level of theirs was ever set: it
 * moves with each level and contact, in the same transaction. Without an order nobody is reminded.
 */
export const rhythmPuts = async (
  deps: RhythmDeps,
  wearer: WearerRef,
  { by, now, note, stretch }: Changed,
): Promise<TransactWriteItem[]> => {
  const levels = await deps.loadSupervisionLevels(wearer);
  if (levels.length === 0 && stretch === undefined) return [];
  const order = await deps.loadLeadingOrder(wearer, now);
  if (order === null) return [];
  const since = { fromAt: secondsAfter(now, -LOOKED_BACK_DAYS * DAY_SECONDS), toAt: now };
  const kept = await deps.loadCaseNotes(wearer, since);
  const others = kept.map((one) => one.note).filter(({ noteId }) => noteId !== note?.noteId);
  const known = {
    now,
    notes: note === undefined ? others : [...others, note],
    stretches: [
      ...levels.filter(({ levelId }) => levelId !== stretch?.levelId),
      ...(stretch === undefined ? [] : [stretch]),
    ],
  };
  const { orderId } = order.value;
  const each = RHYTHMS.map((rhythm) => {
    const { kind, about } = rhythm;
    const dueAt = rhythmDueAt(rhythm, known);
    const ended = { at: now, by, why: 'the level of supervision asks for none' };
    return dueAt === null
      ? deps.tasks.endPuts(wearer, taskIdOf({ kind, about }), ended)
      : deps.tasks.renewPuts(wearer, {
          ...{ wearerId: wearer.wearerId, kind, about, orderId, orderVersion: order.version },
          ...{ openedAt: now, openedBy: by, dueAt },
        });
  });
  return (await Promise.all(each)).flat();
};
