import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsClient } from 'aws4fetch';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { erasable } from '../adapters/dynamodb/erasable.ts';
import { erasableDocuments } from '../adapters/dynamodb/erasable-documents.ts';
import { erasing } from '../adapters/dynamodb/erasing.ts';
import {
  loadRetentionPolicy,
  restFacts,
  retentionFacts,
} from '../adapters/dynamodb/retention-facts.ts';
import { loadRetentionGuard } from '../adapters/dynamodb/retention-guard.ts';
import { wearerList } from '../adapters/dynamodb/wearer-list.ts';
import { telemetry } from '../adapters/log/log.ts';
import {
  type ErasableObjects,
  erasableObjects,
  inBothBuckets,
} from '../adapters/s3/erasable-objects.ts';
import { s3Surroundings } from '../adapters/s3/objects.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import { objectsPrefix, pagesOf } from './pages-of.ts';
import type { EraseDeps } from './run.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  trailBucket: ErasableObjects;
  reportBucket: ErasableObjects;
}>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, trailBucket, reportBucket }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): EraseDeps => {
  const monitoring = env.MONITORING_TABLE;
  const others = { record: env.RECORD_TABLE, state: env.STATE_TABLE, trail: env.TRAIL_TABLE };
  const tables = { monitoring, ...others };
  const takesAway = erasing(dynamodb, tables);
  const objects = inBothBuckets(trailBucket, reportBucket);
  return {
    ...{ agencyId: env.AGENCY, now, telemetry: told },
    list: wearerList(dynamodb, monitoring),
    loadFacts: retentionFacts(dynamodb, monitoring),
    loadRest: restFacts(dynamodb, monitoring),
    loadGuard: loadRetentionGuard(dynamodb, monitoring),
    loadPolicy: loadRetentionPolicy(dynamodb, monitoring),
    loadDocuments: erasableDocuments(dynamodb, monitoring),
    pagesOf: pagesOf({ held: erasable(dynamodb, tables), trailBucket }),
    ...{ erasing: takesAway, sealed: takesAway.sealed, objects },
    objectsOf: (wearer) => objects.list(objectsPrefix(wearer)),
  };
};

export const createDeps = (): EraseDeps => {
  const env = envSchema.parse(process.env);
  const s3 = s3Surroundings(process.env);
  const bucket = (name: string) => erasableObjects(new AwsClient(s3.client), s3.urlOf(name));
  const buckets = {
    trailBucket: bucket(env.TRAIL_BUCKET),
    reportBucket: bucket(env.REPORT_BUCKET),
  };
  const clients = { dynamodb: new DynamoDBClient(), ...buckets };
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
