import * as z from 'zod';
import { countProperty } from '../resources/resource-kind.ts';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const LONGEST_SECONDS = 3_600;
const MOST_RETRIES = 100;

const delay = countProperty.pipe(z.number().int().min(1).max(LONGEST_SECONDS));
const count = countProperty.pipe(z.number().int().min(0).max(MOST_RETRIES));

const healthySchema = z.strictObject({
  minDelayTarget: delay.default(20),
  maxDelayTarget: delay.default(20),
  numRetries: count.default(3),
  numNoDelayRetries: count.default(0),
  numMinDelayRetries: count.default(0),
  numMaxDelayRetries: count.default(0),
  backoffFunction: z.literal('linear').default('linear'),
});
type Healthy = z.infer<typeof healthySchema>;

const risingRetries = (policy: Healthy): number =>
  policy.numRetries -
  policy.numNoDelayRetries -
  policy.numMinDelayRetries -
  policy.numMaxDelayRetries;

/** Between the shortest and the longest delay, in even steps: AWS publishes no formula. */
const rising = (policy: Healthy): number[] => {
  const { minDelayTarget, maxDelayTarget } = policy;
  const steps = risingRetries(policy) + 1;
  return Array.from({ length: steps - 1 }, (_, index) =>
    Math.round(minDelayTarget + ((maxDelayTarget - minDelayTarget) * (index + 1)) / steps),
  );
};

/** How many seconds after each failed try the next one comes; after the last of them none. */
const pausesOf = (policy: Healthy): number[] => [
  ...Array<number>(policy.numNoDelayRetries).fill(0),
  ...Array<number>(policy.numMinDelayRetries).fill(policy.minDelayTarget),
  ...rising(policy),
  ...Array<number>(policy.numMaxDelayRetries).fill(policy.maxDelayTarget),
];

const total = (pauses: readonly number[]): number => pauses.reduce((sum, pause) => sum + pause, 0);

/** How a topic posts to one address, within the bounds of SNS. */
export const deliveryPolicySchema = z
  .strictObject({
    healthyRetryPolicy: healthySchema
      .refine((policy) => policy.minDelayTarget <= policy.maxDelayTarget, {
        message: 'minDelayTarget is above maxDelayTarget',
      })
      .refine((policy) => risingRetries(policy) >= 0, {
        message: 'numRetries is less than the retries of its phases',
      })
      .transform(pausesOf)
      .refine((pauses) => total(pauses) <= LONGEST_SECONDS, {
        message: `all retries together take more than ${LONGEST_SECONDS} seconds`,
      })
      .prefault({}),
    requestPolicy: z
      .strictObject({ headerContentType: z.string().default('text/plain; charset=UTF-8') })
      .prefault({}),
  })
  .transform(({ healthyRetryPolicy, requestPolicy }) => ({
    pausesSeconds: healthyRetryPolicy,
    contentType: requestPolicy.headerContentType,
  }));
export type DeliveryPolicy = Readonly<z.infer<typeof deliveryPolicySchema>>;
