import { describe, expect, it } from 'vitest';
import { BASELINES } from '#local/bench/quality/baselines.ts';
import { falsePerMonth, missedShare, score } from '#local/bench/quality/score.ts';
import { seenFixes } from '#local/bench/quality/seen-fix.ts';
import { TOWN } from '#local/bench/quality/world/settings.ts';
import { drawWearer } from '#local/bench/quality/world/wearer.ts';

const stay = (fromMinute: number, toMinute: number) => ({ fromMinute, toMinute });

describe('given alerts and where the wearer truly was', () => {
  const truth = { days: 1, inside: [stay(100, 110), stay(200, 201), stay(300, 320)] };

  it('finds a stay that an alert stands in, and says how long it took', () => {
    const tally = score([stay(103, 112)], truth);
    expect(tally).toMatchObject({ stays: 2, missed: 1, falseAlerts: 0, delays: [3] });
  });

  it('takes an alert for false that opened when nobody was inside', () => {
    const tally = score([stay(50, 60), stay(107, 112), stay(330, 340)], truth);
    expect(tally).toMatchObject({ alerts: 3, falseAlerts: 2 });
    expect(falsePerMonth(tally)).toBeCloseTo(2 * (730 / 24), 9);
  });

  it('counts no stay of less than two minutes, and holds no alert of one against anybody', () => {
    const tally = score([stay(201, 203)], truth);
    expect(tally).toMatchObject({ stays: 2, falseAlerts: 0, missed: 2 });
    expect(missedShare(tally)).toBe(1);
  });
});

describe('given a drawn wearer', () => {
  const wanted = { seed: 'test', settings: TOWN, homes: 'near', days: 1 } as const;

  it('is the same for the same seed, and another for another', () => {
    const fixesOf = (seed: string) => drawWearer({ ...wanted, seed }, 0).fixes.slice(0, 50);
    expect(fixesOf('test')).toEqual(fixesOf('test'));
    expect(fixesOf('test')).not.toEqual(fixesOf('other'));
  });

  it('lives as far from the zone as it says, and sends about a fix a minute', () => {
    const wearer = drawWearer(wanted, 1);
    expect(wearer.homeToZoneMetres).toBeGreaterThan(15);
    expect(wearer.homeToZoneMetres).toBeLessThan(150);
    expect(wearer.fixes.length).toBeGreaterThan(1_200);
    expect(wearer.fixes.length).toBeLessThanOrEqual(1_560);
  });
});

describe('given the published rules', () => {
  const seen = seenFixes(drawWearer({ seed: 'r', settings: TOWN, homes: 'near', days: 2 }, 3));
  const count = (name: string) =>
    BASELINES.find((baseline) => baseline.name.startsWith(name))?.alerts(seen).length ?? Number.NaN;

  it('open no more often the more fixes in a row they ask for', () => {
    const counts = [1, 2, 3, 4, 5].map((n) => count(`${n} in a row`));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(0);
  });
});
