import * as z from 'zod';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import { MalformedItem } from '../adapters/dynamodb/items.ts';

/** Why a wearer cannot be evaluated, whatever the number of tries. */
export type UnevaluableReason = 'state-unreadable' | 'orders-unreadable' | 'fold-failed';

/** Park: this wearer's events are kept until somebody has mended what is wrong. */
export class Unevaluable extends Error {
  readonly reason: UnevaluableReason;

  constructor(reason: UnevaluableReason, cause: unknown) {
    super(`the wearer cannot be evaluated: ${reason}`, { cause });
    this.name = 'Unevaluable';
    this.reason = reason;
  }
}

/**
 * What is wrong with what is stored, and not with the way to it: stored JSON that is none is a
 * MalformedItem, a SyntaxError is the answer of some gateway.
 */
const isOfTheData = (error: unknown): boolean =>
  error instanceof MalformedItem ||
  error instanceof MissingDocument ||
  error instanceof z.ZodError ||
  error instanceof RangeError;

/** Reads something stored; what is stored wrongly parks the wearer, all else is tried again. */
export const orUnevaluable = async <T>(
  reason: UnevaluableReason,
  read: () => Promise<T>,
): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    // Park: or retry, where it was the database that failed.
    throw isOfTheData(error) ? new Unevaluable(reason, error) : error;
  }
};

/** Folds, which is pure: whatever it throws it would throw again. */
export const foldedOrUnevaluable = <T>(fold: () => T): T => {
  try {
    return fold();
  } catch (error) {
    // Park: the same events would end here each time.
    throw new Unevaluable('fold-failed', error);
  }
};
