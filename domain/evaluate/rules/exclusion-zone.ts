import * as z from 'zod';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import { isStale } from '../freshness.ts';
import { hoursAt } from '../hours.ts';
import { CLOSING_PROBABILITY } from '../position/constants.ts';
import { askAboutZone } from '../position/question.ts';
import { defineRule } from '../rule.ts';

/**
 * The wearer must keep out of a zone during its hours. Violated from the probability that the order
 * sets; clear at 0.2 or less; undetermined between. Somebody inside when the hours start is found
 * by the start itself, which is a due instant.
 */
export const exclusionZone = defineRule({
  name: 'exclusion-zone',
  says: 'The wearer keeps out of a zone during its hours.',
  kinds: ['exclusion-zone'],
  suffix: null,
  thresholds: z.object({ certainty: certaintySchema }),
  usual: { certainty: 0.95 },
  basis: { certainty: 'chosen in simulation with known truth; the position model decides' },
  question: ({ zoneId, bufferMetres, place }, { sources }) =>
    askAboutZone({
      zone: sources.zone(zoneId).value.zone,
      bufferMetres,
      places: sources.places(place),
    }),
  judge: (seen) => {
    const { watch, believed, at } = seen;
    const { window, edgeAt, isKnown } = hoursAt(watch.active, at);
    const answer = { memory: {}, dueAt: edgeAt };
    if (!isKnown) return { ...answer, verdict: 'undetermined', reason: 'hours-unknown' };
    if (window === null) return { ...answer, verdict: 'not-applicable', reason: 'outside-hours' };
    if (isStale(seen)) return { ...answer, verdict: 'undetermined', reason: 'no-recent-evidence' };
    if (believed.inside >= watch.thresholds.certainty) {
      const reason = at === window.startAt ? 'inside-when-it-closed' : 'inside-zone';
      return { ...answer, verdict: 'violated', reason, since: at, claims: 'inside' };
    }
    if (believed.inside <= CLOSING_PROBABILITY) {
      return { ...answer, verdict: 'satisfied', reason: 'clear-of-zone' };
    }
    return { ...answer, verdict: 'undetermined', reason: 'near-the-edge' };
  },
});
