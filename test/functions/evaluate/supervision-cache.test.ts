import { describe, expect, it } from 'vitest';
import { type Timeline, timelineFrom } from '#domain/evaluate/timeline.ts';
import { instant } from '#domain/model/instant.ts';
import { supervisionCache } from '#functions/evaluate/supervision-cache.ts';
import { superviseWith, WEARER } from '#test/support/supervisions.ts';

const old: Timeline = timelineFrom({ ...superviseWith(), key: 'old' });
const now: Timeline = timelineFrom({ ...superviseWith(), key: 'now' });

/** A store whose zones and timetables a warm function remembers as they were. */
const cacheOver = (remembered: Timeline, fresh: Timeline) => {
  const asked: string[] = [];
  const cache = supervisionCache(async (_, { freshness = 'fresh' }) => {
    asked.push(freshness);
    return freshness === 'fresh' ? fresh : remembered;
  });
  const ask = async (key: string | null, mustLoad = false) =>
    (await cache(WEARER, { key, mustLoad, sinceAt: instant(0) })).key;
  return { ask, asked };
};

describe('the supervision that a state rests on', () => {
  it('is loaded once, with the zones and timetables that are remembered', async () => {
    const { ask, asked } = cacheOver(old, old);
    expect([await ask('old'), await ask('old')]).toEqual(['old', 'old']);
    expect(asked).toEqual(['remembered']);
  });

  it('is loaded afresh where what is remembered makes another', async () => {
    const { ask, asked } = cacheOver(old, now);
    expect(await ask('now')).toBe('now');
    expect(asked).toEqual(['remembered', 'fresh']);
  });

  it('is loaded afresh where there is no state yet, and after each change announced', async () => {
    const { ask, asked } = cacheOver(old, now);
    expect([await ask(null), await ask('now'), await ask('now', true)]).toEqual([
      'now',
      'now',
      'now',
    ]);
    expect(asked).toEqual(['fresh', 'fresh']);
  });
});
