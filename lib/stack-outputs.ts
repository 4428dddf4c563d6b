import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { SecureTopic } from './constructs/secure-topic.ts';
import type { Part } from './foundation.ts';
import { pascalCase } from './recipient-ways.ts';

type Outcome = Part<
  | 'tables'
  | 'trailBucket'
  | 'anchorBucket'
  | 'recordArchive'
  | 'anchorKey'
  | 'feeds'
  | 'dutyManager'
  | 'door'
  | 'administratorToken'
> & {
  readonly operations: SecureTopic;
  readonly texts: SecureTopic;
};

/** What people and the local cloud ask the deployed stack for, by name. */
export const writeOutputs = (stack: Stack, outcome: Outcome): void => {
  const { tables, trailBucket, feeds, dutyManager, door, administratorToken } = outcome;
  const outputs = {
    ApiUrl: door.url,
    LiaisonTopicArn: feeds.actual.topic.topicArn,
    ExerciseTopicArn: feeds.exercise.topic.topicArn,
    OperationsTopicArn: outcome.operations.topicArn,
    TextsTopicArn: outcome.texts.topicArn,
    DutyManagerTopicArn: dutyManager.topicArn,
    AdministratorTokenSecretArn: administratorToken.arn,
    StateTableName: tables.state.tableName,
    MonitoringTableName: tables.monitoring.tableName,
    TrailTableName: tables.trail.tableName,
    RecordTableName: tables.record.tableName,
    TrailBucketName: trailBucket.bucketName,
    ChainTableName: tables.chain.tableName,
    AnchorBucketName: outcome.anchorBucket.bucketName,
    RecordArchiveName: outcome.recordArchive.bucketName,
    AnchorKeyArn: outcome.anchorKey.keyArn,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  const { actual, exercise } = feeds;
  const queues = {
    FeedQueueUrl: actual.queues,
    OrderedFeedQueueUrl: actual.orderedQueues,
    ExerciseQueueUrl: exercise.queues,
    OrderedExerciseQueueUrl: exercise.orderedQueues,
  };
  for (const [name, byRecipient] of Object.entries(queues)) {
    for (const [recipient, { queue }] of byRecipient) {
      new CfnOutput(stack, `${name}${pascalCase(recipient)}`, { value: queue.queueUrl });
    }
  }
};
