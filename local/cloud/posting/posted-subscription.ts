import type { DeliveryPolicy } from './delivery-policy.ts';
import type { SignatureVersion } from './signer.ts';

/** A topic's subscription by HTTPS. */
export type PostedSubscription = Readonly<{
  arn: string;
  topicArn: string;
  endpoint: string;
  signatureVersion: SignatureVersion;
  policy: DeliveryPolicy;
  /** Where what is given up goes; undefined: nowhere. */
  deadLetterArn: string | undefined;
}>;

/** Which subscription it is, over restarts: its ARN is another one after each. */
export const keyOf = ({
  topicArn,
  endpoint,
}: Pick<PostedSubscription, 'topicArn' | 'endpoint'>): string => `${topicArn} ${endpoint}`;
