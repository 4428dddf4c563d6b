import { createHash, randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsClient } from 'aws4fetch';
import type * as z from 'zod';
import type { Hash } from '#domain/record/link.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { anchors } from '../adapters/dynamodb/anchors.ts';
import { chainStretches } from '../adapters/dynamodb/chain-stretches.ts';
import { type ChainTables, chains } from '../adapters/dynamodb/chains.ts';
import { unsealed } from '../adapters/dynamodb/unsealed.ts';
import { kmsSurroundings, type SigningKey, signingKey } from '../adapters/kms/signing-key.ts';
import { telemetry } from '../adapters/log/log.ts';
import { anchorObjects } from '../adapters/s3/anchor-objects.ts';
import { type Objects, objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { recordArchive } from '../adapters/s3/record-archive.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { RunDeps } from './run.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  anchorBucket: Objects;
  archiveBucket: Objects;
  key: SigningKey;
}>;

const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');

const SALT_BYTES = 32;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, anchorBucket, archiveBucket, key }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): RunDeps => {
  const tables: ChainTables = { chain: env.CHAIN_TABLE, record: env.RECORD_TABLE };
  return {
    now,
    hash: sha256,
    newSalt: () => randomBytes(SALT_BYTES).toString('base64url'),
    agencyId: env.AGENCY,
    chains: chains(dynamodb, tables, sha256),
    stretches: chainStretches(dynamodb, tables),
    recordArchive: recordArchive(archiveBucket, sha256),
    loadUnsealed: unsealed(dynamodb, env.RECORD_TABLE),
    anchors: anchors(dynamodb, env.CHAIN_TABLE, sha256),
    key,
    anchorObjects: anchorObjects(anchorBucket),
    telemetry: told,
  };
};

export const createDeps = (): RunDeps => {
  const env = envSchema.parse(process.env);
  const s3 = s3Surroundings(process.env);
  const kms = kmsSurroundings(process.env);
  const s3Client = new AwsClient(s3.client);
  const clients = {
    dynamodb: new DynamoDBClient(),
    anchorBucket: objects(s3Client, s3.urlOf(env.ANCHOR_BUCKET), 'application/json'),
    archiveBucket: objects(s3Client, s3.urlOf(env.ARCHIVE_BUCKET)),
    key: signingKey(new AwsClient(kms.client), { url: kms.url, keyArn: env.ANCHOR_KEY_ARN }),
  };
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
