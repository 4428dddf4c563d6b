import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsClient } from 'aws4fetch';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { archivableItems } from '../adapters/dynamodb/archivable-items.ts';
import { duePages } from '../adapters/dynamodb/due.ts';
import { telemetry } from '../adapters/log/log.ts';
import { objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { trailArchive } from '../adapters/s3/trail-archive.ts';
import { envSchema } from './env.ts';
import type { ArchiveDeps } from './run.ts';

export const createDeps = (): ArchiveDeps => {
  const env = envSchema.parse(process.env);
  const client = new DynamoDBClient();
  const s3 = s3Surroundings(process.env);
  return {
    now: systemClock,
    duePages: duePages(client, env.TRAIL_TABLE),
    items: archivableItems(client, env.TRAIL_TABLE),
    archive: trailArchive(objects(new AwsClient(s3.client), s3.urlOf(env.TRAIL_BUCKET))),
    telemetry: telemetry(),
  };
};
