import { describe, expect, it } from 'vitest';
import { readOptions } from '#local/history/options.ts';

const SHARED = ['--api', 'https://api.example', '--wearer', 'w-1', '--by', 'officer'];
const OUT = ['--to-whom', 'Next Vendor Ltd', '--why', 'change of vendor', '--out', 'history'];

describe('the command that moves a history', () => {
  it('exports into a folder, with whom it is for and why', () => {
    expect(readOptions(['export', ...SHARED, ...OUT], 'token')).toEqual({
      ...{ does: 'export', api: 'https://api.example', wearerId: 'w-1', by: 'officer' },
      ...{ token: 'token', directory: 'history', recipient: 'Next Vendor Ltd' },
      ...{ reason: 'change of vendor', from: undefined, to: undefined },
    });
  });

  it('imports a folder under an id', () => {
    const args = ['import', ...SHARED, '--as', 'vendor-a', '--in', 'history'];
    expect(readOptions(args, 'token')).toMatchObject({ does: 'import', importId: 'vendor-a' });
  });

  it.each([
    ['nothing to do', SHARED, 'token', 'say export or import'],
    ['something else to do', ['burn', ...SHARED], 'token', 'say export or import'],
    ['no token', ['export', ...SHARED, ...OUT], undefined, 'HOMEWARD_TOKEN is not set'],
    ['no folder', ['export', ...SHARED, ...OUT.slice(0, 4)], 'token', '--out is missing'],
    [
      'no reason',
      ['export', ...SHARED, ...OUT.slice(0, 2), '--out', 'x'],
      'token',
      '--why is missing',
    ],
    ['no id', ['import', ...SHARED, '--in', 'history'], 'token', '--as is missing'],
    ['a word too many', ['export', 'w-1', ...SHARED, ...OUT], 'token', '"w-1" is not understood'],
    ['an unknown option', ['export', '--fast', ...SHARED], 'token', /--fast/],
  ])('refuses %s, in words', (_, args, token, words) => {
    expect(() => readOptions(args, token)).toThrow(words);
  });
});
