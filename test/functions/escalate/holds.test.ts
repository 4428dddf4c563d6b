import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSeverity } from '#domain/model/severity.ts';
import type { Violation } from '#domain/model/violation.ts';
import { holdLimits } from '#lib/thresholds.ts';
import { found, wearerDesk } from '#test/support/wearer-desk.ts';

const strap = found('w-1.strap', { rule: 'tamper', reason: 'strap-open', certainty: null });
const silent = found('w-1.silent', { rule: 'device-silent', reason: 'device-silent' });
const curfew = found('w-1.curfew');
const battery = found('w-1.battery', { rule: 'battery', reason: 'battery-critical' });
const zone = found('w-1.zone', {
  ...{ rule: 'exclusion-zone', reason: 'inside-zone', conditionKind: 'exclusion-zone' },
});
const over = (about: Violation, fields: Readonly<Record<string, unknown>> = {}): Violation =>
  found(about.violationId, { ...about, revision: 2, status: 'ended', endedAt: 1, ...fields });

describe('an alert of a wearer of whom another is being told', () => {
  it('is held under that one, and counted in its next page', async () => {
    const { changes, alert, pass, pagesOf } = wearerDesk();
    await changes(curfew);
    await pass(60);
    await changes(battery);
    expect(pagesOf('w-1.battery')).toEqual([]);
    expect(alert('w-1.battery')).toMatchObject({
      ...{ status: 'open', held: { why: 'grouped', underAlertId: 'w-1.curfew' } },
    });
    await pass(300);
    expect(pagesOf('w-1.curfew').map(({ also }) => also.map(({ reason }) => reason))).toEqual([
      [],
      ['battery-critical'],
    ]);
  });

  it('is told at once where it is graver, or safety hangs on it', async () => {
    const { changes, pagesOf } = wearerDesk();
    await changes(curfew);
    await changes(zone);
    await changes(strap);
    expect([pagesOf('w-1.zone').length, pagesOf('w-1.strap').length]).toEqual([1, 1]);
  });

  it('is taken in hand with it by somebody who had been told of both', async () => {
    const { changes, alert, pass, take, pagesOf } = wearerDesk();
    await changes(curfew);
    await changes(battery);
    await pass(300);
    await take('w-1.curfew', 'on-call');
    await pass(60);
    expect(alert('w-1.battery')).toMatchObject({
      ...{ status: 'acknowledged', acknowledgements: [{ by: 'on-call' }] },
    });
    expect(pagesOf('w-1.battery')).toEqual([]);
    await pass(14_400);
    expect(pagesOf('w-1.battery')).not.toEqual([]);
  });

  it('is told for itself where whoever took the other knew nothing of it', async () => {
    const { changes, pass, take, pagesOf } = wearerDesk();
    await changes(curfew);
    await changes(battery);
    await take('w-1.curfew', 'officer');
    await pass(60);
    expect(pagesOf('w-1.battery')).toHaveLength(1);
  });

  it('is told for itself when the other is closed', async () => {
    const { changes, pass, close, pagesOf } = wearerDesk();
    await changes(curfew);
    await changes(battery);
    await pass(300);
    await close('w-1.curfew', 'on-call');
    await pass(60);
    expect(pagesOf('w-1.battery')).toHaveLength(1);
  });

  it('is told for itself after a quarter of an hour in any case', async () => {
    const { changes, pass, pagesOf } = wearerDesk();
    await changes(curfew);
    await changes(battery);
    await pass(holdLimits.groupedSeconds - 1);
    expect(pagesOf('w-1.battery')).toEqual([]);
    await pass(1);
    expect(pagesOf('w-1.battery')).toHaveLength(1);
  });

  it('is told at once while somebody has the other in hand', async () => {
    const { changes, take, pagesOf } = wearerDesk();
    await changes(curfew);
    await take('w-1.curfew', 'officer');
    await changes(battery);
    expect(pagesOf('w-1.battery')).toHaveLength(1);
  });

  it('is told also where it has ended meanwhile, and says so', async () => {
    const { changes, pass, pagesOf, at } = wearerDesk();
    await changes(curfew);
    await changes(battery);
    await changes(over(battery, { endedAt: at(30), endReason: 'back-in-order' }));
    await pass(holdLimits.groupedSeconds);
    expect(pagesOf('w-1.battery')).toMatchObject([{ facts: { violation: { endedAt: at(30) } } }]);
  });
});

