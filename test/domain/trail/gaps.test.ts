import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { gapsIn, isOutOfSync } from '#domain/trail/gaps.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const later = (seconds: number) => secondsAfter(NOON, seconds);
const cell = { source: 'cell', accuracyMetres: 900 };

describe('gaps of a trail', () => {
  it('lie between fixes that are more than five minutes apart', () => {
    const events = [0, 300, 601, 700].map((seconds) => fix(later(seconds), HOME));
    expect(gapsIn(events, 300)).toEqual([{ fromAt: later(300), toAt: later(601) }]);
  });

  it('are not filled by checks or cell positions', () => {
    const between = [check(later(100), 'present'), fix(later(200), HOME, cell)];
    const events = [fix(NOON, HOME), ...between, fix(later(400), HOME)];
    expect(gapsIn(events, 300)).toEqual([{ fromAt: NOON, toAt: later(400) }]);
  });

  it('are none where there is no fix, or one', () => {
    expect(gapsIn([], 300)).toEqual([]);
    expect(gapsIn([fix(NOON, HOME)], 300)).toEqual([]);
  });
});

describe('a newest position', () => {
  it.each([
    [900, false],
    [901, true],
  ])('%d seconds old is out of sync: %s', (seconds, expected) => {
    expect(isOutOfSync(NOON, later(seconds), 900)).toBe(expected);
  });

  it('that does not exist is, too', () => expect(isOutOfSync(null, NOON, 900)).toBe(true));
});
