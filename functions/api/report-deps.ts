import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { reportJobs } from '../adapters/dynamodb/report-jobs.ts';
import type { SignLink } from '../adapters/s3/signed-links.ts';
import { queue } from '../adapters/sqs/queue.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient; signLink: SignLink }>;
type Environment = Readonly<
  Record<'MONITORING_TABLE' | 'RECORD_TABLE' | 'REPORTS_QUEUE_URL', string>
>;

/** What routes need by which reports are asked for and had. */
export const reportDeps = ({ dynamodb, sqs, signLink }: Clients, env: Environment) => ({
  reportJobs: reportJobs(dynamodb, { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE }),
  reports: queue(sqs, env.REPORTS_QUEUE_URL),
  signLink,
});
