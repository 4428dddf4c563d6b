import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { due } from '../adapters/dynamodb/due.ts';
import { lastHeard } from '../adapters/dynamodb/feeds.ts';
import { keptPages } from '../adapters/dynamodb/kept-pages.ts';
import { lateRows } from '../adapters/dynamodb/late-rows.ts';
import { namedLiaisons } from '../adapters/dynamodb/liaison-names.ts';
import { parkedWearers } from '../adapters/dynamodb/parked-wearers.ts';
import { people } from '../adapters/dynamodb/people.ts';
import { rotaStore } from '../adapters/dynamodb/rotas.ts';
import { keptReport, keptVigil } from '../adapters/dynamodb/vigil.ts';
import { keepVigil, tellDutyManager } from '../adapters/keep-vigil.ts';
import { telemetry } from '../adapters/log/log.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import { reportDaily } from './report-daily.ts';
import type { AuditDeps } from './run.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; sns: SNSClient }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sns }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): AuditDeps => {
  const { AGENCY: agencyId, DUTY_MANAGER_TOPIC_ARN: dutyManagerTopicArn } = env;
  const telling = {
    ...{ agencyId, dutyManagerTopicArn, telemetry: told },
    email: publisher(sns).email,
  };
  return {
    now,
    loadDueWearers: due(dynamodb, env.STATE_TABLE),
    loadParked: parkedWearers(dynamodb, env.STATE_TABLE),
    loadLateRows: lateRows(dynamodb, env.MONITORING_TABLE),
    loadKeptPages: keptPages(dynamodb, env.MONITORING_TABLE, agencyId),
    loadLastHeard: lastHeard(dynamodb, env.MONITORING_TABLE),
    feedLateAfterSeconds: env.FEED_LATE_AFTER_SECONDS,
    keepVigil: keepVigil({
      ...telling,
      changeVigil: keptVigil(dynamodb, env.VIGIL_TABLE, agencyId).change,
    }),
    reportDaily: reportDaily({
      ...telling,
      rotas: rotaStore(dynamodb, env.MONITORING_TABLE),
      loadKnown: people(dynamodb, env.MONITORING_TABLE).loadKnown,
      loadNamedLiaisons: namedLiaisons(dynamodb, env.MONITORING_TABLE),
      changeReported: keptReport(dynamodb, env.VIGIL_TABLE, agencyId).change,
    }),
    tellDutyManager: (notice) => tellDutyManager(telling, notice),
    telemetry: told,
  };
};

export const createDeps = (): AuditDeps => {
  const clients = { dynamodb: new DynamoDBClient(), sns: new SNSClient() };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
