import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionMatcher, arnMatcher, textMatcher } from '#local/iam/wildcard.ts';

/** Texts full of what a regular expression would read otherwise. */
const plain = fc.string({ unit: fc.constantFrom(...'abAB:/.+()[]$^\\{}|-'), maxLength: 12 });

/** A pattern, and a text that it must fit: each star and question mark filled in. */
const fitting = fc
  .array(
    fc.oneof(
      plain.map((text) => ({ pattern: text, text })),
      plain.map((text) => ({ pattern: '*', text })),
      fc.constantFrom(...'abz:/').map((text) => ({ pattern: '?', text })),
    ),
    { maxLength: 6 },
  )
  .map((parts) => ({
    pattern: parts.map(({ pattern }) => pattern).join(''),
    text: parts.map(({ text }) => text).join(''),
  }));

/** The same question without regular expressions: what may follow what. */
const fits = (pattern: string, text: string): boolean => {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === '';
  const after = rest.join('');
  if (first === '*') return fits(after, text) || (text !== '' && fits(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && fits(after, text.slice(1));
};

describe('given a pattern with wildcards', () => {
  it('fits every text that fills its stars and question marks', () => {
    fc.assert(fc.property(fitting, ({ pattern, text }) => textMatcher(pattern)(text)));
  });

  it('fits what fits character by character, and nothing else', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'ab*?'), maxLength: 7 });
    const text = fc.string({ unit: fc.constantFrom(...'ab'), maxLength: 7 });
    fc.assert(
      fc.property(pattern, text, (one, other) => {
        expect(textMatcher(one)(other)).toBe(fits(one, other));
      }),
    );
  });

  it('fits an action whatever its case', () => {
    fc.assert(
      fc.property(fitting, ({ pattern, text }) => actionMatcher(pattern)(text.toUpperCase())),
    );
    expect(actionMatcher('dynamodb:Get*')('DynamoDB:getitem')).toBe(true);
    expect(actionMatcher('dynamodb:Get*')('dynamodb:PutItem')).toBe(false);
  });
});

describe('given a pattern of ARNs', () => {
  it.each([
    ['arn:aws:sns:*:*:*', 'arn:aws:sns:eu-west-2:000000000000:topic', true],
    ['arn:aws:sns:*:*:*', 'phone-number', false],
    ['arn:aws:sqs:*:news', 'arn:aws:sqs:eu-west-2:000000000000:news', false],
    ['arn:aws:logs:r:1:log-group:a:*', 'arn:aws:logs:r:1:log-group:a:log-stream:b', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:dynamodb:r:1:table/Rows', 'arn:aws:dynamodb:r:1:table/rows', false],
    ['arn:aws:dynamodb:r:1:table/Row?', 'arn:aws:dynamodb:r:1:table/Rows', true],
  ])('%s and %s', (pattern, arn, isFit) => {
    expect(arnMatcher(pattern)(arn)).toBe(isFit);
  });
});
