import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
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
import type { Surroundings } from '../adapters/surroundings.ts';
import { effects } from './effects.ts';
import { envSchema } from './env.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { askToLearn, learn } from './learn.ts';
import { supervisionCache } from './supervision-cache.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  scheduler: SchedulerClient;
}>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs, scheduler }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): EvaluateDeps => {
  const tables = {
    ...{ state: env.STATE_TABLE, monitoring: env.MONITORING_TABLE },
    ...{ trail: env.TRAIL_TABLE, record: env.RECORD_TABLE },
  };
  const loadTimeline = timelines(dynamodb, tables.monitoring);
  const kept = trail(dynamodb, tables.trail);
  const events = queue(sqs, env.EVENTS_QUEUE_URL);
  const learned = learnedPlaces(dynamodb, tables.monitoring);
  const learning = { now, loadTimeline, trail: kept, telemetry: told, learned };
  const states = wearerStates(dynamodb, tables.state, told.measure);
  return {
    ...{ now, states, loadTimeline, trail: kept, telemetry: told },
    supervisions: supervisionCache(loadTimeline),
    loadMarks: recordedMarks(dynamodb, tables.monitoring),
    effectsOf: effects(tables),
    parking: parking(dynamodb, tables),
    parkMessage: queue(sqs, env.EVENTS_DLQ_URL).forward,
    armTimer: armTimer({
      queue: events,
      queueArn: env.EVENTS_QUEUE_ARN,
      scheduler,
      scheduleGroup: env.SCHEDULE_GROUP,
      scheduleRoleArn: env.SCHEDULE_ROLE_ARN,
    }),
    learn: (wearer) => learn(learning, wearer),
    askToLearn: askToLearn(events, told),
    toPairs: { loadLeashes: states.loadLeashes, events },
  };
};

export const createDeps = (): EvaluateDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient(), scheduler: new SchedulerClient() },
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
