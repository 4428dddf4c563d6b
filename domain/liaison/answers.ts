import * as z from 'zod';
import { instantSchema, secondsAfter } from '../model/instant.ts';
import { rejectionCauseSchema } from '../model/transfer-trouble.ts';
import { MOST_AHEAD_SECONDS } from './their-clock.ts';

const said = { at: instantSchema, text: z.string().max(300) };

/** That somebody at their desks has the incident in hand, or has dealt with it. */
const acceptedSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('accepted'), ...said }),
  z.object({ is: z.literal('completed'), ...said }),
]);

/** That nobody is on the way: they take it not, or had it in hand and have given up on it. */
const refusedSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('rejected'), ...said, cause: rejectionCauseSchema }),
  z.object({ is: z.literal('aborted'), ...said }),
]);

/** What somebody at their desks said of the incident, by their own clock. */
export const answerSchema = z.discriminatedUnion('is', [acceptedSchema, refusedSchema]);
export type Answer = z.infer<typeof answerSchema>;

/** The latest of either sort, by their clock: whatever order they came in, these are the same. */
export const answersSchema = z.object({
  accepted: acceptedSchema.nullable(),
  refused: refusedSchema.nullable(),
});
export type Answers = z.infer<typeof answersSchema>;

export const NO_ANSWERS: Answers = { accepted: null, refused: null };

/**
 * The answer that stands, null where there is none. An acceptance stands against a refusal only
 * where it is later by more than their clock may be ahead: one that was dated ahead would hide the
 * refusal that came after it. What contradicts itself within that time is as good as refused.
 */
export const standingOf = ({ accepted, refused }: Answers): Answer | null => {
  if (accepted === null || refused === null) return accepted ?? refused;
  return accepted.at > secondsAfter(refused.at, MOST_AHEAD_SECONDS) ? accepted : refused;
};

/** Whether an answer leaves nothing to do here. */
export const isAcceptance = (answer: Answer): answer is z.infer<typeof acceptedSchema> =>
  answer.is === 'accepted' || answer.is === 'completed';

/** Of two answers of one sort and one instant the higher stands, and of one rank the later word. */
const RANK: Readonly<Record<Answer['is'], number>> = {
  ...{ accepted: 0, completed: 1 },
  ...{ aborted: 0, rejected: 1 },
};

const wordsOf = (answer: Answer): string =>
  `${answer.is === 'rejected' ? answer.cause : ''}/${answer.text}`;

const isAfter = (answer: Answer, known: Answer): boolean => {
  if (answer.at !== known.at) return answer.at > known.at;
  if (answer.is !== known.is) return RANK[answer.is] > RANK[known.is];
  return wordsOf(answer) > wordsOf(known);
};

const isSame = (answer: Answer, known: Answer): boolean =>
  answer.at === known.at && answer.is === known.is && wordsOf(answer) === wordsOf(known);

/** What an answer is beside what is known: the latest of its sort, an earlier one, or the same. */
export const newsIn = (
  answer: Answer,
  { accepted, refused }: Answers,
): 'news' | 'superseded' | 'known' => {
  const known = isAcceptance(answer) ? accepted : refused;
  if (known === null || isAfter(answer, known)) return 'news';
  return isSame(answer, known) ? 'known' : 'superseded';
};

/** The answers with one that is the latest of its sort. */
export const withAnswer = (answers: Answers, answer: Answer): Answers =>
  isAcceptance(answer) ? { ...answers, accepted: answer } : { ...answers, refused: answer };
