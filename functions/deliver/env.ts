import * as z from 'zod';

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  DELIVERIES_QUEUE_URL: z.url(),
  LIAISON_TOPIC_ARN: z.string().min(1),
  EXERCISE_TOPIC_ARN: z.string().min(1),
  /** For what keeps its order; absent where no force wants that. */
  LIAISON_ORDERED_TOPIC_ARN: z.string().min(1).optional(),
  EXERCISE_ORDERED_TOPIC_ARN: z.string().min(1).optional(),
  FEED_SECRET_ARN: z.string().min(1),
  /** Divided by commas; absent: nothing is posted to anybody. */
  WEBHOOK_HOSTS: z.string().min(1).optional(),
});
