import * as z from 'zod';
import { liaisonIdSchema } from '../model/ids.ts';
import { cloudEventSchema } from './cloud-event.ts';
import { eventIdSchema } from './event.ts';

/** How many events a recipient may fetch, or acknowledge, at once. */
export const MOST_EVENTS = 100;

/** A stretch of a recipient's feed, whatever its format is: what it catches up with. */
export const feedPageSchema = z.object({
  liaisonId: liaisonIdSchema,
  /** Up to here, events are kept no longer; absent where nothing that was asked for is gone. */
  goneTo: z.number().int().min(1).optional(),
  /** In the order of the feed, without a gap behind what was asked after, or what is gone. */
  events: z.array(z.object({ position: z.number().int().min(1), event: cloudEventSchema })),
  /** What to ask after next: the last position here, or what is gone, or what was asked after. */
  next: z.number().int().min(0),
  /** Whether there is more behind `next` already. */
  more: z.boolean(),
});
export type FeedPage = z.infer<typeof feedPageSchema>;

/** Why a recipient could not use an event: RFC 8936, 2.2 and RFC 8935, 2.4. */
const setErrSchema = z.object({
  err: z.string().min(1).max(64),
  description: z.string().max(300).default(''),
});

type Placed = Readonly<{ position: number }>;

/**
 * How far a stretch of a feed behind a position is gone: what is too old is shown to nobody any
 * more, whether or not it is still there; null: nothing of it is gone.
 */
export const goneTo = <E extends Placed>(
  { after, found }: Readonly<{ after: number; found: readonly E[] }>,
  isKept: (event: E) => boolean,
): number | null => {
  const [first] = found.filter(isKept);
  const last = first === undefined ? found.at(-1)?.position : first.position - 1;
  return last === undefined || last <= after ? null : last;
};

const setErrs = z.record(eventIdSchema, setErrSchema);

/** What a recipient says it has stored, and what it could not use: in the form of RFC 8936. */
export const acksSchema = z
  .object({
    ack: z.array(eventIdSchema).max(MOST_EVENTS).default([]),
    setErrs: setErrs.prefault({}),
  })
  .refine(({ setErrs }) => Object.keys(setErrs).length <= MOST_EVENTS, {
    path: ['setErrs'],
    message: `at most ${MOST_EVENTS} at once`,
  });
export type Acks = z.infer<typeof acksSchema>;

/** What came of it, by event. */
export const acksAnswerSchema = z.object({
  acknowledged: z.array(eventIdSchema),
  /** Those that are not in the recipient's feed. */
  unknown: z.array(eventIdSchema),
});
export type AcksAnswer = z.infer<typeof acksAnswerSchema>;
