import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { Enforcement } from '../enforcement.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { arnOf, type Place } from '../place.ts';
import { plainJson, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';
import type { AnswerCall } from './gateway.ts';
import {
  heldScheduleSchema,
  readSchedule,
  type Schedule,
  type ScheduleSurroundings,
  schedulerError,
} from './schedule-request.ts';

export type AnswerSchedulerParts = Omit<ScheduleSurroundings, 'now'> & {
  place: Place;
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  ledger: Ledger;
  maySchedule: Enforcement['maySchedule'];
};

type Held = { schedule: Schedule; cancel: () => void };

const keyOf = (group: string, name: string): string => `${group}/${name}`;

/**
 * One-off schedules: `at(...)` in UTC, to a queue, held on the clock. `restore` arms those of the
 * ledger again.
 */
export const answerScheduler = (
  parts: AnswerSchedulerParts,
): { answer: AnswerCall; restore: () => void } => {
  const { place, engine, agenda, clock, ledger, queueUrlOfArn } = parts;
  const kept = ledger.collection('schedules', heldScheduleSchema);
  const schedules = new Map<string, Held>();
  const arn = ({ GroupName, name }: Schedule): string =>
    arnOf(place, 'scheduler', `schedule/${GroupName}/${name}`);

  const fire = async (key: string, schedule: Schedule): Promise<void> => {
    if (schedule.ActionAfterCompletion === 'DELETE') schedules.delete(key);
    const { Arn: queueArn, RoleArn: roleArn, Input } = schedule.Target;
    if (parts.maySchedule({ groupName: schedule.GroupName, roleArn, queueArn })) {
      const QueueUrl = queueUrlOfArn(queueArn);
      await engine.sqs('SendMessage', { QueueUrl, MessageBody: Input });
    }
    // After the message, so that a crash between the two sends it again rather than never.
    kept.drop(key);
  };

  const arm = (key: string, schedule: Schedule): void => {
    const run = (): Promise<void> => fire(key, schedule);
    const cancel = agenda.add({ dueAt: schedule.dueAt, kind: 'schedule', label: key, run });
    schedules.set(key, { schedule, cancel });
  };

  const create = (call: ServiceCall, name: string): Reply => {
    const body: unknown = JSON.parse(call.body.toString());
    const read = readSchedule(name, body, { ...parts, now: clock.now() });
    if ('refusal' in read) return read.refusal;
    const { schedule } = read;
    const key = keyOf(schedule.GroupName, name);
    if (schedules.has(key)) {
      return schedulerError(409, 'ConflictException', `Schedule ${name} already exists.`);
    }
    kept.set(key, schedule);
    arm(key, schedule);
    return plainJson(200, { ScheduleArn: arn(schedule) });
  };

  const show = ({ schedule }: Held): Reply => {
    const { dueAt: _, name: Name, ...settings } = schedule;
    return plainJson(200, { ...settings, Name, Arn: arn(schedule), State: 'ENABLED' });
  };

  const remove = (key: string, held: Held): Reply => {
    held.cancel();
    schedules.delete(key);
    kept.drop(key);
    return plainJson(200, {});
  };

  const answer: AnswerCall = async (call) => {
    const url = new URL(call.path, 'http://scheduler');
    const [, path, encodedName] = url.pathname.split('/');
    if (path !== 'schedules' || encodedName === undefined) return undefined;
    const name = decodeURIComponent(encodedName);
    if (call.method === 'POST') return create(call, name);
    if (call.method !== 'GET' && call.method !== 'DELETE') return undefined;
    const key = keyOf(url.searchParams.get('groupName') ?? 'default', name);
    const held = schedules.get(key);
    if (held === undefined) {
      const problem = `Schedule ${name} does not exist.`;
      return schedulerError(404, 'ResourceNotFoundException', problem);
    }
    return call.method === 'GET' ? show(held) : remove(key, held);
  };

  const restore = (): void => {
    for (const [key, schedule] of kept.entries()) arm(key, schedule);
  };
  return { answer, restore };
};
