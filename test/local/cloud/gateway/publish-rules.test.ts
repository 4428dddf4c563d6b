import { describe, expect, it } from 'vitest';
import { publishProblem } from '#local/cloud/gateway/publish-rules.ts';

const attributes = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'x']));

describe('given a message for a topic', () => {
  it.each([
    ['ten attributes', {}, attributes(10), true],
    ['eleven attributes without a raw subscriber', {}, attributes(11), false],
    ['a subject of a hundred characters', { Subject: 'x'.repeat(100) }, {}, false],
  ])('lets %s pass', (_, form, given, isRaw) => {
    expect(publishProblem(form, given, isRaw)).toBeUndefined();
  });

  it.each([
    ['eleven attributes for a raw subscriber', {}, attributes(11), /11 attributes/],
    ['an empty attribute', {}, { force: '' }, /'force' has an empty value/],
    ['a long subject', { Subject: 'x'.repeat(101) }, {}, /Subject/],
    ['a subject of two lines', { Subject: 'a\nb' }, {}, /Subject/],
  ])('refuses %s', (_, form, given, problem) => {
    expect(publishProblem(form, given, true)).toMatch(problem);
  });
});
