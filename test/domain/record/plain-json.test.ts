import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainJson } from '#domain/record/plain-json.ts';

describe('given a line of an export', () => {
  it.each([
    ['names in any order', '{"b":1,"a":[true,null,"x"]}'],
    ['names that JavaScript puts in an order of its own', '{"b":1,"10":2,"9":"\\u0001\\""}'],
  ])('is read with %s', (_, line) => {
    expect(plainJson(line)).toEqual(JSON.parse(line));
  });

  it.each([
    ['a name twice', '{"a":1,"a":1}'],
    ['a space', '{"b":1, "1":2}'],
    ['a letter spelled out', '{"b":"\\u0041","1":2}'],
    ['a number in another form', '{"b":1e2,"1":2}'],
    [
      'two numbers whose letters make up for what each has too many',
      '{"p":18014398509482014,"q":18014398509481986}',
    ],
    ['half a character', '{"b":"\\ud800","1":2}'],
  ])('is refused with %s', (_, line) => {
    expect(plainJson(line)).toBeUndefined();
  });

  it('is read as whoever wrote it by ECMAScript meant it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const line = JSON.stringify(value);
        fc.pre(line.isWellFormed() && !line.includes('__proto__') && !/\\ud[89a-f]/.test(line));
        expect(plainJson(line)).toEqual(JSON.parse(line));
      }),
    );
  });
});
