import * as z from 'zod';
import { isKnownZone } from '../time/known-zone.ts';
import { localWindowSchema } from '../time/local-window.ts';
import {
  mobileSchema,
  phoneSchema,
  pushEndpointSchema,
  quietHoursSchema,
  tellBySchema,
  USUAL_TELL_BY,
  webhookSchema,
} from './contact.ts';
import { holidaysIdSchema, personIdSchema, policyIdSchema, rotaIdSchema } from './ids.ts';
import { severitySchema } from './severity.ts';

/** Somebody who can be told: an officer, an on-call officer, a duty manager. */
export const personSchema = z
  .object({
    personId: personIdSchema,
    name: z.string().min(1).max(100),
    role: z.enum(['officer', 'on-call-officer', 'duty-manager', 'administrator']),
    /** Whom they work with: response times are told for each team. */
    team: z.string().min(1).max(100).nullable().default(null),
    mobile: mobileSchema.nullable().default(null),
    /** Where they are called; null: at the mobile number. */
    phone: phoneSchema.nullable().default(null),
    email: z.email().nullable().default(null),
    pushEndpointArn: pushEndpointSchema.nullable().default(null),
    webhook: webhookSchema.nullable().default(null),
    /** In what order, and how soon, each channel is used; the rest only where these fail. */
    tellBy: tellBySchema.default(USUAL_TELL_BY),
    quietHours: quietHoursSchema.nullable().default(null),
  })
  .refine(
    ({ mobile, phone, email, pushEndpointArn, webhook }) =>
      [mobile, phone, email, pushEndpointArn, webhook].some((address) => address !== null),
    {
      path: ['mobile'],
      message: 'a person needs a mobile number or an e-mail address, or no page can reach them',
    },
  );
export type Person = z.infer<typeof personSchema>;

/** Whether a target is told at the policy's office hours only, or out of them only. */
const route = { when: z.enum(['office-hours', 'out-of-hours']).optional() };

const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('responsible-officer'), ...route }),
  z.object({ kind: z.literal('person'), personId: personIdSchema, ...route }),
  z.object({ kind: z.literal('rota'), rotaId: rotaIdSchema, ...route }),
  /** The force named by the order, for the kinds of condition that the order allows. */
  z.object({ kind: z.literal('police'), ...route }),
  /** Whom the order names besides. A court is no target: it hears of what a person has closed. */
  z.object({ kind: z.literal('victim-liaison'), ...route }),
  z.object({ kind: z.literal('support-service'), ...route }),
  z.object({ kind: z.literal('mappa-panel'), ...route }),
  /** Whoever the deployment names as duty manager. */
  z.object({ kind: z.literal('duty-manager'), ...route }),
  /** What watches over paging itself, by test alerts of its own. */
  z.object({ kind: z.literal('canary'), ...route }),
]);
export type Target = z.infer<typeof targetSchema>;

/** Steps that follow each other faster are one step: nobody can have answered in between. */
const LEAST_DELAY_SECONDS = 30;
/** So many targets at two channels each still fit the one transaction that stands them all down. */
const MOST_TARGETS = 40;

/** When an office is open, on the wall clock of its zone. */
const officeHoursSchema = z.object({
  timeZone: z.string().refine(isKnownZone, {
    message: 'no such time zone; use an IANA name such as Europe/London',
  }),
  windows: z.array(localWindowSchema).min(1).max(20),
  /** Days on which the office is closed. */
  holidaysId: holidaysIdSchema.optional(),
});
export type OfficeHours = z.infer<typeof officeHoursSchema>;

/** Who is told, in what order, after how long. */
export const policySchema = z
  .object({
    policyId: policyIdSchema,
    name: z.string().min(1).max(100),
    steps: z
      .array(
        z.object({
          /** Counted from the instant at which the step before was due; 0 for at once. */
          delaySeconds: z
            .number()
            .int()
            .min(0)
            .max(86_400, 'a step waits for at most 24 hours (86400 s)'),
          targets: z.array(targetSchema).max(20),
        }),
      )
      .min(1, 'a policy has at least one step')
      .max(20),
    /** How often the steps are gone through again after the first time. */
    repeat: z
      .number()
      .int()
      .min(0, 'steps cannot repeat for ever: the last resort does, after at most 20 times')
      .max(20, 'the steps repeat at most 20 times; then the last resort is paged for ever')
      .default(1),
    /**
     * Paged when every step has been passed, and again at that step's delay until somebody acts.
     */
    lastResort: z.object({
      personIds: z.array(personIdSchema).min(1, 'the last resort can never be empty').max(20),
      everySeconds: z.number().int().min(60).max(86_400).default(900),
    }),
    /** How long an acknowledgement holds before paging resumes. */
    acknowledgementSeconds: z.number().int().min(60).max(604_800).default(14_400),
    /** Alerts of these severities need two people who acknowledge. */
    secondPersonFor: z.array(severitySchema).max(3).default(['extreme']),
    officeHours: officeHoursSchema.optional(),
  })
  .superRefine(({ steps }, context) => {
    for (const [i, { delaySeconds }] of steps.entries()) {
      if (i === 0 || delaySeconds >= LEAST_DELAY_SECONDS) continue;
      context.addIssue({
        code: 'custom',
        path: ['steps', i, 'delaySeconds'],
        message: `a later step waits for at least ${LEAST_DELAY_SECONDS} s; put who is told at the same time into one step`,
      });
    }
  })
  .refine(
    ({ steps, officeHours }) =>
      officeHours !== undefined ||
      steps.every(({ targets }) => targets.every(({ when }) => when === undefined)),
    { path: ['officeHours'], message: 'a target goes by office hours, and the policy has none' },
  )
  .refine(
    ({ steps, lastResort }) =>
      steps.reduce((sum, step) => sum + step.targets.length, lastResort.personIds.length) <=
      MOST_TARGETS,
    { path: ['steps'], message: `a policy has at most ${MOST_TARGETS} targets in all` },
  );
export type Policy = z.infer<typeof policySchema>;
