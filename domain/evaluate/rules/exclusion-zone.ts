import * as z from 'zod';
import { liesIn } from '../../geo/zone-or-list.ts';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import { insideAreaSchema } from '../../model/conditions/inside-area.ts';
import { isStale } from '../freshness.ts';
import { type During, within } from '../hours.ts';
import {
  BASIS_OF_PASSING,
  passingThresholds,
  USUAL_PASSING,
  watchWays,
} from '../passed-through.ts';
import { CLOSING_PROBABILITY, INSIDE_AREA_SQUARE_METRES } from '../position/constants.ts';
import { askAboutZone } from '../position/question.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';
import { whyUnclear } from '../why-unclear.ts';

const thresholds = z.object({
  certainty: certaintySchema,
  insideAreaSquareMetres: insideAreaSchema,
  ...passingThresholds.shape,
});
type Asked = Seen<ConditionOf<'exclusion-zone'>, z.infer<typeof thresholds>>;

/** The watch over the strip round the zone; the one over the zone itself has no name of its own. */
const BUFFER = 'buffer';

/** However likely it is that the wearer is at home: of a fix in the zone nothing clear is said. */
const isSeenInside = ({ watch, core }: Asked): boolean => {
  const zone = watch.question?.zone ?? null;
  return zone !== null && core.lastFix !== null && liesIn(zone, core.lastFix);
};

const judgeZone = (seen: Asked, { window, edgeAt: dueAt }: During): Judgement => {
  const { watch, believed, at } = seen;
  if (believed.inside >= watch.thresholds.certainty) {
    const reason = at === window.startAt ? 'inside-when-it-closed' : 'inside-zone';
    return { verdict: 'violated', reason, since: at, claims: 'inside', memory: {}, dueAt };
  }
  const isClear = believed.inside <= CLOSING_PROBABILITY;
  const answer = { ...watchWays(seen, isClear ? window.startAt : null), dueAt };
  if (!isClear) {
    return { ...answer, verdict: 'undetermined', reason: whyUnclear(seen, 'near-the-edge') };
  }
  if (!isSeenInside(seen)) return { ...answer, verdict: 'satisfied', reason: 'clear-of-zone' };
  const reason = whyUnclear(seen, 'fix-in-zone');
  const rests = reason === 'fix-in-zone' && answer.rests !== false ? 'in-zone' : false;
  return { ...answer, verdict: 'undetermined', reason, rests };
};

const isZoneViolated = ({ core, watch }: Asked): boolean =>
  core.watches[watch.firstWatchId]?.verdict === 'violated';

/**
 * Once the zone's own watch tells of it, the buffer's is silent until the wearer is clear of both:
 * nobody is told a second time on the way out.
 */
const judgeBuffer = (seen: Asked, { edgeAt: dueAt }: During): Judgement => {
  const { watch, believed, memory, at } = seen;
  const isClear = believed.inside <= CLOSING_PROBABILITY;
  if (isZoneViolated(seen) || (memory.coveredAt !== undefined && !isClear)) {
    const kept = { coveredAt: memory.coveredAt ?? at };
    return { verdict: 'not-applicable', reason: 'covered', memory: kept, dueAt };
  }
  if (believed.inside >= watch.thresholds.certainty) {
    const found = { reason: 'inside-buffer', since: at, claims: 'inside' } as const;
    return { verdict: 'violated', ...found, memory: {}, dueAt };
  }
  return isClear
    ? { verdict: 'satisfied', reason: 'clear-of-zone', memory: {}, dueAt }
    : { verdict: 'undetermined', reason: 'near-the-edge', memory, dueAt };
};

const judgeDuring = (seen: Asked, during: During): Judgement => {
  if (isStale(seen)) {
    const { memory } = seen;
    const reason = 'no-recent-evidence';
    return { verdict: 'undetermined', reason, memory, dueAt: during.edgeAt };
  }
  return seen.watch.tier === BUFFER ? judgeBuffer(seen, during) : judgeZone(seen, during);
};

/**
 * The wearer must keep out of a zone during its hours. Violated from the probability that the order
 * sets; clear at 0.2 or less; undetermined between, and while the newest fix lies in the zone,
 * whatever is believed. Somebody inside when the hours start is found by the start itself, which is
 * a due instant. A buffer round the zone is watched by itself, as an earlier and milder warning; a
 * way that leads through the zone between two fixes is found too.
 */
export const exclusionZone = defineRule({
  name: 'exclusion-zone',
  says: 'The wearer keeps out of a zone during its hours; a buffer round it warns earlier.',
  kinds: ['exclusion-zone'],
  suffix: null,
  tiers: ({ bufferMetres }) => (bufferMetres > 0 ? ['', BUFFER] : ['']),
  thresholds,
  usual: {
    certainty: 0.95,
    insideAreaSquareMetres: INSIDE_AREA_SQUARE_METRES,
    ...USUAL_PASSING,
  },
  basis: {
    certainty: 'chosen in simulation with known truth; the position model decides',
    insideAreaSquareMetres:
      'chosen in simulation: smaller opens sooner and misses less, at more false alerts',
    ...BASIS_OF_PASSING,
  },
  isPermissible: true,
  mindsWays: true,
  question: ({ zoneId, zoneListId, bufferMetres, place }, { tier, sources, thresholds }) =>
    askAboutZone({
      zone: sources.closed({ zoneId, zoneListId }),
      bufferMetres: tier === BUFFER ? bufferMetres : 0,
      places: sources.places(place),
      mindsFixesInside: tier !== BUFFER,
      insideAreaSquareMetres: thresholds.insideAreaSquareMetres,
    }),
  judge: (seen) => within(seen, judgeDuring),
});
