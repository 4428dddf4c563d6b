import { describe, expect, it } from 'vitest';
import { parseOptions } from '#local/start/options.ts';

describe('given a command line', () => {
  it('replays and stays up unless told otherwise', () => {
    expect(parseOptions([])).toEqual({ once: false, help: false });
    expect(parseOptions(['--once'])).toEqual({ once: true, help: false });
    expect(parseOptions(['-h'])).toEqual({ once: false, help: true });
  });

  it.each([['--twice'], ['--once=yes'], ['demo']])('refuses %s and says what there is', (arg) => {
    expect(() => parseOptions([arg])).toThrow('There are --once and --help.');
  });
});
