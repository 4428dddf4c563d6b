import * as z from 'zod';
import type { Template } from '../cloud/template/template.ts';
import { thingName } from './names.ts';
import type { PriceRow } from './prices.ts';

/** What is billed each month for a stack that does nothing. */
export type StandingStack = Readonly<{
  months: readonly Readonly<{ row: PriceRow; what: string; amount: number }>[];
  /** Tables and indexes, which must each keep some capacity when it is provisioned: `State/due`. */
  throughputs: readonly string[];
  /** Functions that record traces. */
  traces: boolean;
}>;

const HOURS_A_MONTH = 730;
const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;

/**
 * Lambda polls an idle queue with five pollers, each waiting up to 20 s.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const IDLE_POLLS_A_MONTH = (5 * SECONDS_A_MONTH) / 20;

const ofType = (template: Template, type: string) =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

const TABLE_TYPES = new Set(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']);
const tableSchema = z.looseObject({
  GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string() })).default([]),
});
const functionSchema = z.looseObject({
  TracingConfig: z.looseObject({ Mode: z.string() }).optional(),
});
const mappingSchema = z.looseObject({ EventSourceArn: z.unknown() });

const isQueue = (template: Template, source: unknown): boolean => {
  const found = z
    .looseObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .safeParse(source);
  const id = found.success ? found.data['Fn::GetAtt'][0] : '';
  return template.Resources[id]?.Type === 'AWS::SQS::Queue';
};

const tableName = thingName('');

/** The tables and their indexes, by the names under which they are metered. */
const throughputsOf = (template: Template): string[] =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => TABLE_TYPES.has(Type))
    .flatMap(([logicalId, { Properties }]) => {
      const table = tableName(logicalId);
      const { GlobalSecondaryIndexes: indexes } = tableSchema.parse(Properties);
      return [table, ...indexes.map(({ IndexName }) => `${table}/${IndexName}`)];
    });

/**
 * Reads it from the template. What a key costs more from each yearly rotation on is not in it.
 */
export const standingStack = (template: Template): StandingStack => {
  const count = (type: string): number => ofType(template, type).length;
  const polled = ofType(template, 'AWS::Lambda::EventSourceMapping').filter(({ Properties }) =>
    isQueue(template, mappingSchema.parse(Properties).EventSourceArn),
  );
  return {
    months: [
      { row: 'alarms.alarm', what: 'alarms', amount: count('AWS::CloudWatch::Alarm') },
      {
        row: 'dashboards.dashboard',
        what: 'dashboards',
        amount: count('AWS::CloudWatch::Dashboard'),
      },
      { row: 'kms.key', what: 'keys', amount: count('AWS::KMS::Key') },
      { row: 'secrets.secret', what: 'secrets', amount: count('AWS::SecretsManager::Secret') },
      {
        row: 'sqs.request',
        what: 'polls of idle queues',
        amount: polled.length * IDLE_POLLS_A_MONTH,
      },
    ],
    throughputs: throughputsOf(template),
    traces: ofType(template, 'AWS::Lambda::Function').some(
      ({ Properties }) => functionSchema.parse(Properties).TracingConfig?.Mode === 'Active',
    ),
  };
};

const stageSchema = z.looseObject({
  AccessLogSettings: z.looseObject({ Format: z.string() }).optional(),
});

/** Letters that a variable of the access log's format stands for, about; others take one. */
const VARIABLE_LETTERS: Readonly<Record<string, number>> = {
  requestId: 16,
  requestTime: 26,
  routeKey: 15,
  status: 3,
  responseLatency: 3,
  responseLength: 3,
  'identity.sourceIp': 13,
};

/** The length of a line of the HTTP API's access log, by its format; 0 when it writes none. */
export const accessLineBytes = (template: Template): number =>
  ofType(template, 'AWS::ApiGatewayV2::Stage').reduce((sum, { Properties }) => {
    const format = stageSchema.parse(Properties).AccessLogSettings?.Format ?? '';
    const line = format.replace(/\$context\.([A-Za-z.]+)/g, (_, name: string) =>
      '-'.repeat(VARIABLE_LETTERS[name] ?? 1),
    );
    return sum + line.length;
  }, 0);
