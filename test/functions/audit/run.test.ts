import { describe, expect, it } from 'vitest';
import type { BlindNotice, Vigil } from '#domain/audit/vigil.ts';
import { agencyIdSchema, alertIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { keepVigil } from '#functions/adapters/keep-vigil.ts';
import { type AuditDeps, run } from '#functions/audit/run.ts';
import { T } from '#test/support/alerts.ts';
import { dutyManagersTopic } from '#test/support/duty-managers-topic.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const minute = (n: number): Instant => secondsAfter(T, n * 60);
const waiting = (since: number) => ({ alertId: alertIdSchema.parse('a'), sinceAt: minute(since) });

/** A vigil in memory, a topic, and a clock that a test moves. */
const audited = (parts: Partial<AuditDeps> = {}) => {
  let vigil: Vigil | null = null;
  let now = T;
  const { told, email, cutSns } = dutyManagersTopic();
  const alone: BlindNotice[] = [];
  const recorded = recordedTelemetry();
  const keep = keepVigil({
    agencyId: agencyIdSchema.parse('kent'),
    changeVigil: async (next) => {
      vigil = next(vigil);
      return vigil;
    },
    email,
    ...{ dutyManagerTopicArn: 'arn', telemetry: recorded.telemetry },
  });
  const handle = run({
    now: () => now,
    loadDueWearers: async () => [],
    loadParked: async () => [],
    loadLateRows: async () => ({ steps: [], messages: [] }),
    loadKeptPages: async () => ({ alerts: [], kept: [] }),
    loadLastHeard: async () => null,
    feedLateAfterSeconds: 900,
    keepVigil: keep,
    reportDaily: async () => undefined,
    tellDutyManager: async (notice) => {
      alone.push(notice);
    },
    telemetry: recorded.telemetry,
    ...parts,
  });
  return {
    ...recorded,
    ...{ told, alone, cutSns },
    at: async (n: number) => {
      now = minute(n);
      // The canary, which is not here, has looked as well.
      const canary = { at: now, awakeSinceAt: T };
      if (vigil !== null) vigil = { ...vigil, looked: { ...vigil.looked, canary } };
      await handle();
    },
  };
};

describe('each minute', () => {
  it('says by a heartbeat that it has looked and found nothing', async () => {
    const { at, measured, told } = audited();
    await at(0);
    expect(measured).toEqual([
      ['findings', 0],
      ['heartbeat', 1],
    ]);
    expect(told).toEqual([]);
  });

  it('tells the duty manager of a message that waits, once, and when it has gone', async () => {
    const { at, told, measured } = audited({
      loadLateRows: async (now) => ({
        steps: [],
        messages: now < minute(6) ? [waiting(0)] : [],
      }),
    });
    for (let n = 1; n < 10; n += 1) await at(n);
    expect(told).toEqual(['Homeward kent is blind: Paging is late', 'Homeward kent sees again']);
    expect(measured.filter(([name]) => name === 'heartbeat')).toHaveLength(5);
  });

  it('tells of it at the next look when SNS did not take it', async () => {
    const { at, told, cutSns } = audited({
      loadLateRows: async () => ({ steps: [waiting(-9)], messages: [] }),
    });
    cutSns(true);
    await expect(at(0)).rejects.toThrow('SNS');
    cutSns(false);
    await at(1);
    await at(2);
    expect(told).toEqual(['Homeward kent is blind: Escalation is late']);
  });

  it('tells the duty manager of each wearer whom nobody watches', async () => {
    const wearerId = wearerIdSchema.parse('w-1');
    let parked = 0;
    const { at, told } = audited({
      loadParked: async () =>
        Array.from({ length: parked }, () => ({ agencyId: 'kent', wearerId, parkedAt: T })),
    });
    for (const [n, count] of [0, 1, 1, 2, 2, 0, 0, 0].entries()) {
      parked = count;
      await at(n);
    }
    const blind = 'Homeward kent is blind: Wearers cannot be evaluated, and nobody watches them';
    expect(told).toEqual([blind, blind, 'Homeward kent sees again']);
  });

  it('asks for wearers who have been due for longer than any timer takes', async () => {
    const asked: Instant[] = [];
    const { at } = audited({
      loadDueWearers: async (until) => {
        asked.push(until);
        return [];
      },
    });
    await at(0);
    expect(asked).toEqual([secondsAfter(T, -90)]);
  });
});

describe('given tables that cannot be read', () => {
  const broken = (from: number, until: number) =>
    audited({
      loadKeptPages: async (now) => {
        if (now >= minute(from) && now < minute(until)) throw new Error('unreachable');
        return { alerts: [], kept: [] };
      },
    });

  it('fails, sends no heartbeat, and after a minute tells of it by itself, once', async () => {
    const { at, alone, measured } = broken(0, 9);
    for (let n = 0; n < 4; n += 1) await expect(at(n)).rejects.toThrow('unreachable');
    expect(alone).toMatchObject([{ kind: 'blind', findings: [{ fault: 'tables-unread' }] }]);
    expect(measured).toEqual([]);
  });

  it('tells when it can look again', async () => {
    const { at, alone, told } = broken(1, 4);
    await at(0);
    for (let n = 1; n < 4; n += 1) await expect(at(n)).rejects.toThrow('unreachable');
    for (let n = 4; n < 8; n += 1) await at(n);
    expect(alone).toHaveLength(1);
    expect(told).toEqual(['Homeward kent sees again']);
  });
});
