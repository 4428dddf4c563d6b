import { createHash } from 'node:crypto';
import {
  ConflictException,
  CreateScheduleCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { type Instant, instant, secondsBetween } from '#domain/model/instant.ts';
import type { Queue } from '../sqs/queue.ts';

/** SQS holds a message back for at most so long. */
const LONGEST_DELAY_SECONDS = 900;
/** Scheduler is precise to a minute: it wakes us so much earlier, and a delay does the rest. */
const SCHEDULE_EARLY_SECONDS = 300;

export type TimerTarget = Readonly<{
  queue: Pick<Queue, 'sendLater'>;
  queueArn: string;
  scheduler: SchedulerClient;
  scheduleGroup: string;
  scheduleRoleArn: string;
}>;

/** Something to be told at an instant. `name` is the same for the same timer. */
export type Timer = Readonly<{ name: string; dueAt: Instant; message: unknown }>;

const scheduleName = (name: string): string =>
  createHash('sha256').update(name).digest('hex').slice(0, 48);

/** at() takes UTC without an offset and without fractions. */
const atExpression = (at: Instant): string => `at(${new Date(at).toISOString().slice(0, 19)})`;

/**
 * Arms a timer: a delayed message within a quarter of an hour, a one-off schedule before that. A
 * hint only: what is due stands in the table, and the sweep finds it there if this is lost.
 */
export const armTimer =
  (target: TimerTarget) =>
  async (timer: Timer, now: Instant): Promise<void> => {
    const leftSeconds = Math.max(0, Math.ceil(secondsBetween(now, timer.dueAt)));
    if (leftSeconds <= LONGEST_DELAY_SECONDS) {
      await target.queue.sendLater(timer.message, leftSeconds);
      return;
    }
    const wakeAt = instant(timer.dueAt - SCHEDULE_EARLY_SECONDS * 1000);
    const command = new CreateScheduleCommand({
      Name: scheduleName(timer.name),
      GroupName: target.scheduleGroup,
      ScheduleExpression: atExpression(wakeAt),
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: target.queueArn,
        RoleArn: target.scheduleRoleArn,
        Input: JSON.stringify(timer.message),
      },
    });
    try {
      await target.scheduler.send(command);
    } catch (error) {
      // Record: a schedule of this name is this timer, armed before.
      if (!(error instanceof ConflictException)) throw error;
    }
  };
export type ArmTimer = ReturnType<typeof armTimer>;
