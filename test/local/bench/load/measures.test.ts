import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { countKept, spreadNumbers } from '#local/bench/load/measures/kept-fixes.ts';
import { judgePages, pagesOf, pageTimes } from '#local/bench/load/measures/pages.ts';
import { threadSeconds, useOf } from '#local/bench/load/measures/processes.ts';
import { spreadOf } from '#local/bench/load/measures/quantile.ts';
import { safeShare } from '#local/bench/load/measures/safe-share.ts';
import type { Hidden } from '#local/bench/load/population/hidden.ts';
import type { OutboxEntry } from '#local/cloud/outbox/outbox.ts';

const hidden = (number: number, kind: Hidden['kind'] = 'zone-entry'): Hidden => ({
  ...{ number, kind },
  fromAt: 0,
});

describe('a spread', () => {
  it('is of the values themselves, the worst included', () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(spreadOf(values)).toEqual({ count: 200, p50: 100, p99: 198, worst: 200 });
  });

  it('of nothing is no number', () => {
    expect(spreadOf([]).p99).toBeNaN();
  });
});

describe('pages', () => {
  const page = (number: number) => ({ number, acceptedAt: 1_000 });

  it('are read from text messages, by the wearer that they name', () => {
    const accepted: OutboxEntry[] = [];
    const text = 'Wearer 42 (w-00042) inside exclusion zone';
    const entry = { attributes: {}, messageId: 'm', to: '+447700900001', text };
    const sent = { ...entry, acceptedAt: instant(4), acceptedRealAt: 5, sequence: 1 };
    accepted.push({ ...sent, channel: 'sms' }, { ...sent, channel: 'email' });
    expect(pagesOf(accepted)).toEqual([{ number: 42, acceptedAt: 5 }]);
  });

  it('are sound where each of what was hidden is paged once, and nothing else', () => {
    const verdict = judgePages([hidden(1), hidden(2)], [page(2), page(1)]);
    expect(verdict).toEqual({ expected: 2, paged: 2, lost: [], doubled: [], uncalledFor: [] });
  });

  it('are told when lost, doubled, or without cause', () => {
    const verdict = judgePages([hidden(1), hidden(2)], [page(2), page(2), page(9)]);
    expect(verdict).toMatchObject({ paged: 1, lost: [1], doubled: [2], uncalledFor: [9] });
  });

  it('take as long as from the sending of the request that decided', () => {
    const sends = [100, 160, 900].map((sentAt) => ({ number: 1, sentAt }));
    const detectedAt = new Map([[1, 165]]);
    const parts = { hidden: [hidden(1)], pages: [page(1)], detectedAt, sends };
    expect(pageTimes(parts)).toEqual([{ kind: 'zone-entry', milliseconds: 840 }]);
  });

  it('take as long as from the due instant where the clock decides', () => {
    const sends = [{ number: 1, sentAt: 100 }];
    const detectedAt = new Map([[1, 400]]);
    const parts = { hidden: [hidden(1, 'curfew-grace')], pages: [page(1)], detectedAt, sends };
    expect(pageTimes(parts)).toEqual([{ kind: 'curfew-grace', milliseconds: 600 }]);
  });
});

describe('fixes that are read back', () => {
  it('are counted against what was taken', async () => {
    const get = async (path: string) => ({
      events: Array(path.includes('w-1') ? 3 : 1).fill({ recordedAt: '2026-01-01T00:00:00Z' }),
    });
    const nothing = async () => ({});
    const api = { get, put: nothing, post: nothing };
    const wearerIdOf = (number: number) => `w-${number}`;
    const kept = await countKept({ api, numbers: [0, 1], wearerIdOf, taken: [2, 3, 4] });
    expect(kept).toEqual({ wearers: 2, expected: 5, found: 4 });
  });

  it('are of wearers evenly spread, and of those that are named, each once', () => {
    expect(spreadNumbers(10, 5, [4, 7])).toEqual([0, 2, 4, 6, 8, 7]);
    expect(spreadNumbers(3, 9, [])).toEqual([0, 1, 2]);
  });
});

describe('the share of the safe region', () => {
  it('is of metrics from an instant on', () => {
    const line = (Timestamp: number, fixesFolded: number, fixesInSafeRegion: number) =>
      JSON.stringify({ _aws: { Timestamp }, fixesFolded, fixesInSafeRegion });
    const lines = [line(10, 100, 0), 'no metric', line(20, 40, 30)];
    expect(safeShare(lines, 15)).toEqual({ folded: 40, safe: 30 });
  });
});

describe.runIf(process.platform === 'linux')('what a process uses', () => {
  it('is its memory and the CPU of all its threads', () => {
    const spin = performance.now() + 60;
    while (performance.now() < spin);
    const { cpuSeconds, memoryBytes } = useOf(process.pid);
    expect(memoryBytes).toBeGreaterThan(10_000_000);
    const threads = [...threadSeconds(process.pid).values()].reduce((sum, one) => sum + one, 0);
    expect(cpuSeconds).toBeGreaterThan(0.05);
    expect(threads).toBeGreaterThan(0.03);
  });

  it('is nothing once it has ended', () => {
    expect(useOf(2 ** 30)).toEqual({ cpuSeconds: 0, memoryBytes: 0 });
  });
});
