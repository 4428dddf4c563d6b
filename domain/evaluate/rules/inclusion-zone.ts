import type * as z from 'zod';
import { secondsAfter } from '../../model/instant.ts';
import type { ViolationReason } from '../../model/reasons.ts';
import type { ActiveInterval } from '../../time/interval-sets.ts';
import { isStale } from '../freshness.ts';
import {
  BASIS_OF_GRACE,
  graceThresholds,
  USUAL_GRACE,
  unseenFrom,
  withinGrace,
  wrongSince,
} from '../grace.ts';
import { type During, EVER, memoryOf, outsideOf, within } from '../hours.ts';
import { CLOSING_PROBABILITY } from '../position/constants.ts';
import { askAboutZone, askOutsideZone } from '../position/question.ts';
import { type ConditionOf, defineRule, type Judgement, type Memory, type Seen } from '../rule.ts';

type Kind = 'inclusion-zone' | 'restriction-zone';
type Asked = Seen<ConditionOf<Kind>, z.infer<typeof graceThresholds>>;

/** Says only what the data show: somebody never seen where they may be has not "left". */
const reasonOf = (kind: Kind, memory: Memory, { startAt }: ActiveInterval): ViolationReason => {
  const { wrongSince, rightSince } = memory;
  if (kind === 'restriction-zone') {
    return wrongSince === startAt ? 'stayed-in-restriction-zone' : 'in-restriction-zone';
  }
  if (wrongSince === startAt) return 'outside-when-it-began';
  return rightSince === undefined ? 'outside-inclusion-zone' : 'left-inclusion-zone';
};

const judgeWrong = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { watch, at } = seen;
  const { graceSeconds } = watch.thresholds;
  const wrong = { memory: seen.memory, since: seen.memory.wrongSince, at };
  const { since, memory } = wrongSince(wrong, graceSeconds);
  const kept = { ...memory, wrongSince: since };
  const graceEndsAt = secondsAfter(since, graceSeconds);
  const answer = { memory: kept, dueAt: edgeAt };
  if (at < graceEndsAt) return withinGrace(graceEndsAt, answer);
  const reason = reasonOf(watch.condition.kind, kept, window);
  const found = { reason, since, claims: 'inside' } as const;
  return { ...answer, verdict: 'violated', ...found };
};

const judgeDuring = (seen: Asked, during: During): Judgement => {
  const { watch, believed, at } = seen;
  const memory = memoryOf(seen.memory, during.window);
  const dueAt = during.edgeAt;
  const undetermined = { verdict: 'undetermined', memory, dueAt } as const;
  if (isStale(seen)) {
    const kept = unseenFrom(memory, memory.wrongSince, at);
    return { ...undetermined, reason: 'no-recent-evidence', memory: kept };
  }
  if (believed.inside >= watch.thresholds.certainty) return judgeWrong({ ...seen, memory }, during);
  if (believed.inside > CLOSING_PROBABILITY) return { ...undetermined, reason: 'near-the-edge' };
  const right = { rightSince: memory.rightSince ?? at };
  const isInclusion = watch.condition.kind === 'inclusion-zone';
  const reason = isInclusion ? 'within-zone' : 'clear-of-zone';
  return { verdict: 'satisfied', reason, memory: right, dueAt };
};

/**
 * The wearer must stay within an inclusion zone during its hours, and out of a restriction zone
 * outside the hours in which it is open to them. To be on the wrong side becomes a violation when
 * it has lasted longer than the grace, from when it began. Who is on the wrong
 * side when the hours begin is found by the beginning itself, which is a due instant.
 */
export const inclusionZone = defineRule({
  name: 'inclusion-zone',
  says: 'The wearer stays within a zone during its hours, or is in one only while it is open.',
  kinds: ['inclusion-zone', 'restriction-zone'],
  suffix: null,
  hours: (condition, { sources }) => {
    const { kind, timetableId } = condition;
    if (timetableId === null) return EVER;
    const { compiled } = sources.timetable(timetableId).value;
    return kind === 'inclusion-zone' ? compiled : outsideOf(compiled);
  },
  isPermissible: true,
  thresholds: graceThresholds,
  usual: USUAL_GRACE,
  basis: BASIS_OF_GRACE,
  question: ({ kind, zoneId }, { sources }) => {
    const { zone } = sources.zone(zoneId).value;
    return kind === 'inclusion-zone'
      ? askOutsideZone(zone)
      : askAboutZone({ zone, bufferMetres: 0, places: sources.places(null) });
  },
  judge: (seen) => within(seen, judgeDuring),
});
