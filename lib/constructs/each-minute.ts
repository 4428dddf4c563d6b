import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { PipelineFunction } from './pipeline-function.ts';

/** Calls a function each minute. A run that was missed is made good by the next. */
export const callEachMinute = (
  scope: Construct,
  called: PipelineFunction,
  description: string,
): void => {
  const everyMinute = new Rule(scope, 'EveryMinute', {
    description,
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(called, { maxEventAge: Duration.minutes(1), retryAttempts: 0 })],
  });
  acknowledge(everyMinute, {
    'Serverless-EventBusDLQ':
      "The event carries nothing: the next minute's takes its place, and an alarm speaks when " +
      'the function stops reporting.',
  });
};
