import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LoggingProtocol } from 'aws-cdk-lib/aws-sns';
import { allow } from './allow.ts';
import type { Owner } from './encryption-keys.ts';
import { removalPolicy } from './removal.ts';
import type { SecureTopic } from './secure-topic.ts';

/** SNS says why a delivery failed only in a log, under a name that it chooses. */
export const logFailedDeliveries = (topic: SecureTopic, { config, keys }: Owner): void => {
  const { region, account } = Stack.of(topic);
  const failures = new LogGroup(topic, 'Failures', {
    logGroupName: `sns/${region}/${account}/${topic.topicName}/Failure`,
    encryptionKey: keys.messages,
    retention: config.logRetentionDays,
    removalPolicy: removalPolicy(config),
  });
  const failureFeedbackRole = new Role(topic, 'FeedbackRole', {
    description: 'Lets SNS log the deliveries of a feed that failed',
    // Without a source condition: SNS does not say that it sends one, and a failure to log is
    // silent. Only a principal of this account can give the role to a topic.
    assumedBy: new ServicePrincipal('sns.amazonaws.com'),
  });
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  allow(failureFeedbackRole, { actions, resources: [failures.logGroupArn] });
  for (const protocol of [LoggingProtocol.SQS, LoggingProtocol.HTTP]) {
    topic.addLoggingConfig({ protocol, failureFeedbackRole });
  }
};
