import {
  ConflictException,
  CreateScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { alertTimer } from '#functions/adapters/scheduler/alert-timer.ts';
import { armTimer } from '#functions/adapters/scheduler/arm-timer.ts';
import { later, T } from '#test/support/alerts.ts';
import { OPEN } from '#test/support/given-alert.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const client = new SchedulerClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const arming = () => {
  const delayed: (readonly [unknown, number])[] = [];
  const arm = armTimer({
    queue: {
      sendLater: async (message, seconds) => {
        delayed.push([message, seconds]);
      },
    },
    queueArn: 'arn:deadlines',
    scheduler: client,
    scheduleGroup: 'group',
    scheduleRoleArn: 'arn:role',
  });
  return { arm, delayed };
};
const timer = (seconds: number) => ({ name: 'a', dueAt: later(seconds), message: { a: 1 } });

describe('a timer within a quarter of an hour', () => {
  it.each([
    [900, 900],
    [0.2, 1],
    [0, 0],
    [-30, 0],
  ])('due in %d s is a message held back for %d s', async (due, delay) => {
    const { arm, delayed } = arming();
    await arm(timer(due), T);
    expect(delayed).toEqual([[{ a: 1 }, delay]]);
    expect(mock.calls()).toEqual([]);
  });
});

describe('a timer further away', () => {
  it('is a schedule in UTC that wakes five minutes early and deletes itself', async () => {
    mock.on(CreateScheduleCommand).resolves({});
    const { arm, delayed } = arming();
    await arm(timer(901), T);
    expect(delayed).toEqual([]);
    expect(mock.commandCalls(CreateScheduleCommand)[0]?.args[0].input).toMatchObject({
      GroupName: 'group',
      ScheduleExpression: 'at(2026-03-02T20:10:01)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: 'arn:deadlines', RoleArn: 'arn:role', Input: '{"a":1}' },
    });
  });

  it('has the same name when it is armed again, as AWS allows it', async () => {
    mock.on(CreateScheduleCommand).resolves({});
    const { arm } = arming();
    for (const name of ['a', 'a', 'b']) await arm({ ...timer(5_000), name }, T);
    const names = mock
      .commandCalls(CreateScheduleCommand)
      .map(({ args: [{ input }] }) => input.Name);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    expect(names[0]).toMatch(/^[0-9a-zA-Z_.-]{1,64}$/);
  });

  it('that is armed already stays armed', async () => {
    mock
      .on(CreateScheduleCommand)
      .rejects(new ConflictException({ $metadata: {}, message: 'exists', Message: 'exists' }));
    await expect(arming().arm(timer(5_000), T)).resolves.toBeUndefined();
  });

  it('that cannot be armed is thrown', async () => {
    mock.on(CreateScheduleCommand).rejects(new Error('quota'));
    await expect(arming().arm(timer(5_000), T)).rejects.toThrow('quota');
  });
});

describe("an alert's timer", () => {
  const AGENCY = agencyIdSchema.parse('demo');

  it('carries the epoch for which it was armed', async () => {
    const { arm, delayed } = arming();
    const { telemetry } = recordedTelemetry();
    await alertTimer(arm, telemetry.log)(AGENCY, OPEN, T);
    expect(delayed).toMatchObject([[{ kind: 'alert-due', epoch: 1, dueAt: later(300) }, 300]]);
  });

  it('is not armed where the alert waits for nothing', async () => {
    const { arm, delayed } = arming();
    const { telemetry } = recordedTelemetry();
    await alertTimer(arm, telemetry.log)(AGENCY, { ...OPEN, nextDueAt: null }, T);
    expect(delayed).toEqual([]);
  });

  it('that cannot be armed is put on record and left to the sweep', async () => {
    const { telemetry, lines } = recordedTelemetry();
    const arm = () => Promise.reject(new RangeError('quota'));
    await alertTimer(arm, telemetry.log)(AGENCY, OPEN, T);
    expect(lines).toMatchObject([{ level: 'warn', fields: { error: 'RangeError' } }]);
  });
});
