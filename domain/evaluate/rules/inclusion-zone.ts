import type * as z from 'zod';
import type { ViolationReason } from '../../model/reasons.ts';
import type { ActiveInterval } from '../../time/interval-sets.ts';
import { isStale } from '../freshness.ts';
import { afterGrace, BASIS_OF_GRACE, graceThresholds, USUAL_GRACE, unseenFrom } from '../grace.ts';
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
  const { kind } = seen.watch.condition;
  return afterGrace(seen, { name: 'wrongSince', dueAt: edgeAt }, (answer, since) => {
    const reason = reasonOf(kind, answer.memory, window);
    return { ...answer, verdict: 'violated', reason, since, claims: 'inside' };
  });
};

const judgeDuring = (seen: Asked, during: During): Judgement => {
  const { watch, believed, at } = seen;
  const memory = memoryOf(seen.memory, during.window);
  const dueAt = during.edgeAt;
  const undetermined = { verdict: 'undetermined', memory, dueAt } as const;
  if (isStale(seen)) {
    const kept = unseenFrom({ ...seen, memory }, 'wrongSince');
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