describe('a device that falls silent while its strap is open', () => {
  it('stays open and held, and is told when the alert of the strap is closed', async () => {
    const { changes, alert, pass, take, close, pagesOf } = wearerDesk();
    await changes(strap);
    await take('w-1.strap', 'officer');
    await changes(silent);
    expect(alert('w-1.silent')).toMatchObject({
      ...{ status: 'open', held: { why: 'inhibited', byAlertId: 'w-1.strap' } },
    });
    await pass(3_600);
    expect(pagesOf('w-1.silent')).toEqual([]);
    await close('w-1.strap', 'officer');
    await pass(holdLimits.inhibitedEverySeconds);
    expect(pagesOf('w-1.silent')).toHaveLength(1);
  });

  it('is told where the strap turns out never to have been open', async () => {
    const { changes, pass, pagesOf } = wearerDesk();
    await changes(strap);
    await changes(silent);
    await changes(over(strap, { status: 'withdrawn', endedAt: null }));
    await pass(holdLimits.inhibitedEverySeconds);
    expect(pagesOf('w-1.silent')).toHaveLength(1);
  });

  it('is told at once where the strap has been closed again', async () => {
    const { changes, take, pagesOf, at } = wearerDesk();
    await changes(strap);
    await take('w-1.strap', 'officer');
    await changes(over(strap, { endedAt: at(60), endReason: 'back-in-order' }));
    await changes(silent);
    expect(pagesOf('w-1.silent')).toHaveLength(1);
  });

  it('is told where the strap is closed afterwards, and explains nothing any more', async () => {
    const { changes, take, pass, pagesOf, at } = wearerDesk();
    await changes(strap);
    await take('w-1.strap', 'officer');
    await changes(silent);
    await changes(over(strap, { endedAt: at(60), endReason: 'back-in-order' }));
    await pass(holdLimits.inhibitedEverySeconds);
    expect(pagesOf('w-1.silent')).toHaveLength(1);
  });

  it('is told after a day in any case', async () => {
    const { changes, take, pass, pagesOf } = wearerDesk();
    await changes(strap);
    await take('w-1.strap', 'officer');
    await changes(silent);
    await pass(holdLimits.inhibitedSeconds);
    expect(pagesOf('w-1.silent').length).toBeGreaterThan(0);
  });
});

const FINDINGS = [
  ['curfew-absence', 'left-during'],
  ['battery', 'battery-critical'],
  ['tamper', 'strap-open'],
  ['device-silent', 'device-silent'],
  ['device-silent', 'device-silent-for-long'],
  ['location-lost', 'no-position'],
  ['exclusion-zone', 'inside-zone'],
] as const;

const happenings = fc.array(
  fc.record({
    waitSeconds: fc.oneof(fc.nat({ max: 120 }), fc.nat({ max: 5_000 })),
    deed: fc.constantFrom('find', 'find', 'find', 'end', 'withdraw', 'take', 'close'),
    finding: fc.constantFrom(...FINDINGS),
    which: fc.nat(),
    by: fc.constantFrom('officer', 'on-call', 'manager'),
  }),
  { maxLength: 14 },
);
type Happening = typeof happenings extends fc.Arbitrary<(infer T)[]> ? T : never;

/** Plays what happens to one wearer, and then two days in which nobody does anything. */
const play = async (course: readonly Happening[]) => {
  const desk = wearerDesk();
  for (const [i, { waitSeconds, deed, finding, which, by }] of course.entries()) {
    await desk.pass(waitSeconds);
    const all = desk.alerts();
    const alert = all[which % Math.max(1, all.length)];
    const [rule, reason] = finding;
    const { now } = desk.clock;
    if (deed === 'find') {
      await desk.changes(found(`w-1.${i}`, { rule, reason, openedAt: now, detectedAt: now }));
    } else if (alert !== undefined && deed === 'take') await desk.take(alert.alertId, by);
    else if (alert !== undefined && deed === 'close') await desk.close(alert.alertId, by);
    else if (alert !== undefined) {
      const { violation } = alert.facts;
      const status = deed === 'end' ? 'ended' : 'withdrawn';
      const fields = { ...violation, revision: violation.revision + 1, status, endedAt: now };
      await desk.changes(found(violation.violationId, fields));
    }
  }
  await desk.pass(2 * 86_400);
  return desk;
};

describe('whatever happens to a wearer, in whatever order', () => {
  it('everything held is told, taken in hand with its lead, or closed with a reason', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (course) => {
        for (const { held, told, acknowledgements, closed } of (await play(course)).alerts()) {
          const isDealtWith = told.length > 0 || acknowledgements.length > 0 || closed !== null;
          expect(isDealtWith).toBe(true);
          if (held !== undefined) expect(closed?.reason).toBeTruthy();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('nothing graver is held, and nothing while no other is being told', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (course) => {
        const { saved, alert } = await play(course);
        for (const { before, after } of saved) {
          if (before !== null) continue;
          const { held } = after;
          if (held === undefined) expect(after.told).not.toEqual([]);
          else if (held.why === 'grouped' || held.why === 'inhibited') {
            const other = alert(held.why === 'grouped' ? held.underAlertId : held.byAlertId);
            expect(compareSeverity(other.severity, after.severity)).toBeGreaterThanOrEqual(0);
            expect(other.told).not.toEqual([]);
            expect(other.openedAt).toBeLessThanOrEqual(after.openedAt);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('nobody is told later than the limit of what it is held for', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (course) => {
        const { alerts, pagesOf } = await play(course);
        for (const { alertId, openedAt, firstAcknowledgedAt, closed } of alerts()) {
          const [first] = pagesOf(alertId);
          // Whoever took it in hand while it was held is told again when that has ended.
          if (first === undefined || firstAcknowledgedAt !== undefined || closed !== null) continue;
          const waitedSeconds = (first.createdAt - openedAt) / 1000;
          expect(waitedSeconds).toBeLessThanOrEqual(holdLimits.inhibitedSeconds);
        }
      }),
      { numRuns: 40 },
    );
  });
});
