import type * as z from 'zod';
import { endingAt } from '../../time/active-intervals.ts';
import { stateCalled } from '../core.ts';
import { openingCase, outAtEndCase, returnedCase } from '../curfew-cases.ts';
import { isStale } from '../freshness.ts';
import { afterGrace, BASIS_OF_GRACE, graceThresholds, USUAL_GRACE, unseenFrom } from '../grace.ts';
import { type During, memoryOf, within } from '../hours.ts';
import { CLEAR_PROBABILITY } from '../position/constants.ts';
import { askAboutPlaces } from '../position/question.ts';
import { type Answer, type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';
import { whyUnclear } from '../why-unclear.ts';

type Curfew = ConditionOf<'curfew'>;
type Asked = Seen<Curfew, z.infer<typeof graceThresholds>>;

/** A further address that counts by hours of its own is watched by itself, before the curfew is. */
const byHours = ({ otherPlaces }: Curfew) =>
  otherPlaces.flatMap((place, i) =>
    place.timetableId === null ? [] : [{ ...place, tier: `place-${i + 1}` }],
  );

/** What is known of the further addresses that count by hours of their own. */
const elsewhereAllowed = ({ watch, core }: Asked): 'at-home' | 'uncertain' | null => {
  const verdicts = byHours(watch.condition).map(
    ({ tier }) => stateCalled(core, `${watch.firstWatchId}.${tier}`)?.verdict,
  );
  if (verdicts.includes('satisfied')) return 'at-home';
  return verdicts.includes('undetermined') ? 'uncertain' : null;
};

const judgeAbsence = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { newestEvidenceAt } = seen;
  return afterGrace(seen, { name: 'outSince', dueAt: edgeAt }, (answer, since) => {
    if (newestEvidenceAt === null || newestEvidenceAt < window.startAt) {
      return { ...answer, verdict: 'undetermined', reason: 'no-evidence-since-start' };
    }
    const reason = openingCase(answer.memory, window);
    return { ...answer, verdict: 'violated', reason, since, claims: 'elsewhere' };
  });
};

/** Outside hours: an absence that lasted until their very end is told as what it was. */
const keptOutside = (seen: Asked): Omit<Answer, 'dueAt'> => {
  const { watch, believed, at } = seen;
  const ended = endingAt(watch.active, at);
  const isAway = !isStale(seen) && believed.elsewhere >= watch.thresholds.certainty;
  const endsAs =
    ended !== undefined && isAway ? outAtEndCase(memoryOf(seen.memory, ended), ended) : null;
  return { memory: {}, ...(endsAs === null ? {} : { endsAs }) };
};

const judgeInside = (seen: Asked, during: During): Judgement => {
  const { believed, watch, at } = seen;
  const { window, edgeAt: dueAt } = during;
  const memory = memoryOf(seen.memory, window);
  const undetermined = { verdict: 'undetermined', memory, dueAt } as const;
  if (isStale(seen)) {
    const kept = unseenFrom({ ...seen, memory }, 'outSince');
    return { ...undetermined, reason: 'no-recent-evidence', memory: kept };
  }
  const allowed = elsewhereAllowed(seen);
  if (believed.home >= CLEAR_PROBABILITY || allowed === 'at-home') {
    const late = returnedCase(memory, window);
    const answer = { memory: { homeSince: memory.homeSince ?? at }, dueAt };
    const endsAs = late === null ? {} : { endsAs: late };
    return { verdict: 'satisfied', reason: 'at-home', ...answer, ...endsAs };
  }
  if (believed.elsewhere < watch.thresholds.certainty || allowed === 'uncertain') {
    return { ...undetermined, reason: whyUnclear(seen, 'uncertain') };
  }
  return judgeAbsence({ ...seen, memory }, during);
};

/** Whether the wearer is at a further address in its hours; that alone is never a violation. */
const judgeOtherPlace = (seen: Asked, { edgeAt: dueAt }: During): Judgement => {
  const answer = { memory: {}, dueAt };
  if (isStale(seen)) return { ...answer, verdict: 'undetermined', reason: 'no-recent-evidence' };
  if (seen.believed.home >= CLEAR_PROBABILITY) {
    return { ...answer, verdict: 'satisfied', reason: 'at-home' };
  }
  return seen.believed.elsewhere >= seen.watch.thresholds.certainty
    ? { ...answer, verdict: 'not-applicable', reason: 'not-there' }
    : { ...answer, verdict: 'undetermined', reason: 'uncertain' };
};

/**
 * The wearer must be at a curfew address during its hours. An absence becomes a violation when it
 * has lasted longer than the grace, counted from the start of the curfew or from when the wearer
 * was first believed away; the violation speaks of the absence from its beginning. Which of the
 * field's five cases it is may only be known when it ends: the violation then says so.
 */
export const curfewAbsence = defineRule({
  name: 'curfew-absence',
  says: 'The wearer is at a curfew address during its hours.',
  kinds: ['curfew'],
  suffix: null,
  tiers: (condition) => [...byHours(condition).map(({ tier }) => tier), ''],
  hours: (condition, { tier, sources }) => {
    const own = byHours(condition).find((place) => place.tier === tier)?.timetableId;
    return sources.timetable(own ?? condition.timetableId).value.compiled;
  },
  isPermissible: true,
  thresholds: graceThresholds,
  usual: USUAL_GRACE,
  basis: BASIS_OF_GRACE,
  question: (condition, { tier, sources }) => {
    const others = condition.otherPlaces.map((place) => ({
      ...{ ...sources.place(place), hasHomeUnit: place.hasHomeUnit },
    }));
    const always = others.filter((_, i) => condition.otherPlaces[i]?.timetableId === null);
    const timed = byHours(condition).find((place) => place.tier === tier);
    return askAboutPlaces(
      timed === undefined
        ? [sources.place(condition.place), ...always]
        : [{ ...sources.place(timed), hasHomeUnit: timed.hasHomeUnit }],
    );
  },
  judge: (seen) =>
    within(seen, seen.watch.tier === '' ? judgeInside : judgeOtherPlace, keptOutside),
});
