import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsClient } from 'aws4fetch';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { reportJobs } from '../adapters/dynamodb/report-jobs.ts';
import { telemetry } from '../adapters/log/log.ts';
import { fontsIn } from '../adapters/pdf/font-files.ts';
import type { ReadFont } from '../adapters/pdf/open-fonts.ts';
import { renderPdf } from '../adapters/pdf/render-pdf.ts';
import { verificationAt } from '../adapters/report-verification.ts';
import { type Objects, objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { reportFiles, reportType } from '../adapters/s3/report-files.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { contentOf } from './content-of.ts';
import { envSchema, placeSchema } from './env.ts';
import { reportReaders } from './readers.ts';
import type { ReportDeps } from './run.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  trailBucket: Objects;
  reportBucket: Objects;
  readFont: ReadFont;
}>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, trailBucket, reportBucket, readFont }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): ReportDeps => {
  const tables = {
    ...{ monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE },
    ...{ state: env.STATE_TABLE, trail: env.TRAIL_TABLE },
  };
  const { FORCES: forces, FALSE_CALL_BUDGET: falseCallBudget } = env;
  return {
    now,
    telemetry: told,
    mostReceives: env.MOST_RECEIVES,
    jobs: reportJobs(dynamodb, tables),
    files: reportFiles(reportBucket),
    contentOf: contentOf(
      reportReaders({
        client: dynamodb,
        tables,
        objects: trailBucket,
        now,
        forces,
        falseCallBudget,
      }),
    ),
    verificationOf: verificationAt(env.PUBLIC_URL),
    renderPdf: (printed) => renderPdf(printed, readFont),
  };
};

export const createDeps = (): ReportDeps => {
  const env = envSchema.parse(process.env);
  const s3 = s3Surroundings(process.env);
  const client = new AwsClient(s3.client);
  const { LAMBDA_TASK_ROOT } = placeSchema.parse(process.env);
  const clients = {
    readFont: fontsIn(join(LAMBDA_TASK_ROOT, 'fonts')),
    dynamodb: new DynamoDBClient(),
    trailBucket: objects(client, s3.urlOf(env.TRAIL_BUCKET)),
    reportBucket: objects(client, s3.urlOf(env.REPORT_BUCKET), reportType),
  };
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
