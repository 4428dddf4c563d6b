import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { PersonRecipient } from '#domain/model/recipient.ts';
import type { Clock } from '../clock/system-clock.ts';
import type { ReplyCodes } from '../dynamodb/reply-codes.ts';

export type TakeCodeDeps = Readonly<{
  codes: Pick<ReplyCodes, 'takeFor'>;
  /** The number that people can text to; undefined where the agency has none. */
  textReplyNumber: string | undefined;
  now: Clock;
}>;

/**
 * The code by which a text page is answered; null where nobody can reply, or nothing is to be
 * answered.
 */
export const takeCode =
  ({ codes, textReplyNumber, now }: TakeCodeDeps) =>
  async (
    agencyId: AgencyId,
    page: Page,
    to: Extract<PersonRecipient, { channel: 'sms' }>,
  ): Promise<string | null> => {
    const isAnswered = page.purpose === 'alert' || page.purpose === 'review';
    if (textReplyNumber === undefined || !isAnswered) return null;
    return codes.takeFor(agencyId, { page, to, now: now() });
  };
export type TakeCode = ReturnType<typeof takeCode>;
