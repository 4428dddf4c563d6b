import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { namedPeriod } from '#domain/progress/named-periods.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-04-02T11:00:00Z');
const worn = (startsAt: string, endsAt: string | null = null) => ({
  startsAt: at(startsAt),
  endsAt: endsAt === null ? null : at(endsAt),
});
const terms = (...activations: ReturnType<typeof worn>[]) => ({
  ...{ now: NOW, timeZone: 'Europe/London', activations, orderFrom: at('2026-01-10T00:00:00Z') },
});
const from = (...asked: Parameters<typeof namedPeriod>): string | null => {
  const period = namedPeriod(...asked);
  return period === null ? null : toIso(period.fromAt);
};

describe('the last so many days', () => {
  it('are days of the order’s zone with today, also over a change of clocks', () => {
    expect(from('last-7-days', terms())).toBe('2026-03-27T00:00:00.000Z');
    expect(from('last-30-days', terms())).toBe('2026-03-04T00:00:00.000Z');
    const autumn = { ...terms(), now: at('2026-10-28T11:00:00Z') };
    expect(from('last-7-days', autumn)).toBe('2026-10-21T23:00:00.000Z');
  });
});

describe('since fitted', () => {
  it('is since the first device under the order that stands', () => {
    const before = worn('2025-05-01T09:00:00Z', '2025-12-01T09:00:00Z');
    const first = worn('2026-01-12T09:00:00Z', '2026-02-01T09:00:00Z');
    const second = worn('2026-02-01T09:00:00Z');
    expect(from('since-fitted', terms(before, first, second))).toBe('2026-01-12T09:00:00.000Z');
    const whole = { ...terms(before, first), orderFrom: null };
    expect(from('since-fitted', whole)).toBe('2025-05-01T09:00:00.000Z');
  });

  it('is of a year at most, and of nothing where nothing was fitted', () => {
    const years = { ...terms(worn('2023-01-01T00:00:00Z')), orderFrom: null };
    expect(from('since-fitted', years)).toBe('2025-04-01T11:00:00.000Z');
    expect(from('since-fitted', terms())).toBeNull();
    expect(from('since-fitted', terms(worn('2026-05-01T00:00:00Z')))).toBeNull();
  });
});
