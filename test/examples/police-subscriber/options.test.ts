import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../examples/police-subscriber/options.ts';

const ASKED = ['--api', 'http://127.0.0.1:8787', '--liaison', 'metropolitan'];
const read = (...more: readonly string[]) =>
  readOptions([...ASKED, ...more], { HOMEWARD_TOKEN: 'a-token' });

describe('the command line of the subscriber', () => {
  it('reads what is real unless told, and each feed into a journal of its own', () => {
    expect(read()).toMatchObject({
      ...{ feed: { traffic: 'actual' }, journal: 'police-subscriber.jsonl' },
    });
    expect(read('--traffic', 'exercise')).toMatchObject({
      ...{ feed: { traffic: 'exercise' }, journal: 'police-subscriber.exercise.jsonl' },
    });
    expect(read('--traffic', 'exercise', '--journal', 'mine')).toMatchObject({ journal: 'mine' });
  });

  it.each([
    [['--traffic', 'Test'], 'actual or exercise'],
    [['--every', '0'], 'a whole number above 0'],
    [['--sns-port', '9000'], 'give --topic with --sns-port'],
  ])('says of %o what is wrong', (args, what) => {
    expect(() => read(...args)).toThrow(what);
  });
});
