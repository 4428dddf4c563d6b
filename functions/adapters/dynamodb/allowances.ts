import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type Amount,
  decideAllowance,
  type Limits,
  type Purse,
  WINDOW_MILLISECONDS,
  withLease,
} from '#domain/ingest/allowance.ts';
import type { Instant } from '#domain/model/instant.ts';
import { errorName } from '../log/log.ts';
import { answerIfHeld } from './errors.ts';
import { number, readNumber, text } from './items.ts';

const MOST_PURSES = 10_000;
/** A counter that answers later than this is as good as down: the events are worth more. */
const LONGEST_MILLISECONDS = 500;

/** The counter of an allowance, and how much a minute has. */
export type Limited = Readonly<{ pk: string; limits: Limits }>;

export type Taken = Readonly<{
  /** 0: the POST may pass. Else come again after so many seconds; nothing was taken. */
  waitSeconds: number;
  /** Why the counter could not be asked; null where it could, or did not need to be. */
  counterFailed: string | null;
}>;

type Lease = Readonly<{ pk: string; windowAt: Instant; asked: Amount }>;

/**
 * One counter a token, link or source, of the current minute. It is set anew by whoever comes first
 * in a minute; one of a minute that is far off, by a clock that was wrong, is set anew as well.
 */
export const allowances = (client: DynamoDBClient, TableName: string) => {
  const purses = new Map<string, Purse>();

  const update = async (
    { pk, windowAt, asked }: Lease,
    UpdateExpression: string,
    ConditionExpression: string,
  ): Promise<Amount | 'another-window'> => {
    const command = new UpdateItemCommand({
      TableName,
      Key: { pk: text(pk) },
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeValues: {
        ':window': number(windowAt),
        ':next': number(windowAt + WINDOW_MILLISECONDS),
        ':requests': number(asked.requests),
        ':events': number(asked.events),
      },
      ReturnValues: 'ALL_NEW',
    });
    const abortSignal = AbortSignal.timeout(LONGEST_MILLISECONDS);
    const answer = await answerIfHeld(client.send(command, { abortSignal }));
    // Record: the counter is of another minute, and the caller goes by that.
    if (answer === null) return 'another-window';
    const { Attributes = {} } = answer;
    const requests = readNumber(Attributes, 'leasedRequests');
    return { requests, events: readNumber(Attributes, 'leasedEvents') };
  };

  const add = (lease: Lease) =>
    update(
      lease,
      'ADD leasedRequests :requests, leasedEvents :events',
      'windowAt BETWEEN :window AND :next',
    );

  const begin = (lease: Lease) =>
    update(
      lease,
      'SET windowAt = :window, leasedRequests = :requests, leasedEvents = :events',
      'attribute_not_exists(pk) OR windowAt < :window OR windowAt > :next',
    );

  /** The minute that this sandbox knows to have been begun, by token. */
  const begun = new Map<string, Instant>();

  /** Adds to the counter, and says how it then stands: one call, two where it knew no better. */
  const lease = async (wanted: Lease): Promise<Amount> => {
    const isBegun = begun.get(wanted.pk) === wanted.windowAt;
    if (begun.size >= MOST_PURSES) begun.clear();
    begun.set(wanted.pk, wanted.windowAt);
    for (const attempt of isBegun ? [add, begin, add] : [begin, add, begin]) {
      const after = await attempt(wanted);
      if (after !== 'another-window') return after;
    }
    throw new Error('the counter of an allowance changed its minute twice');
  };

  const leaseOrTrust = async (wanted: Lease): Promise<{ after: Amount; failed: string | null }> => {
    try {
      return { after: await lease(wanted), failed: null };
    } catch (error) {
      // Record: events are worth more than their count. What was asked is taken as given.
      return { after: wanted.asked, failed: errorName(error) };
    }
  };

  /** Takes a POST's requests and events from an allowance in this minute. */
  return async ({ pk, limits }: Limited, needed: Amount, now: Instant): Promise<Taken> => {
    let counterFailed: string | null = null;
    for (;;) {
      const decided = decideAllowance(purses.get(pk) ?? null, limits, { needed, now });
      if (decided.step === 'wait') return { waitSeconds: decided.seconds, counterFailed };
      if (purses.size >= MOST_PURSES) purses.clear();
      purses.set(pk, decided.purse);
      if (decided.step === 'pass') return { waitSeconds: 0, counterFailed };
      const { asked, purse } = decided;
      const { after, failed } = await leaseOrTrust({ pk, windowAt: purse.windowAt, asked });
      counterFailed ??= failed;
      // Another POST may have taken from the purse meanwhile, or opened the next minute.
      const kept = purses.get(pk);
      if (kept?.windowAt === purse.windowAt) {
        purses.set(pk, withLease(kept, limits, { asked, after }));
      }
    }
  };
};
export type TakeAllowance = ReturnType<typeof allowances>;
