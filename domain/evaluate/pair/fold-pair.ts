import { distanceMetres } from '../../geo/plane.ts';
import type { DeviceEvent } from '../../model/device-event.ts';
import type { WearerId } from '../../model/ids.ts';
import type { Core } from '../core.ts';
import { judgeAll, type Move } from '../judge-all.ts';
import { type Repeat, stepBelief } from '../position/belief.ts';
import { ruleCalled } from '../rules.ts';
import type { Supervision, Watch } from '../supervision.ts';
import { meetingLikelihood } from './closeness.ts';
import { type LastSeen, type Sides, secondsSince, speakerOf, withInput } from './sides.ts';

type Moved = Readonly<{ speaker: WearerId; before: LastSeen | null; now: LastSeen }>;

const unmoved: Move['believe'] = (_, belief) => belief;

const isTogether = ({ marks }: Core, { watchId }: Watch): boolean =>
  marks.some((mark) => mark.watchId === watchId && mark.endedAt === null);

const otherOf = (sides: Sides, speaker: WearerId): LastSeen | null => {
  const other = Object.entries(sides).find(([who]) => who !== speaker);
  return other?.[1]?.seen ?? null;
};

/** What a fix of one of the two does to a belief about both: weighed against the other's last. */
const believeFix = (core: Core, { speaker, before, now }: Moved): Move['believe'] => {
  const other = otherOf(core.sides ?? {}, speaker);
  if (other === null) return unmoved;
  const { sigmaMetres } = now;
  const repeat: Repeat | null =
    before === null
      ? null
      : { squaredSigmasMoved: (distanceMetres(before, now) / sigmaMetres) ** 2, sigmaMetres };
  return (question, belief, watch) => {
    const closeness = ruleCalled(watch.rule)?.closenessOf(watch) ?? null;
    // Where somebody was so long ago says nothing of where they are.
    const isStale = secondsSince(other, now.at) >= watch.staleAfterSeconds;
    if (closeness === null || isStale) return belief;
    const meeting = { fix: now, other, at: now.at, isTogether: isTogether(core, watch) };
    const step = {
      at: now.at,
      motion: 'unknown' as const,
      likelihood: meetingLikelihood(closeness, meeting),
      repeat,
      mayOnlyUnsettle: false,
    };
    return stepBelief(belief, step, question.frame);
  };
};

/** A core that has taken notice of where one of the two is. */
const withSeen = (core: Core, { at, lat, lon, sigmaMetres }: LastSeen): Core => ({
  ...core,
  lastFix: { at, lat, lon, sigmaMetres: Math.ceil(sigmaMetres) },
  isSilent: false,
});

/**
 * One input of a pair: the core has taken notice that something arrived; here, who said it, where
 * they are, and what that says of both. A fix that cannot be true shows that the device is there.
 */
export const foldPairInput = (core: Core, supervision: Supervision, input: DeviceEvent): Core => {
  const speaker = speakerOf(supervision, input);
  if (speaker === null) return core;
  const { sides = {} } = core;
  const after = withInput(sides, supervision, { speaker, input });
  const [before, now] = [sides[speaker]?.seen ?? null, after[speaker]?.seen ?? null];
  const noticed = { ...core, sides: after };
  if (now === null || now === before) {
    return judgeAll(noticed, supervision, { input: null, believe: unmoved });
  }
  const believe = believeFix(noticed, { speaker, before, now });
  return judgeAll(withSeen(noticed, now), supervision, { input, believe });
};
