import * as z from 'zod';

/** Every rule that there is, in the field's terms. */
export const ruleNameSchema = z.enum([
  'exclusion-zone',
  'inclusion-zone',
  'curfew-absence',
  'accumulated-time',
  'check-missed',
  'check-prompt',
  'tamper',
  'battery',
  'location-lost',
  'device-silent',
  'never-fitted',
  'implausible-movement',
  'mandatory-attendance',
  'appointment-reminder',
  'non-association',
  'victim-proximity',
  'early-warning',
  'whereabouts-unclear',
  'way-home',
  'transfer',
  'welfare',
  'casework',
]);
export type RuleName = z.infer<typeof ruleNameSchema>;

/** What people say, or leave undone, is found by no rule over data. */
export const UNJUDGED: readonly RuleName[] = ['transfer', 'welfare', 'casework'];
