import * as z from 'zod';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import {
  dwellSecondsSchema,
  togetherMetresSchema,
} from '../../model/conditions/non-association.ts';
import { instant, secondsAfter } from '../../model/instant.ts';
import { type Closeness, TOGETHER } from '../pair/closeness.ts';
import { judgeDistance, judgeInHours } from '../pair/judge-distance.ts';
import { apartMetres } from '../pair/sides.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  certainty: certaintySchema,
  togetherMetres: togetherMetresSchema,
  leaveFactor: z.number().min(1).max(5),
  dwellSeconds: dwellSecondsSchema,
  closingMetresPerSecond: z.number().min(1).max(60),
  lagCapSeconds: z.number().int().min(0).max(900),
  waitSeconds: z.number().int().min(0).max(900),
});
type Numbers = z.infer<typeof thresholds>;
type Asked = Seen<ConditionOf<'non-association'>, Numbers>;

const closenessOf = (numbers: Numbers): Closeness => {
  const { togetherMetres, leaveFactor, ...by } = numbers;
  const { closingMetresPerSecond, lagCapSeconds, waitSeconds } = by;
  const leaveMetres = togetherMetres * leaveFactor;
  const lag = { closingMetresPerSecond, lagCapSeconds, waitSeconds, lagIs: 'doubt' } as const;
  return { enterMetres: togetherMetres, leaveMetres, ...lag };
};

/** Together for as long as it takes: whoever passes by in the street meets nobody. */
const judgeDwell = (seen: Asked): Judgement => {
  const { watch, memory, core, at } = seen;
  const togetherSince = instant(memory.togetherSince ?? at);
  const dwelledAt = secondsAfter(togetherSince, watch.thresholds.dwellSeconds);
  const answer = { memory: { togetherSince }, dueAt: null } as const;
  // Nobody is said to have stayed on by the clock alone: the last fixes must say so.
  if (at < dwelledAt || seen.input === null) {
    return { ...answer, verdict: 'undetermined', reason: 'within-grace' };
  }
  const distanceMetres = apartMetres(core.sides, [watch.about, watch.condition.otherWearerId]);
  const found = { reason: 'together-with-other', since: togetherSince, claims: 'inside' } as const;
  return { ...answer, verdict: 'violated', ...found, distanceMetres };
};

const judge = (seen: Asked): Judgement =>
  judgeDistance(seen, {
    other: seen.watch.condition.otherWearerId,
    closeness: closenessOf(seen.watch.thresholds),
    certainty: seen.watch.thresholds.certainty,
    together: () => judgeDwell(seen),
  });

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
    waitSeconds: 300,
  },
  basis: {
    certainty: 'as for a zone: the position model decides',
    togetherMetres: 'chosen: one house and its garden, three deviations of two indoor fixes',
    leaveFactor: 'chosen: who walks round a house does not leave and come back',
    dwellSeconds: 'chosen: longer than sharing a bus stop, shorter than a visit',
    closingMetresPerSecond: 'chosen: 50 km/h, as in town',
    lagCapSeconds: 'chosen: an upload every four minutes, and one more',
    waitSeconds: 'chosen: as long; a meeting of ten minutes is no less one when told later',
  },
  isOfDevice: true,
  isEvidence: (event) => event.kind === 'fix',
  question: () => TOGETHER,
  closeness: ({ thresholds: numbers }) => closenessOf(numbers),
  judge: (seen) => judgeInHours(seen, judge),
});
