import * as z from 'zod';
import type { Alert, Page } from '../model/alert.ts';
import { alertIdSchema, type PersonId, pageIdSchema, personIdSchema } from '../model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '../model/instant.ts';

/** A page of three days ago is of an alert that has been paged again since, with a newer right. */
export const ANSWER_SECONDS = 72 * 3_600;
/** Whoever comes late still reads how it ended. */
const AFTER_CLOSE_SECONDS = 24 * 3_600;

/**
 * What a page lets its recipient do, by its link or its code: see one alert, take it in hand, and
 * hand it on as it was when the page told of it.
 */
export const pageRightSchema = z.object({
  alertId: alertIdSchema,
  personId: personIdSchema,
  pageId: pageIdSchema,
  /** The epoch of the alert that the page told of. */
  epoch: z.number().int().min(1),
  expiresAt: instantSchema,
});
export type PageRight = Readonly<z.infer<typeof pageRightSchema>>;

/** The right that a page gives to a person; the same for a repeat of the page. */
export const pageRightOf = (
  { alertId, pageId, epoch, createdAt }: Page,
  personId: PersonId,
): PageRight => ({
  ...{ alertId, personId, pageId, epoch },
  expiresAt: secondsAfter(createdAt, ANSWER_SECONDS),
});

/** Whether a right has ended: three days after its page, or a day after the alert's close. */
export const isExpired = (
  { expiresAt }: Pick<PageRight, 'expiresAt'>,
  { closed }: Pick<Alert, 'closed'>,
  now: Instant,
): boolean =>
  now >= expiresAt || (closed !== null && now >= secondsAfter(closed.at, AFTER_CLOSE_SECONDS));
