import { describe, expect, it } from 'vitest';
import { parseLoadOptions } from '#local/bench/load/options.ts';
import { aimLine, isSustained } from '#local/bench/load/report/aims.ts';
import { unitsByFunction, unitsOnTheWay } from '#local/bench/load/report/units.ts';
import type { UsageEntry } from '#local/meter/usage.ts';

describe('a stretch', () => {
  const steady = Array.from({ length: 100 }, (_, i) => 5 + (i % 7));

  it('is sustained while its queue stays as it was', () => {
    expect(isSustained(steady, 111)).toBe(true);
  });

  it('is not once its queue grows by more than a second brings', () => {
    expect(
      isSustained(
        steady.map((depth, i) => depth + 3 * i),
        111,
      ),
    ).toBe(false);
  });

  it('is not where the queue held more than ten seconds bring, though it recovered', () => {
    expect(isSustained([...steady, 2_000, ...steady], 111)).toBe(false);
  });
});

describe('an aim', () => {
  it('says what was measured and whether that will do', () => {
    const aim = { name: 'Receipt to page, p99', most: 2, unit: 's' };
    expect(aimLine({ ...aim, measured: 0.3481 })).toMatch(/0\.348 s of at most 2: met$/);
    expect(aimLine({ ...aim, measured: 2.1 })).toMatch(/2\.1 s of at most 2: NOT MET$/);
  });

  it('is not met by what could not be measured', () => {
    const aim = { name: 'Receipt to page, p99', most: 2, unit: 's', measured: Number.NaN };
    expect(aimLine(aim)).toMatch(/NOT MET$/);
  });
});

describe('what a message takes', () => {
  const entry = (row: UsageEntry['row'], by: string, amount: number): UsageEntry => ({
    ...{ row, by, amount },
    what: 'x',
    on: 'y',
  });
  const usage = {
    spanSeconds: 60,
    standing: [],
    entries: [
      entry('sdk.call', 'ingest', 30),
      entry('sdk.call', 'evaluate', 90),
      entry('sdk.call', 'notify', 10),
      entry('sdk.call', 'operator', 60),
      entry('dynamodb.read-unit', 'evaluate', 100),
      entry('dynamodb.write-unit', 'evaluate', 110),
    ],
  };

  it('is told by function, without what the bench itself asked', () => {
    const units = unitsByFunction(usage, 100);
    expect(units.map(({ by }) => by)).toEqual(['evaluate', 'ingest', 'notify']);
    expect(units[0]).toEqual({
      ...{ by: 'evaluate', calls: 0.9, readUnits: 1, writeUnits: 1.1 },
      operations: { x: 0.9 },
    });
  });

  it('is summed over the functions that every message passes', () => {
    const { calls, readUnits, writeUnits } = unitsOnTheWay(unitsByFunction(usage, 100));
    expect(calls).toBeCloseTo(1.2);
    expect([readUnits, writeUnits]).toEqual([1, 1.1]);
  });
});

describe('the options', () => {
  it('are England and Wales for ten minutes unless told', () => {
    expect(parseLoadOptions([])).toMatchObject({
      ...{ wearers: 26_647, minutes: 10, hidden: 120, burst: true, backlogWearers: 2_665 },
      json: null,
    });
  });

  it('hide fewer violations in a smaller run', () => {
    const options = parseLoadOptions(['--wearers', '500', '--minutes', '1', '--skip-backlog']);
    expect(options).toMatchObject({ wearers: 500, hidden: 10, backlogWearers: 0 });
    expect(parseLoadOptions(['--scale', '0.1']).wearers).toBe(2_665);
  });

  it.each([[['--minutes', '0']], [['--hidden', '500']], [['--wearers', 'many']], [['--fast']]])(
    'refuse %s in words',
    (args) => {
      expect(() => parseLoadOptions(args)).toThrow(/\w+/);
    },
  );
});
