import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDays } from '#local/bench/quality/read-days.ts';
import { runWorld } from '#local/bench/quality/run-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'days-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A wearer who walks 400 m east at noon, into a zone, stays and comes back. */
const LINE = {
  name: 'one',
  zone: { type: 'Circle', centre: { lat: 51.5, lon: -0.1 + 400 / 69_450 }, radiusMetres: 100 },
  place: { lat: 51.5, lon: -0.1 },
  days: 1,
  fixes: Array.from({ length: 60 }, (_, i) => ({
    minute: 720 + i,
    lat: 51.5,
    lon: -0.1 + (i < 20 || i >= 40 ? 0 : 400 / 69_450) + (i % 3) * 2e-5,
    accuracyMetres: 6,
  })),
  inside: [{ fromMinute: 739.5, toMinute: 759.5 }],
};

const written = (name: string, lines: readonly unknown[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
};

describe('given days of another world in a file', () => {
  it('runs every rule over them', () => {
    const { ours, baselines } = runWorld(readDays(written('good.ndjson', [LINE])));
    for (const { tally } of ours) {
      expect(tally).toMatchObject({ stays: 1, missed: 0, falseAlerts: 0, alerts: 1 });
    }
    expect(baselines.length).toBeGreaterThan(10);
  });

  it('refuses a line that is none, and says which', () => {
    const file = written('bad.ndjson', [LINE, { ...LINE, place: null }]);
    expect(() => readDays(file)).toThrow(/line 2/);
  });
});
