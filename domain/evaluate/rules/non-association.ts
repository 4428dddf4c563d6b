import * as z from 'zod';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import {
  dwellSecondsSchema,
  togetherMetresSchema,
} from '../../model/conditions/non-association.ts';
import { earliest, instant, secondsAfter } from '../../model/instant.ts';
import { hoursAt } from '../hours.ts';
import { type Closeness, TOGETHER } from '../pair/closeness.ts';
import { isOutOfReach, type Members } from '../pair/leash.ts';
import { apartMetres, oldestSecondsSince } from '../pair/sides.ts';
import { CLOSING_PROBABILITY } from '../position/constants.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  certainty: certaintySchema,
  togetherMetres: togetherMetresSchema,
  leaveFactor: z.number().min(1).max(5),
  dwellSeconds: dwellSecondsSchema,
  closingMetresPerSecond: z.number().min(1).max(60),
  lagCapSeconds: z.number().int().min(0).max(900),
});
type Numbers = z.infer<typeof thresholds>;
type Asked = Seen<ConditionOf<'non-association'>, Numbers>;

const closenessOf = (numbers: Numbers): Closeness => {
  const { togetherMetres, leaveFactor, closingMetresPerSecond, lagCapSeconds } = numbers;
  const leaveMetres = togetherMetres * leaveFactor;
  const lag = { closingMetresPerSecond, lagCapSeconds, lagIs: 'doubt' } as const;
  return { enterMetres: togetherMetres, leaveMetres, ...lag };
};

const membersOf = ({ watch }: Asked): Members => [watch.about, watch.condition.otherWearerId];

/** Together for as long as it takes: whoever passes by in the street meets nobody. */
const judgeDwell = (seen: Asked): Judgement => {
  const { watch, memory, core, at } = seen;
  const togetherSince = instant(memory.togetherSince ?? at);
  const dwelledAt = secondsAfter(togetherSince, watch.thresholds.dwellSeconds);
  const answer = { memory: { togetherSince }, dueAt: null, rests: false } as const;
  // Nobody is said to have stayed on by the clock alone: the last fixes must say so.
  if (at < dwelledAt || seen.input === null) {
    return { ...answer, verdict: 'undetermined', reason: 'within-grace' };
  }
  const distanceMetres = apartMetres(core.sides, membersOf(seen));
  const found = { reason: 'together-with-other', since: togetherSince, claims: 'inside' } as const;
  return { ...answer, verdict: 'violated', ...found, distanceMetres };
};

const judgeDistance = (seen: Asked): Judgement => {
  const { watch, believed, core, memory, at } = seen;
  const members = membersOf(seen);
  const apart = { verdict: 'satisfied', reason: 'far-apart', memory: {}, dueAt: null } as const;
  const undetermined = { verdict: 'undetermined', memory, dueAt: null, rests: false } as const;
  const closeness = closenessOf(watch.thresholds);
  if (isOutOfReach(core.sides, members, { closeness, at })) return { ...apart, rests: false };
  if (oldestSecondsSince(core.sides, members, at) >= watch.staleAfterSeconds) {
    return { ...undetermined, reason: 'no-recent-evidence' };
  }
  if (believed.inside >= watch.thresholds.certainty) return judgeDwell(seen);
  if (believed.inside <= CLOSING_PROBABILITY) return { ...apart, rests: false };
  return { ...undetermined, reason: 'near-the-edge' };
};

/**
 * Two people who must not meet are within a distance of each other for a dwell; apart again beyond
 * a wider one. The age of either's last fix only blurs where they are: it proves no meeting.
 */
export const nonAssociation = defineRule({
  name: 'non-association',
  says: 'The wearer does not stay near a person to be kept from.',
  kinds: ['non-association'],
  suffix: null,
  thresholds,
  usual: {
    certainty: 0.95,
    togetherMetres: 50,
    leaveFactor: 2,
    dwellSeconds: 600,
    closingMetresPerSecond: 14,
    lagCapSeconds: 300,
  },
  basis: {
    certainty: 'as for a zone: the position model decides',
    togetherMetres: 'chosen: one house and its garden, three deviations of two indoor fixes',
    leaveFactor: 'chosen: who walks round a house does not leave and come back',
    dwellSeconds: 'chosen: longer than sharing a bus stop, shorter than a visit',
    closingMetresPerSecond: 'chosen: 50 km/h, as in town',
    lagCapSeconds:
      'chosen: an upload every four minutes, and one more; so long either is waited for',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'fix',
  question: () => TOGETHER,
  closeness: ({ thresholds: numbers }) => closenessOf(numbers),
  judge: (seen) => {
    const { window, edgeAt, isKnown } = hoursAt(seen.watch.active, seen.at);
    if (!isKnown || window === null) {
      const reason = 'outside-hours';
      return { verdict: 'not-applicable', reason, memory: {}, dueAt: edgeAt, rests: false };
    }
    const judged = judgeDistance(seen);
    return { ...judged, dueAt: earliest([judged.dueAt, edgeAt]) };
  },
});
