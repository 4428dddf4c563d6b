import { describe, expect, it } from 'vitest';
import { failedItems } from '#local/cloud/sources/partial-response.ts';

const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("given a batch function's response", () => {
  it.each([
    ['nothing', undefined, []],
    ['null', null, []],
    ['no failures', failures(), []],
    ['no list', {}, []],
    ['a null list', { batchItemFailures: null }, []],
    ['one failure', failures('b'), ['b']],
    ['every failure', failures('a', 'b'), ['a', 'b']],
    ['an item that was not sent', failures('z'), 'all'],
    ['an empty identifier', failures(''), 'all'],
    ['a null identifier', failures(null), 'all'],
    ['another key', { batchItemFailures: [{ id: 'a' }] }, 'all'],
    ['a text', 'done', 'all'],
  ])('reads %s', (_, response, expected) => {
    expect(failedItems(response, ['a', 'b'])).toEqual(expected);
  });
});
