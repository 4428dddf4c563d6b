import { earliest, secondsAfter } from '../../model/instant.ts';
import { within } from '../hours.ts';
import { persistsSince, plausibilitySchema } from '../movement/plausibility.ts';
import { defineRule } from '../rule.ts';

/**
 * Positions follow one another as a person can have gone. A single one that cannot be true is set
 * aside before anything is believed of it, and counted; here it is told when that goes on: a device
 * that errs, is deceived, or is in two places at once.
 */
export const implausibleMovement = defineRule({
  name: 'implausible-movement',
  says: 'Positions follow one another as somebody can have gone.',
  kinds: ['device-care'],
  suffix: 'movement',
  thresholds: plausibilitySchema,
  usual: {
    fastestMetresPerSecond: 100,
    flightMetresPerSecond: 300,
    slackMetres: 1_000,
    agreeingFixes: 3,
    alertFixes: 3,
    windowSeconds: 3_600,
  },
  basis: {
    fastestMetresPerSecond: 'chosen: 360 km/h, above the fastest trains in service (350 km/h)',
    flightMetresPerSecond: 'chosen: 1,080 km/h, above airliners',
    slackMetres: 'chosen: a kilometre, above what reflections in a city make of a position',
    agreeingFixes: 'chosen: a device repeats one error, and hardly a journey of three fixes',
    alertFixes: 'chosen: three in an hour are no accident',
    windowSeconds: 'chosen: an hour',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'fix' && event.source !== 'cell',
  judge: (seen) =>
    within(seen, ({ watch, core, at }, { edgeAt }) => {
      const answer = { memory: {}, dueAt: edgeAt, rests: true };
      const since = persistsSince(core.movement, at, watch.thresholds);
      if (since === null) return { ...answer, verdict: 'satisfied', reason: 'in-order' };
      const dueAt = earliest([edgeAt, secondsAfter(since, watch.thresholds.windowSeconds)]);
      const reason = 'impossible-movement';
      return { ...answer, dueAt, verdict: 'violated', reason, since, claims: null };
    }),
});
