import * as z from 'zod';

/** What somebody at the agency may have to do by an instant. */
export const taskKindSchema = z.enum([
  // Something is done about a violation, and put on record: decided, closed, or taken back.
  'action-on-violation',
  // The officer whom the order names is told of a violation of which others were told.
  'em-report',
  // A request for recall is sent, as Part A.
  'recall-part-a',
  // Somebody asks what came of a referral to a support service.
  'referral-follow-up',
  'assessment-review',
  'plan-review',
  // Somebody meets or speaks to the wearer, or visits them, as often as their level asks.
  'contact-due',
  'visit-due',
  // A message of the wearer is read by somebody.
  'message-unread',
  // Another way is agreed to ask for checks: the wearer has stopped texts.
  'checks-unasked',
]);
export type TaskKind = z.infer<typeof taskKindSchema>;
