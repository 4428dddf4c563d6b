import type { DeviceEvent } from '../../model/device-event.ts';
import { type Instant, laterOf, secondsAfter } from '../../model/instant.ts';
import type { Core, Mark } from '../core.ts';
import type { Supervision } from '../supervision.ts';
import { bothSeen, heardOf, speakerOf } from './sides.ts';
import { asking, lagSecondsOf } from './waiting.ts';

type Settled = Readonly<{
  core: Core;
  supervision: Supervision;
  until: Instant;
  /** Of the current slice. */
  inputs: readonly DeviceEvent[];
}>;

/**
 * The one of two people who was not seen for longer: up to when their device has told of its time,
 * be it without a fix, and when it was last heard of.
 */
const behindOf = ({ core: { sides }, supervision, inputs }: Settled) => {
  const { members } = supervision;
  const seen = members === undefined ? null : bothSeen(sides, members);
  if (members === undefined || seen === null) return null;
  const [one, other] = seen;
  const [who, { at: seenAt }] = one.at <= other.at ? [members[0], one] : [members[1], other];
  const heardAt = heardOf(sides, who).at(-1)?.toAt ?? seenAt;
  const own = inputs.filter((input) => speakerOf(supervision, input) === who);
  const toldUntil = own.reduce((at, { recordedAt }) => laterOf(at, recordedAt), seenAt);
  return { toldUntil, heardAt };
};

export type Undecided = Readonly<{ marks: readonly Mark[]; untilAt: Instant | null }>;

/**
 * What was told of two people and is not found any more, while one of them is sending what they
 * kept. It stands until they have told of so much time beyond it, or have sent nothing for as long:
 * nothing is taken back and told again in one catching up.
 */
export const undecided = (
  { known, found }: Readonly<{ known: readonly Mark[]; found: readonly Mark[] }>,
  settled: Settled,
): Undecided => {
  const behind = behindOf(settled);
  const lagSeconds = lagSecondsOf(settled.supervision);
  const untilAt = behind === null ? settled.until : secondsAfter(behind.heardAt, lagSeconds);
  if (behind === null || untilAt <= settled.until) return { marks: [], untilAt: null };
  const asked = new Set(asking(settled.supervision, true).watches.map(({ watchId }) => watchId));
  const again = new Set(found.map(({ violationId }) => violationId));
  const marks = known.filter(
    ({ violationId, watchId, endedAt, foundAt }) =>
      endedAt === null &&
      asked.has(watchId) &&
      !again.has(violationId) &&
      behind.toldUntil < secondsAfter(foundAt, lagSeconds),
  );
  return { marks, untilAt: marks.length === 0 ? null : untilAt };
};
