import type { WearerId } from '../../model/ids.ts';
import { earliest } from '../../model/instant.ts';
import { within } from '../hours.ts';
import { CLOSING_PROBABILITY } from '../position/constants.ts';
import type { Judgement, Seen } from '../rule.ts';
import type { Closeness } from './closeness.ts';
import { isOutOfReach, type Members } from './leash.ts';
import { oldestSecondsSince } from './sides.ts';

type InHours = Pick<Seen, 'watch' | 'memory' | 'at'>;

/** Asks a rule of two people within its hours alone; no fix of either passes it unseen. */
export const judgeInHours = <S extends InHours>(
  seen: S,
  judge: (seen: S) => Judgement,
): Judgement => {
  const judged = within(seen, (asked, { edgeAt }) => {
    const found = judge(asked);
    return { ...found, dueAt: earliest([found.dueAt, edgeAt]) };
  });
  return { ...judged, rests: false };
};

export type Between = Readonly<{
  /** Whom the one that the watch is about is joined with. */
  other: WearerId;
  closeness: Closeness;
  /** From which probability on they are together. */
  certainty: number;
  /** What it is when they are together. */
  together: () => Judgement;
}>;

/**
 * Where two people stand to each other: together, apart, or nobody can tell, for evidence that is
 * too old or for being near the edge. Nobody can tell changes nothing of what is remembered.
 */
export const judgeDistance = (
  { watch, believed, core, memory, at }: Seen,
  { other, closeness, certainty, together }: Between,
): Judgement => {
  const members: Members = [watch.about, other];
  const apart = { verdict: 'satisfied', reason: 'far-apart', memory: {}, dueAt: null } as const;
  const undetermined = { verdict: 'undetermined', memory, dueAt: null } as const;
  if (isOutOfReach(core.sides, members, { closeness, at })) return apart;
  if (oldestSecondsSince(core.sides, members, at) >= watch.staleAfterSeconds) {
    return { ...undetermined, reason: 'no-recent-evidence' };
  }
  if (believed.inside >= certainty) return together();
  return believed.inside <= CLOSING_PROBABILITY
    ? apart
    : { ...undetermined, reason: 'near-the-edge' };
};
