import type { Syntax } from './syntax.ts';

/** Something in a file that a rule of the house forbids. */
export type Problem = Readonly<{ path: string; line: number; what: string }>;

/** A rule that looks at one TypeScript file at a time. */
export type Check = (syntax: Syntax) => Problem[];

export const problemAt = ({ source }: Syntax, line: number, what: string): Problem => ({
  path: source.path,
  line,
  what: what.replace(/\s+/g, ' ').slice(0, 80),
});

/** The first folder of a path, and the second. */
export const foldersOf = (path: string): readonly [string, string] => {
  const [top = '', next = ''] = path.split('/');
  return [top, next];
};

export const isTest = (path: string): boolean => path.startsWith('test/');
