import { DYNAMODB_NEEDS } from './dynamodb-needs.ts';
import { KMS_NEEDS } from './kms-needs.ts';
import type { Need, NeedsTable, NeedyCall, Surroundings } from './need.ts';
import { S3_NEEDS } from './s3-needs.ts';
import { SCHEDULER_NEEDS } from './scheduler-needs.ts';
import { SECRET_NEEDS } from './secret-needs.ts';
import { SNS_NEEDS } from './sns-needs.ts';
import { SQS_NEEDS } from './sqs-needs.ts';
import { VOICE_NEEDS } from './voice-needs.ts';

/** By the service's name in the signature. A new service or operation gets its row here. */
const NEEDS: Readonly<Record<string, NeedsTable>> = {
  dynamodb: DYNAMODB_NEEDS,
  kms: KMS_NEEDS,
  s3: S3_NEEDS,
  scheduler: SCHEDULER_NEEDS,
  secretsmanager: SECRET_NEEDS,
  'sms-voice': VOICE_NEEDS,
  sns: SNS_NEEDS,
  sqs: SQS_NEEDS,
};

/** Every right that this call needs; undefined when no row says so. */
export const needsOfCall = (call: NeedyCall, surroundings: Surroundings): Need[] | undefined =>
  NEEDS[call.service]?.[call.operation]?.(call, surroundings);
