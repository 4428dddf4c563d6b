import { describe, expect, it } from 'vitest';
import { withAlarms } from '#local/bench/load/head-end/alarm-uploads.ts';
import { inPosts, postOf } from '#local/bench/load/head-end/posts.ts';
import {
  backlogUploads,
  burstUploads,
  historyUploads,
  steadyUploads,
  type Upload,
} from '#local/bench/load/head-end/upload.ts';
import type { Hidden } from '#local/bench/load/population/hidden.ts';
import { wearerOf } from '#local/bench/load/population/wearer.ts';

const T0 = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const rota = { wearers: 480, startsAt: T0, endsAt: T0 + 10 * MINUTE };

const byWearer = (uploads: readonly Upload[]) => Map.groupBy(uploads, ({ number }) => number);

describe('the steady stretch', () => {
  it('has every wearer upload each four minutes, four fixes a minute apart', () => {
    const own = byWearer(steadyUploads(rota));
    expect(own.size).toBe(480);
    for (const uploads of own.values()) {
      const fixes = uploads.flatMap(({ fixAts }) => fixAts);
      const steps = fixes.slice(1).map((at, i) => at - (fixes[i] ?? 0));
      expect(new Set(steps)).toEqual(new Set([MINUTE]));
      expect(uploads.every(({ dueAt, fixAts }) => fixAts.at(-1) === dueAt)).toBe(true);
    }
  });

  it('is as dense at its end as at its beginning', () => {
    const uploads = steadyUploads(rota);
    const inMinute = (minute: number) =>
      uploads.filter(({ dueAt }) => Math.floor((dueAt - T0) / MINUTE) === minute).length;
    expect(Array.from({ length: 10 }, (_, minute) => inMinute(minute))).toEqual(
      Array(10).fill(120),
    );
  });
});

describe('the burst', () => {
  it('has everybody upload once within a minute, and repeats no fix', () => {
    const steady = byWearer(steadyUploads(rota));
    const burst = burstUploads(rota);
    expect(burst.length).toBe(480);
    for (const { number, dueAt, fixAts } of burst) {
      expect(dueAt).toBeGreaterThanOrEqual(rota.endsAt);
      expect(dueAt).toBeLessThan(rota.endsAt + MINUTE);
      expect(fixAts[0]).toBeGreaterThan(steady.get(number)?.at(-1)?.dueAt ?? 0);
      expect(fixAts.length).toBe(4);
    }
  });
});

describe('the first uploads', () => {
  it('are as often short as long, and all before the run', () => {
    const uploads = historyUploads(400, T0);
    const lengths = Map.groupBy(uploads, ({ fixAts }) => fixAts.length);
    expect(new Set([...lengths.values()].map((some) => some.length)).size).toBe(1);
    expect(Math.max(...uploads.flatMap(({ fixAts }) => fixAts))).toBeLessThan(T0 - 3 * MINUTE);
  });
});

describe('a device in alarm', () => {
  const hidden: Hidden = { number: 7, kind: 'zone-entry', fromAt: T0 + 5.5 * MINUTE };
  const alarm = { hidden: [hidden], everyMilliseconds: MINUTE, endsAt: rota.endsAt };
  const uploads = withAlarms(steadyUploads(rota), alarm);
  const own = uploads.filter(({ number }) => number === 7);

  it('uploads at once what it has, and each further fix as it is taken', () => {
    const first = own.findIndex(({ dueAt }) => dueAt === hidden.fromAt);
    expect(own[first]?.fixAts.length).toBeGreaterThan(1);
    const next = own.slice(first + 1, first + 4);
    expect(next.map(({ fixAts, dueAt }) => [fixAts.length, dueAt - hidden.fromAt])).toEqual([
      [1, MINUTE],
      [1, 2 * MINUTE],
      [1, 3 * MINUTE],
    ]);
  });

  it('takes its fixes in order and none twice', () => {
    const fixes = own.flatMap(({ fixAts }) => fixAts);
    expect(fixes).toEqual([...new Set(fixes)].sort((a, b) => a - b));
  });

  it('changes nothing for others', () => {
    const others = (some: readonly Upload[]) => some.filter(({ number }) => number !== 7);
    expect(others(uploads)).toEqual(others(steadyUploads(rota)));
  });
});

describe('requests', () => {
  const parts = {
    wearerOf: (number: number) => wearerOf(1, number),
    hiddenOf: () => undefined,
    nextSequence: () => 5,
  };

  it('hold twenty wearers at most, and what is urgent alone', () => {
    const groups = inPosts(steadyUploads(rota), ({ number }) => number === 100);
    expect(groups.flat().length).toBe(steadyUploads(rota).length);
    expect(Math.max(...groups.map((group) => group.length))).toBeLessThanOrEqual(20);
    const urgent = groups.filter((group) => group.some(({ number }) => number === 100));
    expect(urgent.every((group) => group.length === 1)).toBe(true);
  });

  it('hold no more events than the API takes', () => {
    const groups = inPosts(backlogUploads([1, 2, 3], T0), () => false);
    expect(groups.map((group) => group.length)).toEqual([1, 1, 1]);
  });

  it('wait for each other no longer than a second', () => {
    const slow = steadyUploads({ ...rota, wearers: 30 });
    const waits = inPosts(slow, () => false).map(
      (group) => (group.at(-1)?.dueAt ?? 0) - (group[0]?.dueAt ?? 0),
    );
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
  });

  it('say how many fixes of whom they hold, one a line', () => {
    const post = postOf(steadyUploads(rota).slice(0, 20), parts);
    const lines = post?.body.toString().split('\n') ?? [];
    expect(lines.length).toBe(post?.fixes.reduce((sum, count) => sum + count, 0));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'fix', sequence: 5 });
  });
});
