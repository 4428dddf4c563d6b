import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { telemetry } from '../adapters/log/log.ts';
import { secret } from '../adapters/secrets/secret.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { AuthorizeDeps } from './run.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; secrets: SecretsManagerClient }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, secrets }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): AuthorizeDeps => ({
  now,
  documents: documents(dynamodb, env.MONITORING_TABLE),
  administratorToken: secret(secrets, env.ADMINISTRATOR_TOKEN_SECRET_ARN, now),
  agencyId: env.AGENCY,
  telemetry: told,
});

export const createDeps = (): AuthorizeDeps => {
  const clients = { dynamodb: new DynamoDBClient(), secrets: new SecretsManagerClient() };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
