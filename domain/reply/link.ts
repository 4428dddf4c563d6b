import * as z from 'zod';
import type { Alert, Page } from '../model/alert.ts';
import { alertIdSchema, type PersonId, pageIdSchema, personIdSchema } from '../model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '../model/instant.ts';

/** A link of three days ago is of an alert that has been paged again since, with a newer link. */
export const ANSWER_SECONDS = 72 * 3_600;
/** Whoever comes late still reads how it ended. */
const AFTER_CLOSE_SECONDS = 24 * 3_600;

/** What the link of a page lets its recipient do: see one alert, and take it in hand. */
export const linkSchema = z.object({
  alertId: alertIdSchema,
  personId: personIdSchema,
  pageId: pageIdSchema,
  /** The epoch of the alert that the page told of. */
  epoch: z.number().int().min(1),
  expiresAt: instantSchema,
});
export type Link = z.infer<typeof linkSchema>;

/** The link of a page to a person; the same for a repeat of the page. */
export const linkOf = (
  { alertId, pageId, epoch, createdAt }: Page,
  personId: PersonId,
): Readonly<Link> => ({
  ...{ alertId, personId, pageId, epoch },
  expiresAt: secondsAfter(createdAt, ANSWER_SECONDS),
});

/** Whether a link opens nothing any more: three days after its page, or a day after the close. */
export const isExpired = (
  { expiresAt }: Pick<Link, 'expiresAt'>,
  { closed }: Pick<Alert, 'closed'>,
  now: Instant,
): boolean =>
  now >= expiresAt || (closed !== null && now >= secondsAfter(closed.at, AFTER_CLOSE_SECONDS));
