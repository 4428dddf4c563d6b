import type { ReasonRow } from './reason-row.ts';

const quietly = { rule: 'casework', gravity: 0, telling: 'prompt' } as const;

/** What somebody at the agency has left undone: found by the clock, and told quietly. */
export const CASEWORK_REASONS = {
  'action-overdue': {
    ...quietly,
    happened: 'no action on a violation in its time',
    toDo: 'Decide what follows from it, and put the decision on record.',
  },
  'em-report-overdue': {
    ...quietly,
    happened: 'officer not told of a violation in time',
    toDo: 'Tell the responsible officer, and note it.',
  },
  'recall-part-a-overdue': {
    ...quietly,
    happened: 'Part A of a recall not sent in its time',
    toDo: 'Send Part A now, and end the task.',
  },
  'referral-follow-up-overdue': {
    ...quietly,
    happened: 'referral not followed up in its time',
    toDo: 'Ask the service what came of it, and end the task.',
  },
  'assessment-review-overdue': {
    ...quietly,
    happened: 'review of the risk assessment overdue',
    toDo: 'Review the assessment, and put the new one on record.',
  },
  'plan-review-overdue': {
    ...quietly,
    happened: 'review of the supervision plan overdue',
    toDo: 'Review the plan with the wearer, and put that on record.',
  },
  'contact-overdue': {
    ...quietly,
    happened: 'no contact for too long at their level',
    toDo: 'Meet or call the wearer, and note it.',
  },
  'home-visit-overdue': {
    ...quietly,
    happened: 'no home visit for too long at their level',
    toDo: 'Visit the wearer at home, and note it.',
  },
  'message-unread': {
    ...quietly,
    happened: 'message of the wearer unread',
    toDo: 'Read the message; raise a concern for their welfare if it is one.',
  },
  'checks-unasked': {
    ...quietly,
    happened: 'not asked for checks since STOP',
    toDo: 'Agree how they are asked for checks; end the task.',
  },
} as const satisfies Readonly<Record<string, ReasonRow>>;
