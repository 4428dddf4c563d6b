import { randomUUID } from 'node:crypto';
import { type Denial, denialMessage } from '#local/iam/denial.ts';
import { awsJsonError, type Reply, xmlReply } from '../reply.ts';
import { escapeXml } from './object-list.ts';
import { schedulerError } from './schedule-request.ts';
import { errorXml } from './sns-form.ts';

const ACCESS_DENIED = 'AccessDeniedException';

/** SQS's own name for it travels in a header, for clients of its older protocol. */
const sqsError = (name: string, queryName: string, message: string): Reply => {
  const reply = awsJsonError(400, name, message);
  return { ...reply, headers: { ...reply.headers, 'x-amzn-query-error': `${queryName};Sender` } };
};

const snsError = (status: number, code: string, message: string): Reply =>
  xmlReply(status, errorXml(code, message, randomUUID()));

const s3Denied = (message: string): Reply =>
  xmlReply(
    403,
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code>` +
      `<Message>${escapeXml(message)}</Message><RequestId>${randomUUID()}</RequestId></Error>`,
  );

/**
 * A denial as the service itself answers it: each has its own status, name and form, and some
 * another name where it is the key that was denied.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
 * troubleshooting-access-denied.html
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export const refusalOf = (service: string, denial: Denial): Reply => {
  const message = denialMessage(denial);
  const isKey = denial.request.action.startsWith('kms:');
  switch (service) {
    case 's3':
      return s3Denied(message);
    case 'scheduler':
      return schedulerError(403, ACCESS_DENIED, message);
    case 'secretsmanager':
      return awsJsonError(400, ACCESS_DENIED, isKey ? 'Access to KMS is not allowed' : message);
    case 'sns':
      return isKey
        ? snsError(400, 'KMSAccessDenied', message)
        : snsError(403, 'AuthorizationError', message);
    case 'sqs':
      return isKey
        ? sqsError('KmsAccessDenied', 'KMS.AccessDeniedException', message)
        : sqsError(ACCESS_DENIED, 'AccessDenied', message);
    default:
      return awsJsonError(400, ACCESS_DENIED, message);
  }
};
