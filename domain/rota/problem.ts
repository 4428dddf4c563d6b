import { toIso } from '../model/instant.ts';
import type { Stretch } from './stretch.ts';

/** What is wrong with a rota, where in it, and what to do. */
export type RotaProblem = Readonly<{
  code:
    | 'unknown-time-zone'
    | 'ambiguous-time'
    | 'missing-time'
    | 'wrong-offset'
    | 'duplicate'
    | 'overlapping'
    | 'zero-length'
    | 'never-active'
    | 'two-places'
    | 'outside'
    | 'in-the-past'
    | 'too-long'
    | 'not-on-call'
    | 'gap';
  path: string;
  message: string;
}>;

/** A stretch in words, by UTC: who reads it may live in another zone than the rota. */
export const inWords = ({ startAt, endAt }: Stretch): string =>
  `from ${toIso(startAt)} to ${toIso(endAt)}`;
