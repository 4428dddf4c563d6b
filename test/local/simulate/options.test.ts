import { describe, expect, it } from 'vitest';
import { HELP, parseOptions } from '#local/simulate/options.ts';

describe('given a command line of the simulation', () => {
  it.each([
    [[], { seed: 1, seeds: 200 }],
    [['--seeds', '10000'], { seed: 1, seeds: 10_000 }],
    [['--seed', '17'], { seed: 17, seeds: 1, faults: null, happenings: null }],
    [['--seed', '17', '--seeds', '3'], { seed: 17, seeds: 3 }],
    [
      ['--faults', 'none', '--happenings', '0,3'],
      { faults: new Set(), happenings: new Set([0, 3]) },
    ],
    [['--faults', 'notify-1/7,a stream/2'], { faults: new Set(['notify-1/7', 'a stream/2']) }],
    [['--guards'], { guards: true, without: null }],
    [['--without', 'outbox-pending'], { without: 'outbox-pending' }],
  ])('reads %j', (args, expected) => {
    expect(parseOptions(args)).toMatchObject(expected);
  });

  it.each([
    ['--seeds', '0'],
    ['--seeds', 'many'],
    ['--seed', '-1'],
    ['--happenings', 'some'],
    ['--nothing'],
  ])('refuses %s %s in plain words', (...args) => {
    expect(() => parseOptions(args)).toThrow(/--/);
  });

  it('names every option in its help', () => {
    const named = [...HELP.matchAll(/--([a-z]+)/g)].map((match) => match[1]);
    expect(new Set(named)).toEqual(
      new Set(['seeds', 'seed', 'trace', 'faults', 'happenings', 'without', 'guards', 'help']),
    );
  });
});
