import fc from 'fast-check';
import { secondsAfter } from '#domain/model/instant.ts';
import { REASONS, type ViolationReason } from '#domain/model/reasons.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import { fix } from './events.ts';
import { violationAt } from './report-facts.ts';
import { HOME } from './supervisions.ts';

const reasons = Object.keys(REASONS).filter((name): name is ViolationReason => name in REASONS);

const evidence = (when: number) => [
  { kind: 'fix', recordedAt: when, ...HOME, accuracyMetres: null, source: 'gnss' },
  { kind: 'check', recordedAt: when, method: 'door', result: 'absent' },
  { kind: 'device-status', recordedAt: when, facts: ['strap open'], batteryPercent: 4 },
];

/** Whatever may stand on record: also what no rule of today would find. */
export const madeViolations = (asked: AskedReport) =>
  fc
    .uniqueArray(
      fc.record({
        opened: fc.integer({ min: 0, max: 30 * 86_400 }),
        minutes: fc.option(fc.integer({ min: 0, max: 3_000 })),
        reason: fc.constantFrom(...reasons),
        status: fc.constantFrom('open', 'ended', 'withdrawn'),
        endReason: fc.constantFrom(null, 'excused', 'hours-ended', 'zone-moved'),
        certainty: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        conditionId: fc.constantFrom('curfew', 'school', 'gone'),
        distanceMetres: fc.option(fc.integer({ min: -5000, max: 5000 })),
      }),
      { maxLength: 12, selector: ({ opened, conditionId }) => `${opened} ${conditionId}` },
    )
    .map((drawn) =>
      drawn
        .map(({ opened, minutes, reason, ...more }): Violation => {
          const openedAt = secondsAfter(asked.period.fromAt, opened);
          const endedAt = minutes === null ? null : secondsAfter(openedAt, 60 * minutes);
          const rule = REASONS[reason].rule;
          return violationAt(openedAt, {
            ...more,
            reason,
            rule,
            endedAt,
            evidence: evidence(openedAt),
          });
        })
        .toSorted((a, b) => a.openedAt - b.openedAt),
    );

/** Positions a second or a day apart. */
export const madeTrails = (asked: AskedReport) =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 1, max: 90_000 }),
        north: fc.integer({ min: -80, max: 80 }),
      }),
      { maxLength: 60 },
    )
    .map((steps) => {
      let when = asked.period.fromAt;
      return steps.map(({ gap, north }) => {
        when = secondsAfter(when, gap);
        return fix(
          when,
          { lat: HOME.lat + north / 5000, lon: HOME.lon },
          { satellites: 7, hdop: 1.1 },
        );
      });
    });
