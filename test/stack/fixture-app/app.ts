import { fileURLToPath } from 'node:url';
import { App, CfnOutput, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';

// A small stack with one of each thing that the local cloud runs.
const app = new App();
const stack = new Stack(app, 'Fixture');

const fn = (name: string, environment: Record<string, string>): NodejsFunction =>
  new NodejsFunction(stack, name, {
    entry: fileURLToPath(new URL(`./functions/${name.toLowerCase()}.ts`, import.meta.url)),
    runtime: Runtime.NODEJS_22_X,
    environment,
    timeout: Duration.seconds(2),
    bundling: { externalModules: [] },
  });

const table = new TableV2(stack, 'Rows', {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  dynamoStream: StreamViewType.NEW_IMAGE,
});
const deadLetters = new Queue(stack, 'DeadLetters');
const work = new Queue(stack, 'Work', {
  visibilityTimeout: Duration.seconds(30),
  deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
});
const givenUp = new Queue(stack, 'GivenUp');
const red = new Queue(stack, 'Red');
const topic = new Topic(stack, 'News');
const filterPolicy = { colour: SubscriptionFilter.stringFilter({ allowlist: ['red'] }) };
topic.addSubscription(new SqsSubscription(red, { filterPolicy, rawMessageDelivery: true }));
topic.addSubscription(new EmailSubscription('desk@example.test'));

const consume = fn('Consume', { TABLE: table.tableName });
table.grantWriteData(consume);
consume.addEventSource(new SqsEventSource(work, { reportBatchItemFailures: true, batchSize: 10 }));

const follow = fn('Follow', { TOPIC_ARN: topic.topicArn });
topic.grantPublish(follow);
table.grantStreamRead(follow);
follow.addEventSourceMapping('Rows', {
  eventSourceArn: table.tableStreamArn ?? '',
  startingPosition: StartingPosition.TRIM_HORIZON,
  batchSize: 10,
  bisectBatchOnError: true,
  retryAttempts: 2,
  onFailure: new SqsDlq(givenUp),
  filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
});

const secret = new Secret(stack, 'Token', {
  generateSecretString: { passwordLength: 40, excludePunctuation: true },
});
const authorize = fn('Authorize', { SECRET_ARN: secret.secretArn });
secret.grantRead(authorize);
const answer = fn('Answer', {});
const authorizer = new HttpLambdaAuthorizer('Door', authorize, {
  responseTypes: [HttpLambdaResponseType.SIMPLE],
  resultsCacheTtl: Duration.seconds(30),
});
const api = new HttpApi(stack, 'Api');
const integration = new HttpLambdaIntegration('Answer', answer);
api.addRoutes({ path: '/things/{id}', integration, authorizer });
for (const path of ['/open', '/slow', '/throw']) api.addRoutes({ path, integration });

new Rule(stack, 'EachMinute', {
  schedule: Schedule.rate(Duration.minutes(1)),
  targets: [new LambdaFunction(fn('Tick', { API: api.apiEndpoint, STAGE: api.url ?? '' }))],
});
new ScheduleGroup(stack, 'Later', { scheduleGroupName: 'later' });

new CfnOutput(stack, 'WorkArn', { value: work.queueArn });
new CfnOutput(stack, 'NewsArn', { value: topic.topicArn });
new CfnOutput(stack, 'ApiAddress', { value: api.url ?? '' });

const strange: unknown = app.node.tryGetContext('strange');
if (typeof strange === 'string') new CfnResource(stack, 'Strange', { type: strange });
