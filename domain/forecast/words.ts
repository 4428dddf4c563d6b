import type { FeatureName } from './features.ts';

/** Why a forecast is as it is, in plain words, and what could help. */
type Words = Readonly<{ raising: string; lowering: string; couldHelp: string | null }>;

export const FORECAST_WORDS: Readonly<Record<FeatureName, Words>> = {
  violationDays7: {
    raising: 'violations in the last seven days',
    lowering: 'no violation in the last seven days',
    couldHelp: 'Talk this week about what made these days hard, before anything else.',
  },
  violationDays28: {
    raising: 'violations on several days of the last four weeks',
    lowering: 'few violations in the last four weeks',
    couldHelp: 'Look with them at which days and hours these were; ask whether the hours fit.',
  },
  lateTrend: {
    raising: 'returns that come later than two weeks before',
    lowering: 'returns that come no later than before',
    couldHelp: 'Talk about the way home; a nudge to set off, or another hour, may be enough.',
  },
  missedAppointments: {
    raising: 'missed appointments',
    lowering: 'appointments kept',
    couldHelp: 'Ask what made the appointments hard to keep; agree on times that can be kept.',
  },
  lateChecks: {
    raising: 'checks answered late, or not at all',
    lowering: 'checks answered in time',
    couldHelp: 'Ask whether the phone, the hours or something at home makes checks hard.',
  },
  missedCharging: {
    raising: 'a battery let run low again and again',
    lowering: 'a battery that is kept charged',
    couldHelp: 'Agree on when and where they charge; see whether a second charger helps.',
  },
  run: {
    raising: 'a short run of clear days',
    lowering: 'a long run of clear days',
    couldHelp: 'Say to them how many clear days they have: it counts.',
  },
  begin: {
    raising: 'the first weeks of an order',
    lowering: 'an order that has gone on for a while',
    couldHelp:
      'Explain hours, zones and charging once more: most of what goes wrong goes wrong early.',
  },
};

/** What a forecast is, and is not; said with each. */
export const FORECAST_LIMITS = [
  'Learned from simulated people alone: no claim is made about real ones until it has been ' +
    'calibrated on the agency’s own records.',
  'By what was done in four weeks; nothing about who somebody is (no age, sex, origin or address).',
  'A reason to help. No rule, alert, page, report for a court or message to others goes by it.',
] as const;
