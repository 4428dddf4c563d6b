import type { ReasonRow } from './reason-row.ts';

/** What the wearer alone is told, while there is still time. */
export const NUDGE_REASONS = {
  'battery-low': {
    rule: 'battery',
    happened: 'battery low',
    toDo: 'Battery low. Please charge your device now.',
    gravity: 0,
    telling: 'nudge',
  },
  'charge-tonight': {
    rule: 'battery',
    happened: 'battery will not last the night',
    toDo: 'Please charge your device this evening.',
    gravity: 0,
    telling: 'nudge',
  },
  'check-due': {
    rule: 'check-prompt',
    happened: 'has a check to answer',
    toDo: 'Your check-in is due. Please answer it now.',
    gravity: 0,
    telling: 'nudge',
  },
  'appointment-ahead': {
    rule: 'appointment-reminder',
    happened: 'has an appointment on the next day',
    toDo: 'Reminder: you have an appointment.',
    gravity: 0,
    telling: 'nudge',
  },
  'leave-for-home': {
    rule: 'way-home',
    happened: 'has to set off to be home for the curfew',
    toDo: 'It is time to set off for home.',
    gravity: 0,
    telling: 'nudge',
  },
} as const satisfies Readonly<Record<string, ReasonRow>>;
