import * as z from 'zod';
import { arnOf, physicalName } from '../place.ts';
import { findOrMakeTable } from './kept-table.ts';
import { placeOf, type ResourceKind, readProperties, withoutEffect } from './resource-kind.ts';

const keySchema = z.array(
  z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);

const indexSchema = z
  .strictObject({
    IndexName: z.string(),
    KeySchema: keySchema,
    Projection: z.looseObject({ ProjectionType: z.string() }),
    ProvisionedThroughput: withoutEffect,
    OnDemandThroughput: withoutEffect,
    WarmThroughput: withoutEffect,
    ContributorInsightsSpecification: withoutEffect,
    WriteProvisionedThroughputSettings: withoutEffect,
    WriteOnDemandThroughputSettings: withoutEffect,
    ReadProvisionedThroughputSettings: withoutEffect,
    ReadOnDemandThroughputSettings: withoutEffect,
  })
  .transform(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));

const tableSchema = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
  StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
  // One copy in one Region: what is set per replica is protection, capacity and tags.
  Replicas: z.array(z.unknown()).max(1).optional(),
  // Capacity is not simulated: every local table is on demand.
  BillingMode: withoutEffect,
  ProvisionedThroughput: withoutEffect,
  OnDemandThroughput: withoutEffect,
  WarmThroughput: withoutEffect,
  WriteProvisionedThroughputSettings: withoutEffect,
  WriteOnDemandThroughputSettings: withoutEffect,
  ReadProvisionedThroughputSettings: withoutEffect,
  ReadOnDemandThroughputSettings: withoutEffect,
  PointInTimeRecoverySpecification: withoutEffect,
  SSESpecification: withoutEffect,
  DeletionProtectionEnabled: withoutEffect,
  ContributorInsightsSpecification: withoutEffect,
  TableClass: withoutEffect,
  Tags: withoutEffect,
  // DynamoDB Local would expire items by the machine's clock, which is not the cloud's.
  TimeToLiveSpecification: withoutEffect,
});

/** AWS::DynamoDB::Table and GlobalTable, in DynamoDB Local. */
export const table: ResourceKind = async (resource, { dynamoDb, place, registry }) => {
  const properties = readProperties(tableSchema, resource);
  const { KeySchema, AttributeDefinitions, StreamSpecification } = properties;
  const name = properties.TableName ?? physicalName(place, resource.logicalId, 255);
  const { LatestStreamArn: engineArn } = await findOrMakeTable(dynamoDb, placeOf(resource), {
    TableName: name,
    KeySchema,
    AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
    StreamSpecification: StreamSpecification && { ...StreamSpecification, StreamEnabled: true },
  });
  const arn = arnOf(place, 'dynamodb', `table/${name}`);
  const { logicalId } = resource;
  if (engineArn === undefined) {
    registry.tables.push({ logicalId, name });
    return { ref: name, attributes: { Arn: arn } };
  }
  const streamArn = `${arn}/stream/${engineArn.slice(engineArn.lastIndexOf('/') + 1)}`;
  registry.tables.push({ logicalId, name, stream: { arn: streamArn, engineArn } });
  return { ref: name, attributes: { Arn: arn, StreamArn: streamArn } };
};
