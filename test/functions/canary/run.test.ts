import { describe, expect, it } from 'vitest';
import type { Canary } from '#domain/audit/canary.ts';
import type { Look } from '#domain/audit/vigil.ts';
import { openAlert } from '#domain/escalate/open-alert.ts';
import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type CanaryDeps, run } from '#functions/canary/run.ts';
import { opening, roster, T, violation } from '#test/support/alerts.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const minute = (n: number): Instant => secondsAfter(T, n * 60);

const canary = (parts: Partial<CanaryDeps> = {}, alert: Alert | null = null) => {
  let now = T;
  let kept: Canary | null = null;
  const uploads: Instant[] = [];
  const looks: Look[] = [];
  const closed: unknown[] = [];
  let writes = 0;
  const recorded = recordedTelemetry();
  const handle = run({
    now: () => now,
    agencyId: agencyIdSchema.parse('kent'),
    everySeconds: 120,
    changeCanary: async (next) => {
      const before = kept;
      kept = next(kept);
      if (kept !== before) writes += 1;
      return kept;
    },
    setUp: async () => 'there',
    upload: async (startedAt) => {
      uploads.push(startedAt);
      return true;
    },
    changeAlert: async (_, alertId, ask) => {
      const { command } = await ask(alert);
      closed.push([alertId, command]);
      return { decision: { outcome: 'nothing', reason: 'stale-tick' }, alert };
    },
    keepVigil: async (look) => {
      looks.push(look);
    },
    telemetry: recorded.telemetry,
    ...parts,
  });
  return {
    ...{ ...recorded, uploads, looks, closed },
    writes: () => writes,
    at: (n: number, input: unknown = {}) => {
      now = minute(n);
      return handle(input);
    },
  };
};

const pageOf = (openedAt: number, alertId = 'a') => ({
  Records: [{ messageId: 'm-1', body: JSON.stringify({ alertId, openedAt }) }],
});
const faults = ({ findings }: Look) => findings.map(({ fault }) => fault);

describe('each minute', () => {
  it('lets a world that was just set up come into force first', async () => {
    let isThere = false;
    const setUp: CanaryDeps['setUp'] = async () => {
      const found = isThere ? 'there' : 'made';
      isThere = true;
      return found;
    };
    const { at, uploads } = canary({ setUp });
    await at(0);
    expect(uploads).toEqual([]);
    await at(1);
    expect(uploads).toEqual([minute(1)]);
  });

  it('sets up again what met another write, and no more once all of it is there', async () => {
    const found = ['made', 'made', 'there'] as const;
    let looked = 0;
    const setUp: CanaryDeps['setUp'] = async () => {
      looked += 1;
      return found[looked - 1] ?? 'there';
    };
    const { at, uploads } = canary({ setUp });
    for (const n of [0, 1, 2, 3, 4]) await at(n);
    expect(looked).toBe(3);
    expect(uploads).toEqual([minute(2), minute(4)]);
  });

  it('begins a round every other minute, and says that it has looked each', async () => {
    const { at, uploads, looks } = canary();
    for (const n of [0, 1, 2, 3]) await at(n);
    expect(uploads).toEqual([minute(0), minute(2)]);
    expect(looks.map(faults)).toEqual([[], [], ['test-alert-lost'], ['test-alert-lost']]);
  });

  it('finds nothing where what it raised has come back', async () => {
    const { at, looks, measured } = canary();
    await at(0);
    await at(0.1, pageOf(T));
    for (const n of [1, 2, 3]) await at(n);
    expect(looks.map(faults)).toEqual([[], [], [], []]);
    expect(measured).toContainEqual(['testAlertSeconds', 6]);
  });

  it('writes what it remembers once a round, and once where that comes back', async () => {
    const { at, writes } = canary();
    await at(0);
    await at(0.1, pageOf(T));
    await at(1);
    expect(writes()).toBe(2);
    await at(2);
    expect(writes()).toBe(3);
  });

  it('tries a refused upload again the next minute, and says so then', async () => {
    const { at, looks, measured } = canary({ upload: async () => false });
    await at(0);
    await at(1);
    expect(looks.map(faults)).toEqual([[], ['events-refused']]);
    expect(measured).toEqual([
      ['roundsRefused', 1],
      ['roundsRefused', 1],
    ]);
  });
});

describe('given a page that comes back', () => {
  const test = openAlert(violation(), opening({ isTest: true }), {
    ...{ now: T, roster: roster() },
  });

  it('closes its alert', async () => {
    const { at, closed } = canary({}, test);
    expect(await at(1, pageOf(T))).toEqual({ batchItemFailures: [] });
    expect(closed).toMatchObject([['a', { type: 'close', epoch: test.epoch }]]);
  });

  it('closes no alert that is none of its own', async () => {
    const { at, closed, lines } = canary({}, { ...test, isTest: false });
    const answer = await at(1, pageOf(T));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(closed).toEqual([]);
    expect(lines.map(({ message }) => message)).toEqual(['page not taken back']);
  });

  it('gives back what it cannot read', async () => {
    const { at } = canary();
    const answer = await at(1, { Records: [{ messageId: 'm-2', body: '{' }] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-2' }] });
  });
});
