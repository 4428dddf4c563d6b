import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { telemetry } from '../adapters/log/log.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { envSchema } from './env.ts';
import type { AuthorizeDeps } from './run.ts';

export const createDeps = (): AuthorizeDeps => {
  const env = envSchema.parse(process.env);
  const secrets = new SecretsManagerClient();
  return {
    now: systemClock,
    documents: documents(new DynamoDBClient(), env.MONITORING_TABLE),
    administratorToken: secret(secrets, env.ADMINISTRATOR_TOKEN_SECRET_ARN, systemClock),
    agencyId: env.AGENCY,
    telemetry: telemetry(),
  };
};
