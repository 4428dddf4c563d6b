import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { stay } from '#local/worlds/track/stay.ts';
import { START, traceAt } from './traces.ts';

describe('given a stay of five minutes with a recording of three fixes', () => {
  const still = traceAt(0, 1, 2);
  const fixes = stay({ still, from: START, until: secondsAfter(START, 300), everySeconds: 60 });

  it('has a fix each minute from its first instant, and none at its end', () => {
    expect(fixes.map(({ recordedAt }) => (recordedAt - START) / 1000)).toEqual([
      0, 60, 120, 180, 240,
    ]);
  });

  it('takes the fixes of the recording one after another, and from the start again', () => {
    const [a, b, c] = still.map(({ lat }) => lat);
    expect(fixes.map(({ lat }) => lat)).toEqual([a, b, c, a, b]);
  });
});

describe('given a recording without a fix', () => {
  it('makes no stay', () => {
    const until = secondsAfter(START, 60);
    expect(() => stay({ still: [], from: START, until, everySeconds: 60 })).toThrow('at least one');
  });
});
