import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { createClock, type MovableClock } from '#local/cloud/clock/clock.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { queueClient, START, startFixture } from './fixture-cloud.ts';

const on = async (clock: MovableClock, work: (cloud: Cloud) => Promise<void>): Promise<void> => {
  const cloud = await startFixture({ clock });
  try {
    await work(cloud);
  } finally {
    await cloud.stop();
  }
};

const send = (cloud: Cloud, MessageBody: string) =>
  queueClient(cloud).send(
    new SendMessageCommand({ QueueUrl: cloud.queueUrl('Work'), MessageBody }),
  );

describe('given a clock that runs', () => {
  it('waits for a retry when the clock gets there by itself', () =>
    on(createClock({ mode: 'rate', rate: 60, startAt: START }), async (cloud) => {
      await send(cloud, 'bad');
      await cloud.settled();
      expect(cloud.functionLogs('Consume').filter((line) => line.startsWith('bad'))).toEqual([
        'bad delivery 1',
        'bad delivery 2',
      ]);
    }));

  it('replays an hour in the order of its instants, jumping when all is done', () =>
    on(createClock({ mode: 'replay', startAt: START }), async (cloud) => {
      await send(cloud, 'bad');
      const end = instant(cloud.clock.now() + 3_600_000);
      for (;;) {
        await cloud.settled();
        const dueAt = cloud.agenda.nextDueAt();
        if (dueAt === undefined || dueAt > end) break;
        cloud.clock.jumpTo(dueAt);
      }
      expect(cloud.functionLogs('Tick')).toHaveLength(60);
      expect(cloud.functionLogs('Consume')).toEqual(['bad delivery 1', 'bad delivery 2']);
    }));

  it('shows functions the time of a stopped clock in a far year', () =>
    on(
      createClock({ mode: 'stopped', startAt: instant(Date.parse('2040-02-29T00:00:00Z')) }),
      async (cloud) => {
        await cloud.invoke('Tick', { time: 'then' });
        expect(cloud.functionLogs('Tick')).toEqual(['tick then at 2040-02-29T00:00:00.000Z']);
        await send(cloud, 'red');
        await cloud.settled();
        expect(cloud.outbox.entries()).toHaveLength(2);
      },
    ));
});
