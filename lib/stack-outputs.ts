import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { pascalCase } from './constructs/police-feed.ts';
import type { SecureTopic } from './constructs/secure-topic.ts';
import type { Part } from './foundation.ts';

type Outcome = Part<
  'tables' | 'trailBucket' | 'police' | 'dutyManager' | 'door' | 'administratorToken'
> & {
  readonly operations: SecureTopic;
  readonly texts: SecureTopic;
};

/** What people and the local cloud ask the deployed stack for, by name. */
export const writeOutputs = (stack: Stack, outcome: Outcome): void => {
  const { tables, trailBucket, police, dutyManager, door, administratorToken } = outcome;
  const outputs = {
    ApiUrl: door.url,
    PoliceTopicArn: police.topic.topicArn,
    OperationsTopicArn: outcome.operations.topicArn,
    TextsTopicArn: outcome.texts.topicArn,
    DutyManagerTopicArn: dutyManager.topicArn,
    AdministratorTokenSecretArn: administratorToken.arn,
    StateTableName: tables.state.tableName,
    MonitoringTableName: tables.monitoring.tableName,
    TrailTableName: tables.trail.tableName,
    RecordTableName: tables.record.tableName,
    TrailBucketName: trailBucket.bucketName,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  for (const [force, { queue }] of police.queues) {
    new CfnOutput(stack, `PoliceQueueUrl${pascalCase(force)}`, { value: queue.queueUrl });
  }
};
