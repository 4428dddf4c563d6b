import { describe, expect, it } from 'vitest';
import { readOptions } from '#local/record/options.ts';

const FETCH = ['out.ndjson', '--fetch', '--api', 'https://api.example', '--wearer', 'w-1'];
const NOTHING_NOTED = { keyId: null, end: null, at: null };
const WHO = ['--by', 'officer', '--why', 'appeal'];

describe('the command that verifies a record', () => {
  it('takes a file, and what is known of it from elsewhere', () => {
    const args = ['out.ndjson', '--public-key', 'kent.pem', '--chain', 'kent#WEARER#w-1'];
    expect(readOptions(args, undefined)).toEqual({
      ...{ file: 'out.ndjson', publicKey: 'kent.pem', chain: 'kent#WEARER#w-1', fetching: null },
      ...NOTHING_NOTED,
    });
  });

  it('fetches what happened, or who read it, with who asks and why', () => {
    expect(readOptions([...FETCH, ...WHO], 'token')).toEqual({
      ...{ file: 'out.ndjson', publicKey: null, chain: null },
      ...NOTHING_NOTED,
      fetching: {
        ...{ api: 'https://api.example', token: 'token', wearerId: 'w-1', chain: 'record' },
        ...{ by: 'officer', reason: 'appeal' },
      },
    });
    const { fetching } = readOptions([...FETCH, ...WHO, '--readings'], 'token');
    expect(fetching?.chain).toBe('readings');
    expect(readOptions([...FETCH, ...WHO, '--imports'], 'token').fetching?.chain).toBe('imports');
  });

  it('fetches the record with its documents, or a chain of the agency', () => {
    const { fetching } = readOptions([...FETCH, ...WHO, '--documents'], 'token');
    expect(fetching).toMatchObject({ chain: 'record', withDocuments: true });
    const args = ['zone.ndjson', '--fetch', '--api', 'https://a.example', '--chain', 'kent#ZONE#z'];
    expect(readOptions([...args, ...WHO], 'token')).toMatchObject({
      ...{ chain: 'kent#ZONE#z', fetching: { wearerId: null, chain: 'kent#ZONE#z' } },
    });
  });

  it('takes a fingerprint as it is printed, an end that was noted, and an instant', () => {
    const args = ['a', '--key', `${'AB:'.repeat(31)}AB`, '--end', `6:${'0'.repeat(64)}`];
    expect(readOptions([...args, '--at', '2026-10-24T20:05:00Z'], undefined)).toMatchObject({
      ...{ keyId: 'ab'.repeat(32), end: { position: 6, hash: '0'.repeat(64) } },
      at: Date.parse('2026-10-24T20:05:00Z'),
    });
  });

  it.each([
    ['no file', [], 'token', 'name the file'],
    ['two files', ['a', 'b'], 'token', '"b" is not understood'],
    ['no token', [...FETCH, ...WHO], undefined, 'HOMEWARD_TOKEN is not set'],
    ['no reason', [...FETCH, '--by', 'officer'], 'token', '--why is missing'],
    ['nobody who asks', [...FETCH, '--why', 'appeal'], 'token', '--by is missing'],
    ['a fingerprint that is none', ['a', '--key', 'kent'], undefined, '64 hexadecimal digits'],
    ['two keys', ['a', '--key', 'k', '--public-key', 'f'], undefined, 'not both'],
    ['an end that is none', ['a', '--end', '6'], undefined, '--end is a position'],
    ['an instant that is none', ['a', '--at', 'noon'], undefined, '--at is no instant'],
    ['two chains at once', [...FETCH, ...WHO, '--readings', '--imports'], 'token', 'two files'],
    ['documents of readings', [...FETCH, ...WHO, '--readings', '--documents'], 'token', 'no place'],
    ['no chain', ['a', '--fetch', '--api', 'x', ...WHO], 'token', '--wearer or --chain'],
    ['an unknown option', ['a', '--fast'], 'token', /--fast/],
  ])('refuses %s, in words', (_, args, token, words) => {
    expect(() => readOptions(args, token)).toThrow(words);
  });
});
