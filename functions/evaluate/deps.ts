import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { learnedPlaces } from '../adapters/dynamodb/learned-places.ts';
import { parking } from '../adapters/dynamodb/parking.ts';
import { timelines } from '../adapters/dynamodb/supervisions.ts';
import { trail } from '../adapters/dynamodb/trail.ts';
import { recordedMarks } from '../adapters/dynamodb/violations.ts';
import { wearerStates } from '../adapters/dynamodb/wearer-states.ts';
import { telemetry } from '../adapters/log/log.ts';
import { armTimer } from '../adapters/scheduler/arm-timer.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { effects } from './effects.ts';
import { envSchema } from './env.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { askToLearn, learn } from './learn.ts';
import { supervisionCache } from './supervision-cache.ts';

export const createDeps = (): EvaluateDeps => {
  const env = envSchema.parse(process.env);
  const client = new DynamoDBClient();
  const sqs = new SQSClient();
  const told = telemetry();
  const loadTimeline = timelines(client, env.MONITORING_TABLE);
  const kept = trail(client, env.TRAIL_TABLE);
  const events = queue(sqs, env.EVENTS_QUEUE_URL);
  const learning = {
    ...{ now: systemClock, loadTimeline, trail: kept, telemetry: told },
    learned: learnedPlaces(client, env.MONITORING_TABLE),
  };
  const states = wearerStates(client, env.STATE_TABLE, told.measure);
  return {
    now: systemClock,
    states,
    supervisions: supervisionCache(loadTimeline),
    loadTimeline,
    loadMarks: recordedMarks(client, env.MONITORING_TABLE),
    effectsOf: effects({
      monitoring: env.MONITORING_TABLE,
      trail: env.TRAIL_TABLE,
      record: env.RECORD_TABLE,
    }),
    trail: kept,
    parking: parking(client, {
      state: env.STATE_TABLE,
      trail: env.TRAIL_TABLE,
      monitoring: env.MONITORING_TABLE,
    }),
    parkMessage: queue(sqs, env.EVENTS_DLQ_URL).forward,
    armTimer: armTimer({
      queue: events,
      queueArn: env.EVENTS_QUEUE_ARN,
      scheduler: new SchedulerClient(),
      scheduleGroup: env.SCHEDULE_GROUP,
      scheduleRoleArn: env.SCHEDULE_ROLE_ARN,
    }),
    telemetry: told,
    learn: (wearer) => learn(learning, wearer),
    askToLearn: askToLearn(events, told),
    toPairs: { loadLeashes: states.loadLeashes, events },
  };
};
