import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type * as z from 'zod';
import { changeAlert } from '../adapters/change-alert.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { episodeStore } from '../adapters/dynamodb/episodes.ts';
import { recordRefusal } from '../adapters/dynamodb/refusals.ts';
import { keptCanary, keptVigil } from '../adapters/dynamodb/vigil.ts';
import { keepVigil } from '../adapters/keep-vigil.ts';
import { telemetry } from '../adapters/log/log.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { CanaryDeps } from './run.ts';
import { makeToken, setUp } from './set-up.ts';
import { type UploadDeps, upload } from './upload.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sns: SNSClient;
  post: UploadDeps['post'];
  newSecret: () => string;
}>;

/** API Gateway answers within 30 s or not at all; so long a head-end would not wait either. */
const LONGEST_ANSWER_MILLISECONDS = 10_000;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sns, post, newSecret }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): CanaryDeps => {
  const { AGENCY: agencyId, MONITORING_TABLE: monitoring, VIGIL_TABLE: vigil } = env;
  const world = {
    ...{ agencyId, monitoringTable: monitoring },
    documents: documents(dynamodb, monitoring),
  };
  return {
    now,
    agencyId,
    everySeconds: env.EVERY_SECONDS,
    changeCanary: keptCanary(dynamodb, vigil, agencyId).change,
    setUp: setUp(world),
    upload: upload({ post, makeToken: makeToken(world, newSecret), log: told.log }),
    changeAlert: changeAlert({
      now,
      alerts: alerts(dynamodb, { monitoring, record: env.RECORD_TABLE }),
      episodes: episodeStore(dynamodb, monitoring),
      // What it closes falls due no more.
      alertTimer: async () => undefined,
      recordRefusal: recordRefusal(dynamodb, env.RECORD_TABLE),
    }),
    keepVigil: keepVigil({
      ...{ agencyId, telemetry: told, email: publisher(sns).email },
      dutyManagerTopicArn: env.DUTY_MANAGER_TOPIC_ARN,
      changeVigil: keptVigil(dynamodb, vigil, agencyId).change,
    }),
    telemetry: told,
  };
};

export const createDeps = (): CanaryDeps => {
  const env = envSchema.parse(process.env);
  const post: UploadDeps['post'] = async (body, token) => {
    const answer = await fetch(`${env.PUBLIC_URL}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body,
      signal: AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: answer.status, body: isJson ? JSON.parse(text) : text };
  };
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sns: new SNSClient(), post },
    newSecret: () => randomBytes(32).toString('base64url'),
  };
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
