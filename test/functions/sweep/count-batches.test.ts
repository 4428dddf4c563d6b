import { describe, expect, it } from 'vitest';
import type { Tampered, Worn } from '#domain/fleet/device-batches.ts';
import { activationIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type BatchDeps, countBatches } from '#functions/sweep/count-batches.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { at, WEARER } from '#test/support/supervisions.ts';

const SIX = at('2026-06-30T06:00:20Z');
const day = (n: number): Instant => secondsAfter(SIX, n * 86_400);

const batch = (name: string): Worn[] =>
  Array.from({ length: 40 }, (_, i) => ({
    ...{ deviceBatch: name, startsAt: day(-90), endsAt: null },
    activationId: activationIdSchema.parse(`${name}-${i}`),
    wearerId: wearerIdSchema.parse(`w-${name}-${i}`),
  }));
/** Each device of a batch on one day. */
const allOf = (name: string): Tampered[] =>
  batch(name).map(({ wearerId }, i) => ({ wearerId, openedAt: day(-1 - (i % 25)) }));

const count = async (now: Instant, parts: Partial<BatchDeps> = {}) => {
  const told = recordedTelemetry();
  const loadDeviceBatches: BatchDeps['loadDeviceBatches'] = async () => ({
    ...{ worn: [...batch('a'), ...batch('b')], tampers: allOf('b') },
  });
  const { telemetry } = told;
  await countBatches({ agencyId: WEARER.agencyId, loadDeviceBatches, telemetry, ...parts }, now);
  return told;
};

describe('batches of devices', () => {
  it('are compared at six, and those out of line counted and named', async () => {
    const { measured, lines } = await count(SIX);
    expect(measured).toEqual([['batchesOutOfLine', 1]]);
    expect(lines).toMatchObject([{ message: 'batch out of line', fields: { deviceBatch: 'b' } }]);
  });

  it.each([secondsAfter(SIX, -60), secondsAfter(SIX, 60), day(0.5)])(
    'are not compared at any other minute',
    async (now) => {
      expect((await count(now)).measured).toEqual([]);
    },
  );

  it('are not counted where they cannot be read, and the log says so', async () => {
    const loadDeviceBatches = () => Promise.reject(new Error('throttled'));
    const { measured, lines } = await count(SIX, { loadDeviceBatches });
    expect(measured).toEqual([]);
    expect(lines).toMatchObject([{ level: 'error', message: 'batches not counted' }]);
  });
});
