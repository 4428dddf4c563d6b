import * as z from 'zod';
import type { Page } from '../model/alert.ts';
import { digest } from '../model/digest.ts';
import {
  alertIdSchema,
  type PageId,
  type PersonId,
  pageIdSchema,
  personIdSchema,
} from '../model/ids.ts';
import { instantSchema, secondsAfter } from '../model/instant.ts';
import { ANSWER_SECONDS } from './link.ts';

/** Neither 0 and 1 nor I, L and O: nobody has to guess which of two is meant. */
const DIGITS = '23456789';
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ';
const PAIRS = DIGITS.length * LETTERS.length;
/** Odd, and no multiple of 23: every step leads on to another code until all have been tried. */
const STRIDE = 57;

/** What a reply's code stands for: which page somebody answers, and what they had been told. */
export const replyCodeSchema = z.object({
  alertId: alertIdSchema,
  personId: personIdSchema,
  pageId: pageIdSchema,
  /** The epoch of the alert that they know of. */
  epoch: z.number().int().min(1),
  expiresAt: instantSchema,
});
export type ReplyCode = z.infer<typeof replyCodeSchema>;

/** What the code of a page to a person stands for. */
export const replyCodeOf = (page: Page, personId: PersonId): ReplyCode => ({
  ...{ alertId: page.alertId, personId, pageId: page.pageId, epoch: page.epoch },
  expiresAt: secondsAfter(page.createdAt, ANSWER_SECONDS),
});

/**
 * Every code that there is, in the order in which a page tries them: the first that its phone has
 * free. The same page begins with the same one.
 */
export const codesFor = (pageId: PageId): readonly string[] => {
  const first = Number.parseInt(digest(pageId).slice(0, 7), 36) % PAIRS;
  return Array.from({ length: PAIRS }, (_, nth) => {
    const pair = (first + nth * STRIDE) % PAIRS;
    const digit = DIGITS.charAt(Math.floor(pair / LETTERS.length));
    return `${digit}${LETTERS.charAt(pair % LETTERS.length)}`;
  });
};

const CODE = /^[2-9][A-HJKMNP-Z]$/;

/** Whether a word could be a code. */
export const isCode = (word: string): boolean => CODE.test(word);
