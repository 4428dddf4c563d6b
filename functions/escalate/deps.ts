import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { alertChanges } from '../adapters/alert-changes.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertMemos } from '../adapters/dynamodb/alert-memos.ts';
import { feeds } from '../adapters/dynamodb/feeds.ts';
import { nudges } from '../adapters/dynamodb/nudges.ts';
import { pauseStore } from '../adapters/dynamodb/pauses.ts';
import { putAside } from '../adapters/dynamodb/violations.ts';
import { telemetry } from '../adapters/log/log.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { transferChanges } from '../adapters/transfer-changes.ts';
import { envSchema } from './env.ts';
import type { EscalateDeps } from './run.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  scheduler: SchedulerClient;
}>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  clients: Clients,
  env: z.infer<typeof envSchema>,
  surroundings: Surroundings,
): EscalateDeps => {
  const { dynamodb } = clients;
  const terms = { budget: env.FALSE_CALL_BUDGET, log: surroundings.telemetry.log };
  const memosOf = alertMemos(dynamodb, env.MONITORING_TABLE, terms);
  const changes = alertChanges(clients, env, { ...surroundings, memosOf });
  const { alerts, alertTimer, changeAlert, context, episodes } = changes;
  const { changeTransfer, transferTimer } = transferChanges(clients, env, surroundings);
  return {
    ...surroundings,
    context,
    feeds: feeds(dynamodb, env.MONITORING_TABLE, env.FEED_LIMITS),
    loadAlert: alerts.load,
    loadEpisodes: episodes.load,
    pauses: pauseStore(dynamodb, env.MONITORING_TABLE),
    holdLimits: env.HOLD_LIMITS,
    putNudge: nudges(dynamodb, { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE }),
    putAside: putAside(dynamodb, env.MONITORING_TABLE),
    ...{ alertTimer, changeAlert, changeTransfer, transferTimer },
  };
};

export const createDeps = (): EscalateDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient(), scheduler: new SchedulerClient() },
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
