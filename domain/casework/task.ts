import * as z from 'zod';
import { digest } from '../model/digest.ts';
import {
  conditionIdSchema,
  orderIdSchema,
  personIdSchema,
  type TaskId,
  taskIdSchema,
  violationIdSchema,
  type WearerId,
  wearerIdSchema,
} from '../model/ids.ts';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { ViolationReason } from '../model/reasons.ts';
import { type TaskKind, taskKindSchema } from '../model/task-kind.ts';
import type { Violation } from '../model/violation.ts';

/** Something that somebody at the agency has to do by an instant: one of the field's clocks. */
export const taskSchema = z.object({
  taskId: taskIdSchema,
  wearerId: wearerIdSchema,
  kind: taskKindSchema,
  /** What it is about: the id of an alert, a decision, a message, an assessment or a plan. */
  about: z.string().min(1).max(300),
  /** The order whose officer has to do it. */
  orderId: orderIdSchema,
  orderVersion: z.number().int().min(1),
  openedAt: instantSchema,
  /** Who asked for it; null: it follows from a clock of the field. */
  openedBy: personIdSchema.nullable(),
  dueAt: instantSchema,
  /** Goes up by one with each change: whoever ends it names the one they read. */
  epoch: z.number().int().min(1),
  /** When it was found overdue, and an alert raised; null: it was not. */
  raisedAt: instantSchema.nullable(),
  ended: z
    .object({
      at: instantSchema,
      /** Null: by what it was about. */
      by: personIdSchema.nullable(),
      why: z.string().min(1).max(2_000),
    })
    .nullable(),
});
export type Task = z.infer<typeof taskSchema>;

/** What somebody has to know who opens a task. */
export type TaskOpening = Pick<
  Task,
  'wearerId' | 'kind' | 'about' | 'orderId' | 'orderVersion' | 'openedAt' | 'openedBy' | 'dueAt'
>;

/** One task of a kind about one thing: the same again is the same task. */
export const taskIdOf = ({ kind, about }: Pick<Task, 'kind' | 'about'>): TaskId =>
  taskIdSchema.parse(`${kind}.${digest(about)}`);

export const openedTask = (opening: TaskOpening): Task => ({
  ...opening,
  ...{ taskId: taskIdOf(opening), epoch: 1, raisedAt: null, ended: null },
});

/** A task that nobody has done in its time; null: it is done, or its time is yet to come. */
export const raisedTask = (task: Task, now: Instant): Task | null =>
  task.ended !== null || task.raisedAt !== null || task.dueAt > now
    ? null
    : { ...task, epoch: task.epoch + 1, raisedAt: now };

/** A task that is done, or has fallen; null: it is already. */
export const endedTask = (task: Task, ended: NonNullable<Task['ended']>): Task | null =>
  task.ended === null ? { ...task, epoch: task.epoch + 1, ended } : null;

const REASON_OF: Readonly<Record<TaskKind, ViolationReason>> = {
  'action-on-violation': 'action-overdue',
  'em-report': 'em-report-overdue',
  'recall-part-a': 'recall-part-a-overdue',
  'referral-follow-up': 'referral-follow-up-overdue',
  'assessment-review': 'assessment-review-overdue',
  'plan-review': 'plan-review-overdue',
  'contact-due': 'contact-overdue',
  'visit-due': 'home-visit-overdue',
  'message-unread': 'message-unread',
  'checks-unasked': 'checks-unasked',
};

/**
 * What an alert of its own is opened from where a task is overdue, and falls by when it is done:
 * for people here alone, told quietly. Null where it never was overdue.
 */
export const taskViolation = (task: Task): Violation | null => {
  const { taskId, wearerId, orderId, orderVersion, raisedAt, ended, dueAt } = task;
  if (raisedAt === null) return null;
  return {
    violationId: violationIdOf(task),
    ...{ wearerId, orderId, orderVersion },
    conditionId: conditionIdSchema.parse(taskId),
    conditionKind: 'casework',
    rule: 'casework',
    revision: ended === null ? 1 : 2,
    status: ended === null ? 'open' : 'ended',
    reason: REASON_OF[task.kind],
    openedAt: dueAt,
    endedAt: ended?.at ?? null,
    endReason: ended === null ? null : 'task-ended',
    detectedAt: raisedAt,
    ...{ certainty: null, competing: null, distanceMetres: null },
    ...{ isLate: false, isOldNews: false, evidence: [] },
    task: { taskId, about: task.about },
  };
};

/** A task that is opened again, for what it is about began again, is overdue anew. */
const violationIdOf = ({
  wearerId,
  taskId,
  openedAt,
}: Pick<Task, 'taskId' | 'openedAt'> &
  Readonly<{ wearerId: WearerId }>): Violation['violationId'] =>
  violationIdSchema.parse(`${wearerId}.${taskId}.${openedAt.toString(36)}`);
