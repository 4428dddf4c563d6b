import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import type { Block } from '#domain/report/block.ts';
import { type Report, reportSchema } from '#domain/report/document.ts';
import { depsFrom } from '#functions/report/deps.ts';
import { envSchema } from '#functions/report/env.ts';
import { run } from '#functions/report/run.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { readPackagedFont } from '#test/support/report-fonts.ts';
import { asked } from './desk.ts';

const ENVIRONMENT = envSchema.parse({
  ...{ MONITORING_TABLE: 'monitoring', RECORD_TABLE: 'record', STATE_TABLE: 'state' },
  ...{ TRAIL_TABLE: 'trail', TRAIL_BUCKET: 'trail', REPORT_BUCKET: 'reports', FORCES: 'force' },
  ...{ PUBLIC_URL: 'https://homeward.example', FALSE_CALL_BUDGET: '2', MOST_RECEIVES: '3' },
});

const path = { wearerId: 'w-1' };
const ROUTE = '/v1/wearers/{wearerId}/reports/{reportId}';

/** Reports of the one wearer of an office, asked for by the API, and made by their function. */
export const openPress = (office: Pipeline) => {
  const bucket = fakeObjects();
  const clients = {
    dynamodb: new DynamoDBClient({ region: 'eu-west-2' }),
    trailBucket: fakeObjects().objects,
    reportBucket: bucket.objects,
    readFont: readPackagedFont,
  };
  const { telemetry } = recordedTelemetry();
  const make = run(depsFrom(clients, ENVIRONMENT, { now: () => instant(Date.now()), telemetry }));

  const fileOf = (reportId: string, format: 'json' | 'pdf'): Uint8Array =>
    bucket.kept.get(`demo/w-1/${reportId}.${format}`)?.body ?? new Uint8Array();

  return {
    fileOf,

    /** Asks for a report; made, its code and what it says. */
    makes: async (
      reportId: string,
      body: Readonly<Record<'kind' | 'from' | 'until' | 'by' | 'why', string>>,
    ): Promise<Readonly<{ code: string; report: Report }>> => {
      const at = { ...path, reportId };
      await asked(office, `PUT ${ROUTE}`, { path: at, body });
      const message = JSON.stringify({ agencyId: 'demo', ...at });
      const record = {
        ...{ messageId: reportId, body: message },
        attributes: { ApproximateReceiveCount: '1' },
      };
      expect(await make({ Records: [record] })).toEqual({ batchItemFailures: [] });
      const { verificationCode: code } = await asked(office, `GET ${ROUTE}`, { path: at });
      const json = Buffer.from(fileOf(reportId, 'json')).toString('utf8');
      return { code, report: reportSchema.parse(JSON.parse(json)) };
    },

    /** What whoever types a code of a print is answered. */
    verified: (code: string) =>
      office.ask('GET /v1/reports/{code}/verification', { path: { code } }),
  };
};

/** The rows of a table of a report, each instant as it was given. */
export const rowsOf = ({ sections }: Report, caption: string): readonly (readonly unknown[])[] =>
  sections
    .flatMap(({ blocks, parts }): Block[] => [...blocks, ...parts.flatMap((part) => part.blocks)])
    .flatMap((block) => (block.kind === 'table' && block.caption === caption ? block.rows : []));
