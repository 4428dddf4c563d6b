import { describe, expect, it } from 'vitest';
import { HOPS, PAGE_PATH, printModelledTransit, transitOf } from '#local/meter/aws-latency.ts';

describe("given AWS's published hops", () => {
  it('adds them up along the path of a page', () => {
    expect(transitOf(PAGE_PATH)).toEqual({ p50: 442, p90: 716, p99: 1209 });
  });

  it('has percentiles in their order', () => {
    for (const { p50, p90, p99 } of Object.values(HOPS)) {
      expect([p50, p90, p99]).toEqual([p50, p90, p99].toSorted((a, b) => a - b));
    }
  });

  it('says that it is a model', () => {
    const lines: string[] = [];
    printModelledTransit((line) => lines.push(line));
    expect(lines.join('\n')).toMatch(/modelled, not measured.*\n.*p50 about 442 ms/);
  });
});
