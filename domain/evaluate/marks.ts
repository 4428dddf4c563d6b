import { digest } from '../model/digest.ts';
import type { ViolationId, WatchId, WearerId, WearerRef } from '../model/ids.ts';
import { violationIdSchema } from '../model/ids.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { ViolationReason } from '../model/reasons.ts';
import type { ViolationEnd } from '../model/violation.ts';
import type { Mark } from './core.ts';
import { HYPOTHESES, type Weights } from './position/hypotheses.ts';
import type { Judgement, NotApplicableReason, Past } from './rule.ts';

/** Derived from what it is about, so that a repeat finds it and makes no second one. */
export const violationIdOf = (
  wearer: WearerRef,
  watchId: WatchId,
  openedAt: Instant,
): ViolationId =>
  violationIdSchema.parse(
    [wearer.wearerId, watchId, openedAt.toString(36), ...tellApart(wearer, watchId)].join('.'),
  );

/** Ids may hold dots themselves: then a digest of the two says where one ends. */
const tellApart = ({ wearerId }: WearerRef, watchId: WatchId): string[] =>
  `${wearerId}${watchId}`.includes('.') ? [digest(`${wearerId} ${watchId}`)] : [];

/** The instant that an id was derived from: late evidence may have moved the opening since. */
export const namedFor = (violationId: ViolationId): Instant => {
  const parts = violationId.split('.');
  // With dots of its own an id ends in what tells it apart.
  return instant(Number.parseInt(parts.at(parts.length > 3 ? -2 : -1) ?? '', 36));
};

/**
 * What makes two marks of a fold one violation. Not the id: one that is on record may be derived
 * from the instant at which another begins now.
 */
export const beginningOf = ({ watchId, openedAt }: Mark): string => `${watchId} ${openedAt}`;

type Judged = Readonly<{
  watchId: WatchId;
  /** Whose order it is, where that is not the wearer who is folded. */
  about: WearerId;
  wearer: WearerRef;
  at: Instant;
  believed: Weights;
}>;

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

const competingWith = (explained: keyof Weights, believed: Weights): Mark['competing'] => {
  const others = HYPOTHESES.filter((h) => h !== explained);
  const hypothesis = others.reduce((best, h) => (believed[h] > believed[best] ? h : best));
  return { hypothesis, probability: rounded(believed[hypothesis]) };
};

const opened = (judgement: Extract<Judgement, { verdict: 'violated' }>, judged: Judged): Mark => {
  const { watchId, wearer, about, believed } = judged;
  const { reason, since, claims, untilAt, distanceMetres } = judgement;
  return {
    violationId: violationIdOf(wearer, watchId, since),
    watchId,
    ...(about === wearer.wearerId ? {} : { about }),
    reason,
    openedAt: since,
    foundAt: judged.at,
    certainty: claims === null ? null : rounded(believed[claims]),
    competing: claims === null ? null : competingWith(claims, believed),
    ...(untilAt === undefined ? {} : { untilAt }),
    ...(distanceMetres === undefined ? {} : { distanceMetres }),
    endedAt: null,
    endReason: null,
  };
};

/** A violation that was over when it was found. */
const passed = (past: Past, { watchId, wearer, at }: Judged): Mark => {
  const { reason, since, until, certainty } = past;
  return {
    ...{ violationId: violationIdOf(wearer, watchId, since), watchId, reason },
    ...{ openedAt: since, foundAt: at, endedAt: until, endReason: 'back-in-order' },
    certainty: certainty === null ? null : rounded(certainty),
    competing:
      certainty === null ? null : { hypothesis: 'elsewhere', probability: rounded(1 - certainty) },
  };
};

/** Ends whatever is open of a watch. */
const endMarks = (
  marks: readonly Mark[],
  watchId: WatchId,
  end: Readonly<{ endedAt: Instant; endReason: ViolationEnd; reason?: ViolationReason }>,
): Mark[] =>
  marks.map((mark) =>
    mark.watchId === watchId && mark.endedAt === null ? { ...mark, ...end } : mark,
  );

const END_OF: Readonly<Record<NotApplicableReason, ViolationEnd>> = {
  'outside-hours': 'hours-ended',
  'awaiting-answer': 'hours-ended',
  permitted: 'permitted',
  covered: 'became-graver',
  'not-there': 'hours-ended',
};

/** What is found again since the same instant is the same violation, and goes on. */
const withMark = (marks: readonly Mark[], mark: Mark): Mark[] => [
  ...marks.filter((other) => beginningOf(other) !== beginningOf(mark)),
  mark,
];

/**
 * Opens, ends or leaves a watch's violation as the judgement says, and adds one that is past;
 * uncertainty changes nothing. The same marks where nothing changes.
 */
export const markVerdict = (marks: Mark[], judgement: Judgement, judged: Judged): Mark[] => {
  const followed = followVerdict(marks, judgement, judged);
  return judgement.past === undefined ? followed : [...followed, passed(judgement.past, judged)];
};

/**
 * Opens, ends or leaves a watch's violation as the judgement says; uncertainty changes nothing. The
 * very same marks where nothing changes.
 */
const followVerdict = (marks: Mark[], judgement: Judgement, judged: Judged): Mark[] => {
  const { watchId, at } = judged;
  const isOpen = marks.some((mark) => mark.watchId === watchId && mark.endedAt === null);
  const exactly = judgement.endsAs === undefined ? {} : { reason: judgement.endsAs };
  const ended = (endReason: ViolationEnd) =>
    isOpen ? endMarks(marks, watchId, { endedAt: at, endReason, ...exactly }) : marks;
  switch (judgement.verdict) {
    case 'violated':
      return isOpen ? marks : withMark(marks, opened(judgement, judged));
    case 'satisfied':
      return ended('back-in-order');
    case 'not-applicable':
      return ended(END_OF[judgement.reason]);
    case 'undetermined':
      return marks;
    default:
      return judgement satisfies never;
  }
};
