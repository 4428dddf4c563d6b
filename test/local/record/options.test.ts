import { describe, expect, it } from 'vitest';
import { readOptions } from '#local/record/options.ts';

const FETCH = ['out.ndjson', '--fetch', '--api', 'https://api.example', '--wearer', 'w-1'];
const WHO = ['--by', 'officer', '--why', 'appeal'];

describe('the command that verifies a record', () => {
  it('takes a file, and what is known of it from elsewhere', () => {
    const args = ['out.ndjson', '--public-key', 'kent.pem', '--chain', 'kent#WEARER#w-1'];
    expect(readOptions(args, undefined)).toEqual({
      ...{ file: 'out.ndjson', publicKey: 'kent.pem', chain: 'kent#WEARER#w-1', fetching: null },
    });
  });

  it('fetches what happened, or who read it, with who asks and why', () => {
    expect(readOptions([...FETCH, ...WHO], 'token')).toEqual({
      ...{ file: 'out.ndjson', publicKey: null, chain: null },
      fetching: {
        ...{ api: 'https://api.example', token: 'token', wearerId: 'w-1', chain: 'record' },
        ...{ by: 'officer', reason: 'appeal' },
      },
    });
    const { fetching } = readOptions([...FETCH, ...WHO, '--readings'], 'token');
    expect(fetching?.chain).toBe('readings');
  });

  it.each([
    ['no file', [], 'token', 'name the file'],
    ['two files', ['a', 'b'], 'token', '"b" is not understood'],
    ['no token', [...FETCH, ...WHO], undefined, 'HOMEWARD_TOKEN is not set'],
    ['no reason', [...FETCH, '--by', 'officer'], 'token', '--why is missing'],
    ['nobody who asks', [...FETCH, '--why', 'appeal'], 'token', '--by is missing'],
    ['an unknown option', ['a', '--fast'], 'token', /--fast/],
  ])('refuses %s, in words', (_, args, token, words) => {
    expect(() => readOptions(args, token)).toThrow(words);
  });
});
