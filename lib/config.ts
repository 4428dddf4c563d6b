import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { hostList, recipientSettings, recipientsProblem, slug } from './recipient-config.ts';

const retentionDays = Object.values(RetentionDays).filter((days) => typeof days === 'number');

/** What cdk.json gives the demo ends so: a domain that nobody can ever have (RFC 2606). */
const nobodysDomain = '.example';
const demoAgency = 'demo';

const settingsSchema = z
  .object({
    agency: slug.default(demoAgency),
    ...recipientSettings,
    operationsEmail: z.email('give an e-mail address').optional(),
    dutyManagerEmail: z.email(
      'give the e-mail address of whoever is on duty: the last one to be told when nobody acts, ' +
        'or when the system itself is blind',
    ),
    dutyManagerMobile: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'give the number as +447700900001')
      .optional(),
    textReplyNumber: z
      .string()
      .regex(/^(\+[1-9]\d{6,14}|\d{3,8})$/, 'give the number as +447700900001, or a short code')
      .optional(),
    canaryEveryMinutes: z.coerce
      .number()
      .int('use whole minutes')
      .min(1, 'use at least 1 minute')
      .max(5, 'use at most 5 minutes')
      .default(2),
    logRetentionDays: z.coerce
      .number()
      .refine(
        (days) => retentionDays.includes(days) && days < RetentionDays.INFINITE,
        'use a number of days that CloudWatch Logs knows, such as 30, 90, 180, 365 or 731',
      )
      .default(RetentionDays.ONE_YEAR),
    recordLockDays: z.coerce
      .number()
      .int('use whole days')
      .min(1, 'use at least 1 day')
      .max(36_500, 'use at most 36500 days')
      .optional(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    voiceOriginationIdentity: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:\d{12}:(phone-number|pool)\/[\w-]+$/,
        'give the ARN of a phone number, or of a pool of them, of AWS End User Messaging',
      )
      .optional(),
    webhookHosts: hostList,
    textMessageLimitDollars: z.coerce.number().positive('use an amount above 0').default(1),
    onDelete: z.enum(['retain', 'destroy']).default('retain'),
    billing: z.enum(['on-demand', 'provisioned']).default('on-demand'),
    escalationConcurrency: z.coerce.number().int().min(1).max(1000).optional(),
    falseCallBudget: z.coerce.number().int().min(1).max(1000).default(2),
  })
  .refine(
    ({ agency, dutyManagerEmail }) =>
      agency === demoAgency || !dutyManagerEmail.endsWith(nobodysDomain),
    {
      path: ['dutyManagerEmail'],
      message: "this is the demo's, and nobody reads it: give that of your own duty manager",
    },
  )
  .superRefine((settings, context) => {
    const problem = recipientsProblem(settings);
    if (problem !== undefined) context.addIssue({ code: 'custom', ...problem });
  });

/** The demo's wearers are nobody's: what is sent about them is an exercise, unless told. */
const configSchema = settingsSchema.transform((settings) => ({
  ...settings,
  traffic: settings.traffic ?? (settings.agency === demoAgency ? 'exercise' : 'actual'),
  // What is locked outlives a trial, and nobody can end it before.
  recordLockDays: settings.recordLockDays ?? (settings.onDelete === 'destroy' ? 1 : 2192),
}));

/**
 * What an agency decides about its stack.
 *
 * - `agency`: names the stack and begins every key; one stack per agency.
 * - `forces`, `partners`: ids of police forces, and of other liaisons; each gets queues of its own.
 * - `orderedForces`: those of the forces that get each incident's messages in order.
 * - `feedSubscriptions`, `exerciseSubscriptions`: who is posted to instead, and where.
 * - `traffic`: whether what the stack tells liaisons is real.
 * - `operationsEmail`: told of every alarm, once it has confirmed the subscription.
 * - `dutyManagerEmail`: told last, when an alert has reached nobody, and first, when the system
 *   cannot see or cannot tell. It has no default: a last resort that is empty is none.
 * - `dutyManagerMobile`: the same by text message.
 * - `textReplyNumber`: text messages come from this number, and people reply to it. Without one a
 *   page is answered by its link alone.
 * - `voiceOriginationIdentity`: the number that people are called from; without it nobody is.
 * - `webhookHosts`: the hosts that people may be told through by webhook; none unless named.
 * - `canaryEveryMinutes`: how often a test alert is raised. With two minutes a quiet agency that
 *   is blind is told so within five; with five, within eight.
 * - `trailRetentionDays`: how long it is kept where wearers were; six years unless told.
 * - `recordLockDays`: for so long nobody, not even the account's owner, can delete an anchor of the
 *   record or a stretch of its archive; six years unless told, a day where the stack is a trial.
 * - `textMessageLimitDollars`: what SNS may spend a month on text messages, as AWS has set it for
 *   the account; one dollar until it is raised. An alarm speaks at four fifths of it.
 * - `onDelete`: `destroy` is for trials: tables, keys and logs then go with the stack.
 * - `falseCallBudget`: so many false calls about one wearer in twelve months, and a force comes no
 *   more unless it is confirmed; two, by the usual force policy for alarms. Nothing is held back by
 *   it: it is counted against.
 * - `billing`: of the tables; provisioned capacity scales itself.
 * - `escalationConcurrency`: sandboxes set aside for `escalate` and for `notify` each. None by
 *   default: a small account has only ten in all, and refuses to set any aside.
 */
export type Config = z.infer<typeof configSchema>;

/**
 * Reads the configuration from the CDK context.
 *
 * @param contextOf gives the value of one context key, or undefined
 * @throws in plain words, naming each key that is wrong and how to set it
 */
export const parseConfig = (contextOf: (key: string) => unknown): Config => {
  const given = Object.keys(settingsSchema.shape).map((key) => [key, contextOf(key)] as const);
  const parsed = configSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || 'context'}: ${issue.message}`,
  );
  throw new Error(
    `The configuration of the stack is wrong. Correct it in the context of cdk.json, ` +
      `or give it as -c key=value:\n${faults.join('\n')}`,
  );
};
