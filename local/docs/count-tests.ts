import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleName } from '#domain/model/rule-name.ts';

const TESTS = join(import.meta.dirname, '../../test/domain/evaluate/rules');

/** The files in which a rule's tests stand, and how many of them there are. */
export type TestCount = Readonly<{
  /** In `test/domain/evaluate/rules`. */
  files: readonly string[];
  /** A table of cases, or a property over many runs, is one test. */
  tests: number;
  /** How many of them hold for whatever fast-check draws. */
  properties: number;
}>;

const matches = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** The tests of a rule: those of the file that bears its name, and of files named after both. */
export const countTests = (rule: RuleName): TestCount => {
  const files = readdirSync(TESTS)
    .filter((name) => name === `${rule}.test.ts` || name.startsWith(`${rule}.`))
    .sort();
  const texts = files.map((name) => readFileSync(join(TESTS, name), 'utf8'));
  const all = texts.join('\n');
  return {
    files,
    tests: matches(all, /^\s*it(\.each)?\(/gm),
    properties: matches(all, /\bfc\.assert\(|\bexpectTold\(/g),
  };
};
