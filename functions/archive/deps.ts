import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsClient } from 'aws4fetch';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { archivableItems } from '../adapters/dynamodb/archivable-items.ts';
import { duePages } from '../adapters/dynamodb/due.ts';
import { telemetry } from '../adapters/log/log.ts';
import { type Objects, objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { trailArchive } from '../adapters/s3/trail-archive.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { ArchiveDeps } from './run.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; trailBucket: Objects }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, trailBucket }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): ArchiveDeps => ({
  now,
  duePages: duePages(dynamodb, env.TRAIL_TABLE),
  items: archivableItems(dynamodb, env.TRAIL_TABLE),
  archive: trailArchive(trailBucket),
  telemetry: told,
});

export const createDeps = (): ArchiveDeps => {
  const env = envSchema.parse(process.env);
  const s3 = s3Surroundings(process.env);
  const trailBucket = objects(new AwsClient(s3.client), s3.urlOf(env.TRAIL_BUCKET));
  const clients = { dynamodb: new DynamoDBClient(), trailBucket };
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
