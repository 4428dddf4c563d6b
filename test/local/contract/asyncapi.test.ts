import { describe, expect, it } from 'vitest';
import { asyncApiProblems } from '#local/contract/asyncapi-check.ts';
import { contractFiles } from '#local/contract/contract-files.ts';

const current = contractFiles();

describe('the contract', () => {
  it('is a valid AsyncAPI document, and leads nowhere else', async () => {
    expect(await asyncApiProblems(current.get('asyncapi.json') ?? '')).toEqual([]);
  });

  it.each([
    ['no document', '{}'],
    [
      'an operation at no channel',
      '{"asyncapi":"3.0.0","info":{"title":"a","version":"1"},"operations":{"a":{"action":"send","channel":{"$ref":"#/channels/none"}}}}',
    ],
    [
      'a reference to elsewhere',
      '{"asyncapi":"3.0.0","channels":{"$ref":"https://feeds.example/a"}}',
    ],
  ])('would not pass with %s', async (_, text) => {
    expect(await asyncApiProblems(text)).not.toEqual([]);
  });
});
