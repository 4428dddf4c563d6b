import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CaseNote } from '#domain/casework/case-note.ts';
import {
  type Happened,
  metOnVisit,
  RHYTHMS,
  rhythmDueAt,
} from '#domain/casework/contact-rhythm.ts';
import type { SupervisionLevel } from '#domain/casework/supervision-level.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import type { PersonId, WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Visit } from '#domain/model/visit.ts';
import type { LoadCaseNotes } from '../adapters/dynamodb/case-notes.ts';
import type { LoadSupervisionLevels } from '../adapters/dynamodb/supervision-levels.ts';
import type { LoadVisits } from '../adapters/dynamodb/visits.ts';
import type { ReviewDeps } from './review-task.ts';

export type RhythmDeps = ReviewDeps &
  Readonly<{
    loadCaseNotes: LoadCaseNotes;
    loadVisits: LoadVisits;
    loadSupervisionLevels: LoadSupervisionLevels;
  }>;

type Changed = Readonly<{
  by: PersonId;
  now: Instant;
  /** The note, the visit or the stretch that is put just now. */
  note?: CaseNote;
  visit?: Visit;
  stretch?: SupervisionLevel;
}>;

/** No level lets more days pass. */
const LOOKED_BACK_DAYS = 366;

/** Whom somebody met or spoke to, as it stands with what is put just now. */
const happenedTo = async (
  deps: RhythmDeps,
  wearer: WearerRef,
  { now, note, visit }: Changed,
): Promise<Happened[]> => {
  const since = { fromAt: secondsAfter(now, -LOOKED_BACK_DAYS * DAY_SECONDS), toAt: now };
  const [kept, planned] = await Promise.all([
    deps.loadCaseNotes(wearer, since),
    deps.loadVisits(wearer),
  ]);
  const notes = kept.map((one) => one.note).filter(({ noteId }) => noteId !== note?.noteId);
  const visits = planned.filter(({ visitId }) => visitId !== visit?.visitId);
  return [
    ...notes,
    ...(note === undefined ? [] : [note]),
    ...[...visits, ...(visit === undefined ? [] : [visit])].flatMap(metOnVisit),
  ];
};

/**
 * By when somebody is to be met or visited next is a task, where a level of theirs was ever set: it
 * moves with each level and contact, in the same transaction. Without an order nobody is reminded.
 */
export const rhythmPuts = async (
  deps: RhythmDeps,
  wearer: WearerRef,
  changed: Changed,
): Promise<TransactWriteItem[]> => {
  const { by, now, stretch } = changed;
  const levels = await deps.loadSupervisionLevels(wearer);
  if (levels.length === 0 && stretch === undefined) return [];
  const order = await deps.loadLeadingOrder(wearer, now);
  if (order === null) return [];
  const known = {
    now,
    notes: await happenedTo(deps, wearer, changed),
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
