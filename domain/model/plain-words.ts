import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const THINGS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'must be an instant with an offset, as 2026-11-21T19:05:00Z',
  date: 'must be a date, as 2026-11-21',
  email: 'must be an e-mail address, as duty@agency.example',
};

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;

/** A number has a size of its own; a text is so long, a list so full. */
const sized = (origin: string, words: string): string => {
  if (origin === 'string') return `must have ${words} characters`;
  return origin === 'array' ? `must have ${words} entries` : `must be ${words}`;
};

/** What is wrong with a field, in words for whoever put it; undefined: the library's own. */
export const plainWords = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${THINGS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    case 'too_small':
      if (issue.minimum === 1 && issue.origin !== 'number') return 'must not be empty';
      return sized(issue.origin, `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`);
    case 'too_big':
      return sized(issue.origin, `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`);
    case 'unrecognized_keys':
      return `knows no ${issue.keys.join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format];
    default:
      return undefined;
  }
};
