import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { bundle } from '#domain/notify/bundle.ts';
import { sparedUntil, withSent } from '#domain/notify/throttle.ts';
import { throttleLimits as limits } from '#lib/thresholds.ts';
import { later, T } from '#test/support/alerts.ts';
import { textPage } from '#test/support/text-desk.ts';

const sentAt = (...seconds: number[]): Instant[] => seconds.map(later);

describe('a contact who is sent text messages', () => {
  it('is free until five have gone out in a quarter of an hour', () => {
    expect(sparedUntil(sentAt(0, 1, 2, 3), limits, later(4))).toBeNull();
    expect(sparedUntil(sentAt(0, 1, 2, 3, 4), limits, later(5))).toBe(later(900));
    expect(sparedUntil(sentAt(0, 1, 2, 3, 4), limits, later(900))).toBeNull();
  });

  it('is free until eleven have gone out in an hour', () => {
    const eleven = sentAt(...Array.from({ length: 11 }, (_, i) => i * 300));
    expect(sparedUntil(eleven, limits, later(3_001))).toBe(later(3_600));
  });

  it('is sent at most so many of what can wait, whatever is asked when', () => {
    const waits = fc.array(fc.nat({ max: 600 }), { minLength: 20, maxLength: 120 });
    fc.assert(
      fc.property(waits, (seconds) => {
        const sent: Instant[] = [];
        let known: Instant[] = [];
        let now = T;
        for (const wait of seconds) {
          now = secondsAfter(now, wait);
          const untilAt = sparedUntil(known, limits, now);
          if (untilAt !== null) {
            expect(untilAt).toBeGreaterThan(now);
            expect(sparedUntil(known, limits, untilAt)).toBeNull();
            continue;
          }
          known = withSent(known, limits, now);
          sent.push(now);
        }
        for (const at of sent) {
          const within = (span: number) =>
            sent.filter((one) => one <= at && secondsAfter(one, span) > at).length;
          expect(within(limits.shortSeconds)).toBeLessThanOrEqual(limits.mostInShort);
          expect(within(limits.longSeconds)).toBeLessThanOrEqual(limits.mostInLong);
        }
        expect(known.length).toBeLessThanOrEqual(limits.mostInLong);
      }),
      { numRuns: 100 },
    );
  });
});

const rows = fc.array(
  fc
    .record({
      n: fc.integer({ min: 1, max: 5 }),
      sequence: fc.integer({ min: 1, max: 9 }),
      severity: fc.constantFrom('moderate', 'severe', 'extreme'),
      waited: fc.nat({ max: 900 }),
    })
    .map(({ n, sequence, severity, waited }) => {
      const pageId = `w-${n}.curfew.abc/alert/0/${sequence}/sms.officer`;
      const createdAt = later(waited);
      return { page: textPage(n, { sequence, severity, pageId, createdAt }) };
    }),
  { maxLength: 20 },
);

describe('a bundle', () => {
  it('counts an alert once, however often it was paged (target/goalert#1764)', () => {
    fc.assert(
      fc.property(rows, (waiting) => {
        const made = bundle(waiting);
        const alerts = new Set(waiting.map(({ page }) => page.alertId));
        const told =
          made === null ? [] : [made.lead, ...made.others].map((row) => row.page.alertId);
        expect(told.length).toBe(alerts.size);
        expect(new Set(told)).toEqual(alerts);
      }),
    );
  });

  it('is led by the gravest, and loses no page', () => {
    fc.assert(
      fc.property(rows, (waiting) => {
        const made = bundle(waiting);
        if (made === null) return;
        const rank = ['moderate', 'severe', 'extreme'];
        for (const { page } of made.others) {
          expect(rank.indexOf(page.severity)).toBeLessThanOrEqual(
            rank.indexOf(made.lead.page.severity),
          );
        }
        const ids = [made.lead, ...made.others, ...made.repeated].map(({ page }) => page.pageId);
        expect(new Set(ids)).toEqual(new Set(waiting.map(({ page }) => page.pageId)));
      }),
    );
  });

  it('of one alert alone is its page, and no bundle', () => {
    const first = { page: textPage(1) };
    const again = { page: textPage(1, { sequence: 2, pageId: 'again' }) };
    expect(bundle([first, again])).toEqual({ lead: again, others: [], repeated: [first] });
  });
});
