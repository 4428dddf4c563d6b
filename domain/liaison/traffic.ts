import * as z from 'zod';
import type { Page } from '../model/alert.ts';
import type { Traffic } from './event.ts';

/** What a stack is for: real people, or practice alone. */
export type StackTraffic = 'actual' | 'exercise';

/**
 * Whether what is told of an alert is real. A test alert is a test and an exercise wearer's an
 * exercise in every stack; a stack for practice has nothing real to tell.
 */
export const trafficOf = (
  { isTest, facts }: Pick<Page, 'isTest' | 'facts'>,
  stack: StackTraffic,
): Traffic => {
  if (isTest) return 'Test';
  return stack === 'exercise' || facts.isExercise === true ? 'Exercise' : 'Actual';
};

/** What is real goes one way out, and exercises and tests another. */
export const doorSchema = z.enum(['actual', 'exercise']);
export type Door = z.infer<typeof doorSchema>;

/** Where it goes out: what is not real never where control rooms take everything for real. */
export const doorFor = (status: Traffic): Door => (status === 'Actual' ? 'actual' : 'exercise');
