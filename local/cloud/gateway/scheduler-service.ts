import * as z from 'zod';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { arnOf, type Place } from '../place.ts';
import { plainJson, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';
import type { Service } from './gateway.ts';

export type SchedulerServiceParts = {
  place: Place;
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  groups: ReadonlySet<string>;
  queueUrlOfArn: (arn: string) => string | undefined;
};

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

type Schedule = z.infer<typeof scheduleSchema> & { name: string; dueAt: Instant };
type Held = { schedule: Schedule; cancel: () => void };

const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;

const dueAtOf = (expression: string): Instant | undefined => {
  const [, time] = AT.exec(expression) ?? [];
  const at = time === undefined ? Number.NaN : Date.parse(`${time}Z`);
  return Number.isNaN(at) ? undefined : instant(at);
};

const failure = (status: number, name: string, message: string): Reply => ({
  ...plainJson(status, { Message: message }),
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
});

/** One-off schedules: `at(...)` in UTC, to a queue, held on the clock. */
export const createSchedulerService = (parts: SchedulerServiceParts): Service => {
  const { place, engine, agenda, clock, groups, queueUrlOfArn } = parts;
  const schedules = new Map<string, Held>();
  const keyOf = (group: string, name: string): string => `${group}/${name}`;
  const arn = ({ GroupName, name }: Schedule): string =>
    arnOf(place, 'scheduler', `schedule/${GroupName}/${name}`);

  const fire = async (schedule: Schedule, queueUrl: string): Promise<void> => {
    if (schedule.ActionAfterCompletion === 'DELETE') {
      schedules.delete(keyOf(schedule.GroupName, schedule.name));
    }
    await engine.sqs('SendMessage', { QueueUrl: queueUrl, MessageBody: schedule.Target.Input });
  };

  const create = (call: ServiceCall, name: string): Reply => {
    const parsed = scheduleSchema.safeParse(JSON.parse(call.body.toString()));
    if (!parsed.success) {
      const problem = `the local cloud cannot hold this schedule: ${z.prettifyError(parsed.error)}`;
      return failure(400, 'ValidationException', problem);
    }
    const input = parsed.data;
    const dueAt = dueAtOf(input.ScheduleExpression);
    const queueUrl = queueUrlOfArn(input.Target.Arn);
    const key = keyOf(input.GroupName, name);
    if (dueAt === undefined) {
      const problem = `Invalid Schedule Expression ${input.ScheduleExpression}: only at() is known.`;
      return failure(400, 'ValidationException', problem);
    }
    if (dueAt <= clock.now()) {
      const problem = `${input.ScheduleExpression} is in the past.`;
      return failure(400, 'ValidationException', problem);
    }
    if (queueUrl === undefined) {
      return failure(400, 'ValidationException', `${input.Target.Arn} is no queue of this stack.`);
    }
    if (input.GroupName !== 'default' && !groups.has(input.GroupName)) {
      const problem = `Schedule group ${input.GroupName} does not exist.`;
      return failure(404, 'ResourceNotFoundException', problem);
    }
    if (schedules.has(key)) {
      return failure(409, 'ConflictException', `Schedule ${name} already exists.`);
    }
    const schedule = { ...input, name, dueAt };
    const held: Held = { schedule, cancel: () => undefined };
    schedules.set(key, held);
    held.cancel = agenda.add({
      dueAt,
      kind: 'schedule',
      label: key,
      run: () => fire(schedule, queueUrl),
    });
    return plainJson(200, { ScheduleArn: arn(schedule) });
  };

  const show = ({ schedule }: Held): Reply => {
    const { dueAt: _, name: Name, ...settings } = schedule;
    return plainJson(200, { ...settings, Name, Arn: arn(schedule), State: 'ENABLED' });
  };

  const remove = (key: string, held: Held): Reply => {
    held.cancel();
    schedules.delete(key);
    return plainJson(200, {});
  };

  return async (call) => {
    const url = new URL(call.path, 'http://scheduler');
    const [, path, encodedName] = url.pathname.split('/');
    if (path !== 'schedules' || encodedName === undefined) return undefined;
    const name = decodeURIComponent(encodedName);
    if (call.method === 'POST') return create(call, name);
    if (call.method !== 'GET' && call.method !== 'DELETE') return undefined;
    const key = keyOf(url.searchParams.get('groupName') ?? 'default', name);
    const held = schedules.get(key);
    if (held === undefined) {
      return failure(404, 'ResourceNotFoundException', `Schedule ${name} does not exist.`);
    }
    return call.method === 'GET' ? show(held) : remove(key, held);
  };
};
