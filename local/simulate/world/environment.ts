import type * as z from 'zod';
import { envSchema as apiEnv } from '#functions/api/env.ts';
import { envSchema as auditEnv } from '#functions/audit/env.ts';
import { envSchema as canaryEnv } from '#functions/canary/env.ts';
import { envSchema as deliverEnv } from '#functions/deliver/env.ts';
import { envSchema as escalateEnv } from '#functions/escalate/env.ts';
import { envSchema as evaluateEnv } from '#functions/evaluate/env.ts';
import { envSchema as ingestEnv } from '#functions/ingest/env.ts';
import { envSchema as notifyEnv } from '#functions/notify/env.ts';
import { envSchema as replyEnv } from '#functions/reply/env.ts';
import { envSchema as sweepEnv } from '#functions/sweep/env.ts';
import { feedLimits, holdLimits, thresholds, throttleLimits } from '#lib/thresholds.ts';

type Asked = z.input<typeof apiEnv> &
  z.input<typeof auditEnv> &
  z.input<typeof canaryEnv> &
  z.input<typeof deliverEnv> &
  z.input<typeof escalateEnv> &
  z.input<typeof evaluateEnv> &
  z.input<typeof ingestEnv> &
  z.input<typeof notifyEnv> &
  z.input<typeof replyEnv> &
  z.input<typeof sweepEnv>;

/** What every function finds in its environment; each takes of it what its schema names. */
const ENVIRONMENT = {
  AGENCY: 'demo',
  STATE_TABLE: 'state',
  MONITORING_TABLE: 'monitoring',
  TRAIL_TABLE: 'trail',
  RECORD_TABLE: 'record',
  CHAIN_TABLE: 'chain',
  ALLOWANCE_TABLE: 'allowance',
  VIGIL_TABLE: 'vigil',
  EVERY_SECONDS: '300',
  TRAIL_BUCKET: 'trail-archive',
  REPORT_BUCKET: 'reports',
  REPORTS_QUEUE_URL: 'https://sqs.example/reports',
  EVENTS_QUEUE_URL: 'https://sqs.example/events',
  EVENTS_QUEUE_ARN: 'arn:events',
  EVENTS_DLQ_URL: 'https://sqs.example/events-dead',
  DEADLINES_QUEUE_URL: 'https://sqs.example/deadlines',
  DEADLINES_QUEUE_ARN: 'arn:deadlines',
  DELIVERIES_QUEUE_URL: 'https://sqs.example/deliveries',
  SCHEDULE_GROUP: 'schedules',
  SCHEDULE_ROLE_ARN: 'arn:schedules',
  CONTACT_TOPIC_PREFIX: 'contact-',
  LINK_SECRET_ARN: 'arn:link-secret',
  LIAISON_TOPIC_ARN: 'arn:police',
  EXERCISE_TOPIC_ARN: 'arn:exercise',
  TRAFFIC: 'actual',
  FEED_SECRET_ARN: 'arn:feed-secret',
  DUTY_MANAGER_TOPIC_ARN: 'arn:duty-manager',
  CANARY_TOPIC_ARN: 'arn:canary',
  PUBLIC_URL: 'https://homeward.example',
  FEED_LATE_AFTER_SECONDS: String(thresholds.feedLateAfterSeconds),
  FEED_LIMITS: JSON.stringify(feedLimits),
  HOLD_LIMITS: JSON.stringify(holdLimits),
  THROTTLE_LIMITS: JSON.stringify(throttleLimits),
  FORCES: 'met',
  PARTNERS: 'victims,support,panel,crown-court',
  FALSE_CALL_BUDGET: '2',
  TEXT_REPLY_NUMBER: '+447700900999',
  VOICE_ORIGINATION_IDENTITY: '+448081570000',
} satisfies Asked;

export const ENVIRONMENTS = {
  api: apiEnv.parse(ENVIRONMENT),
  audit: auditEnv.parse(ENVIRONMENT),
  canary: canaryEnv.parse(ENVIRONMENT),
  deliver: deliverEnv.parse(ENVIRONMENT),
  escalate: escalateEnv.parse(ENVIRONMENT),
  evaluate: evaluateEnv.parse(ENVIRONMENT),
  ingest: ingestEnv.parse(ENVIRONMENT),
  notify: notifyEnv.parse(ENVIRONMENT),
  reply: replyEnv.parse(ENVIRONMENT),
  sweep: sweepEnv.parse(ENVIRONMENT),
};
export type SimulatedVerb = keyof typeof ENVIRONMENTS;
