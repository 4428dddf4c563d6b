import * as z from 'zod';
import { type Instant, instant, instantSchema } from '#domain/model/instant.ts';
import { plainJson, type Reply } from '../reply.ts';

const scheduleSchema = z.strictObject({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.literal('UTC').optional(),
  GroupName: z.string().default('default'),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  FlexibleTimeWindow: z.looseObject({ Mode: z.literal('OFF') }),
  State: z.literal('ENABLED').optional(),
  Description: z.string().optional(),
  ClientToken: z.string().optional(),
  KmsKeyArn: z.string().optional(),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().default('{}'),
    RetryPolicy: z.unknown().optional(),
    DeadLetterConfig: z.unknown().optional(),
  }),
});

/** A one-off schedule that can be held: its settings, and when its input goes to its target. */
export const heldScheduleSchema = scheduleSchema.extend({ name: z.string(), dueAt: instantSchema });
export type Schedule = z.infer<typeof heldScheduleSchema>;

/** What a new schedule is checked against. */
export type ScheduleSurroundings = {
  now: Instant;
  groups: ReadonlySet<string>;
  queueUrlOfArn: (arn: string) => string | undefined;
};

const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;

const dueAtOf = (expression: string): Instant | undefined => {
  const [, time] = AT.exec(expression) ?? [];
  const at = time === undefined ? Number.NaN : Date.parse(`${time}Z`);
  return Number.isNaN(at) ? undefined : instant(at);
};

/** An error as the scheduler's protocol has it. */
export const schedulerError = (status: number, name: string, message: string): Reply => ({
  ...plainJson(status, { Message: message }),
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
});

const invalid = (message: string): Reply => schedulerError(400, 'ValidationException', message);

/** Reads the body of a CreateSchedule; the reply to give when it cannot be held. */
export const readSchedule = (
  name: string,
  body: unknown,
  { now, groups, queueUrlOfArn }: ScheduleSurroundings,
): { schedule: Schedule } | { refusal: Reply } => {
  const parsed = scheduleSchema.safeParse(body);
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error);
    return { refusal: invalid(`the local cloud cannot hold this schedule: ${problem}`) };
  }
  const { ScheduleExpression, GroupName, Target } = parsed.data;
  const dueAt = dueAtOf(ScheduleExpression);
  if (dueAt === undefined) {
    const problem = `Invalid Schedule Expression ${ScheduleExpression}: only at() is known.`;
    return { refusal: invalid(problem) };
  }
  if (dueAt <= now) return { refusal: invalid(`${ScheduleExpression} is in the past.`) };
  if (queueUrlOfArn(Target.Arn) === undefined) {
    return { refusal: invalid(`${Target.Arn} is no queue of this stack.`) };
  }
  if (GroupName !== 'default' && !groups.has(GroupName)) {
    const problem = `Schedule group ${GroupName} does not exist.`;
    return { refusal: schedulerError(404, 'ResourceNotFoundException', problem) };
  }
  return { schedule: { ...parsed.data, name, dueAt } };
};
