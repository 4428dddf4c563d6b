import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventFilter } from '#local/cloud/sources/event-filter.ts';

const filter = (...patterns: unknown[]) =>
  createEventFilter(
    { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
    'the mapping',
  );

const row = (image: Record<string, unknown>, eventName = 'INSERT') => ({
  eventName,
  dynamodb: { NewImage: image },
});

describe('given the filter of a stream consumer', () => {
  const violations = filter({
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { NewImage: { entity: { S: ['VIOLATION'] } } },
  });

  it.each([
    ['a new violation', row({ entity: { S: 'VIOLATION' } }), true],
    ['a changed violation', row({ entity: { S: 'VIOLATION' } }, 'MODIFY'), true],
    ['a removed violation', row({ entity: { S: 'VIOLATION' } }, 'REMOVE'), false],
    ['another entity', row({ entity: { S: 'ALERT' } }), false],
    ['an item without an entity', row({}), false],
    ['a record without an image', { eventName: 'INSERT', dynamodb: {} }, false],
  ])('decides on %s', (_, record, passes) => {
    expect(violations(record)).toBe(passes);
  });
});

describe('given filter operators', () => {
  it.each([
    ['prefix', [{ prefix: 'ab' }], 'abc', true],
    ['prefix', [{ prefix: 'ab' }], 'ba', false],
    ['suffix', [{ suffix: 'bc' }], 'abc', true],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'ABC' }], 'abc', true],
    ['exists', [{ exists: true }], 'x', true],
    ['exists', [{ exists: true }], undefined, false],
    ['exists', [{ exists: false }], undefined, true],
    ['anything-but', [{ 'anything-but': ['a', 'b'] }], 'c', true],
    ['anything-but', [{ 'anything-but': ['a', 'b'] }], 'a', false],
    ['anything-but', [{ 'anything-but': 'a' }], undefined, false],
    ['anything-but prefix', [{ 'anything-but': { prefix: 'a' } }], 'abc', false],
    ['numeric', [{ numeric: ['>=', 1, '<', 3] }], 2, true],
    ['numeric', [{ numeric: ['>=', 1, '<', 3] }], 3, false],
    ['numeric', [{ numeric: ['=', 1] }], '1', false],
    ['any of several', ['x', { prefix: 'y' }], 'yes', true],
    ['null', [null], null, true],
    ['an array holding one match', ['b'], ['a', 'b'], true],
  ])('matches %s %j against %j: %s', (_, rules, value, passes) => {
    expect(filter({ value: rules })({ value })).toBe(passes);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
  it('compares no number of an item, which is text in its record', () => {
    const pattern = { dynamodb: { NewImage: { n: { N: [{ numeric: ['>', 1] }] } } } };
    expect(filter(pattern)(row({ n: { N: '5' } }))).toBe(false);
    const exact = { dynamodb: { NewImage: { n: { N: ['5'] } } } };
    expect(filter(exact)(row({ n: { N: '5' } }))).toBe(true);
  });

  it('takes five filters of 4,096 characters at most', () => {
    const five = Array.from({ length: 5 }, () => ({ a: ['1'] }));
    expect(() => filter(...five)).not.toThrow();
    expect(() => filter(...five, { a: ['1'] })).toThrow();
    expect(() => filter({ a: ['x'.repeat(4096)] })).toThrow();
  });

  it('passes what any of several filters lets through', () => {
    const either = filter({ a: ['1'] }, { b: ['2'] });
    expect([either({ a: '1' }), either({ b: '2' }), either({ a: '2', b: '1' })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('understands alternatives within one filter', () => {
    const either = filter({ c: ['3'], $or: [{ a: ['1'] }, { b: ['2'] }] });
    expect([either({ b: '2', c: '3' }), either({ b: '2' })]).toEqual([true, false]);
  });

  it.each([{ wildcard: 'a*' }, { numeric: ['~', 1] }, { 'anything-but': { suffix: 'x' } }])(
    'refuses the unknown operator %j when the mapping is made',
    (rule) => {
      expect(() => filter({ deep: { value: [rule] } })).toThrow();
    },
  );

  it('lets exactly the listed values through', () => {
    const values = fc.uniqueArray(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.string(), (listed, value) => {
        expect(filter({ value: listed.length > 0 ? listed : [''] })({ value })).toBe(
          listed.includes(value),
        );
      }),
    );
  });
});
