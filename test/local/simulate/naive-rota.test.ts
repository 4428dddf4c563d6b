import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { naiveOnCall } from '#local/simulate/checks/naive-rota.ts';
import { atIso, layer, layeredRota, NO_HOLIDAYS } from '#test/support/rotas.ts';

const HOUR = 3_600_000;
const CHANGES = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-04-04T15:00:00Z'];
const ZONES = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe'];

const anyTime = fc
  .tuple(fc.nat({ max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const anyMoment = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -40 * HOUR, max: 40 * HOUR }))
  .map(([change, off]) => instant(atIso(change) + off));

describe('who is on call, worked out in the plainest way', () => {
  it('is who is on call, also where clocks change', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyTime, anyMoment, (timeZone, time, at) => {
        const rotation = { kind: 'daily', handOver: { time }, startsOn: '2026-01-01' };
        const layers = [layer('turns', ['a', 'b', 'c'], { rotation })];
        const rota = layeredRota(layers, { timeZone, otherwise: 'z' });
        const found = naiveOnCall({ timeZone, layers, otherwise: 'z', shifts: [] }, at);
        expect(found).toEqual(onCallAt(rota, at, NO_HOLIDAYS).people);
      }),
      { numRuns: 500 },
    );
  });
});
