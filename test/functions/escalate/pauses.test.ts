import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAUSE_LOOK_SECONDS } from '#domain/escalate/pauses.ts';
import { toIso } from '#domain/model/instant.ts';
import type { PauseStore } from '#functions/adapters/dynamodb/pauses.ts';
import { later } from '#test/support/alerts.ts';
import { keptPauses } from '#test/support/kept-alerts.ts';
import { pause } from '#test/support/pauses.ts';
import { found, wearerDesk } from '#test/support/wearer-desk.ts';

const HOUR = 3_600;
const paused = (fields: Readonly<Record<string, unknown>> = {}, changedSeconds = -HOUR) => ({
  pause: pause(fields),
  changedAt: later(changedSeconds),
});
const ofWearer = (wearerId: string) => found(`${wearerId}.curfew`, { wearerId });

/** Who was told first by page, in the order in which that was due. */
const toldInOrder = (desk: ReturnType<typeof wearerDesk>): string[] => [
  ...new Set(
    desk.pages.toSorted((a, b) => a.createdAt - b.createdAt).map(({ alertId }) => alertId),
  ),
];

describe('an alert that opens in a pause', () => {
  it('is held and told, never dropped (PagerDuty, maintenance)', async () => {
    const desk = wearerDesk();
    desk.putPause(paused());
    await desk.changes(ofWearer('w-1'));
    expect(desk.alert('w-1.curfew')).toMatchObject({
      ...{ status: 'open', held: { why: 'paused', untilAt: later(HOUR) } },
    });
    await desk.passUntil(later(HOUR - 1));
    expect(desk.pages).toEqual([]);
    await desk.passUntil(later(HOUR));
    expect(desk.pagesOf('w-1.curfew')).toMatchObject([{ purpose: 'alert', step: 0 }]);
  });

  it('is looked at without a look at all others, as long as the pause lasts', async () => {
    const kept = keptPauses(paused());
    let asked = 0;
    const countBefore: PauseStore['countBefore'] = (...about) => {
      asked += 1;
      return kept.pauses.countBefore(...about);
    };
    const desk = wearerDesk({ pauses: { ...kept.pauses, countBefore } });
    await desk.changes(ofWearer('w-1'));
    await desk.passUntil(later(HOUR - 1));
    expect(asked).toBe(0);
    await desk.passUntil(later(HOUR));
    expect([asked, desk.pagesOf('w-1.curfew').length]).toEqual([1, 1]);
  });

  it('goes out in the order in which it came, after the pause (keephq/keep#5321)', async () => {
    const desk = wearerDesk();
    desk.putPause(paused());
    const wearers = ['w-5', 'w-2', 'w-9', 'w-1'];
    for (const wearerId of wearers) {
      await desk.changes(ofWearer(wearerId));
      await desk.pass(7);
    }
    await desk.passUntil(later(HOUR + 60));
    expect(toldInOrder(desk)).toEqual(wearers.map((wearerId) => `${wearerId}.curfew`));
  });

  it('is told soon after somebody has ended the pause early', async () => {
    const desk = wearerDesk();
    desk.putPause(paused());
    await desk.changes(ofWearer('w-1'));
    await desk.passUntil(later(600));
    desk.putPause(paused({ endsAt: toIso(later(600)) }, 600));
    await desk.passUntil(later(600 + PAUSE_LOOK_SECONDS));
    expect(desk.pagesOf('w-1.curfew')).toHaveLength(1);
  });

  it('waits for the new end where that has been put off', async () => {
    const desk = wearerDesk();
    desk.putPause(paused());
    await desk.changes(ofWearer('w-1'));
    await desk.passUntil(later(600));
    desk.putPause(paused({ endsAt: toIso(later(2 * HOUR)) }, 600));
    await desk.passUntil(later(2 * HOUR - 1));
    expect(desk.pages).toEqual([]);
    await desk.passUntil(later(2 * HOUR));
    expect(desk.pages).toHaveLength(1);
  });

  it('is told also where its violation ended meanwhile, and says so', async () => {
    const desk = wearerDesk();
    desk.putPause(paused());
    const about = ofWearer('w-1');
    await desk.changes(about);
    await desk.changes({ ...about, revision: 2, status: 'ended', endedAt: later(60) });
    await desk.passUntil(later(HOUR));
    expect(desk.pages).toMatchObject([{ facts: { violation: { endedAt: later(60) } } }]);
  });

  it('is told at once where safety hangs on it and no second person has agreed', async () => {
    const desk = wearerDesk();
    desk.putPause(paused({ withSafety: true }));
    await desk.changes(found('w-1.strap', { rule: 'tamper', reason: 'strap-open' }));
    expect(desk.pages).toHaveLength(1);
  });

  it('is still held for the pause where it was held for another alert before', async () => {
    const desk = wearerDesk();
    await desk.changes(ofWearer('w-1'));
    await desk.changes(found('w-1.battery', { rule: 'battery', reason: 'battery-critical' }));
    desk.putPause(paused());
    await desk.pass(900);
    expect(desk.alert('w-1.battery')).toMatchObject({ held: { why: 'paused' } });
    await desk.passUntil(later(HOUR));
    expect(desk.pagesOf('w-1.battery')).toHaveLength(1);
  });
});

const courses = fc.record({
  opens: fc.uniqueArray(fc.integer({ min: -600, max: 2 * HOUR }), { maxLength: 12 }),
  endsSeconds: fc.integer({ min: 60, max: HOUR }),
  change: fc.option(
    fc.record({
      atSeconds: fc.integer({ min: 0, max: HOUR }),
      endsSeconds: fc.integer({ min: 1, max: 2 * HOUR }),
    }),
  ),
});

describe('whatever opens while pauses come and go', () => {
  it('is told, each in the order in which it came, and never later than it has to be', async () => {
    await fc.assert(
      fc.asyncProperty(courses, async ({ opens, endsSeconds, change }) => {
        const desk = wearerDesk();
        desk.clock.now = later(-600);
        const first = paused({ endsAt: toIso(later(endsSeconds)) });
        const second =
          change === null
            ? null
            : paused({ endsAt: toIso(later(change.endsSeconds)) }, change.atSeconds);
        desk.putPause(first);
        const happens = [
          ...opens.map((at) => ({ at, wearerId: `w-${String(at + 600).padStart(5, '0')}` })),
          ...(second === null ? [] : [{ at: change?.atSeconds ?? 0, wearerId: null }]),
        ].sort((a, b) => a.at - b.at);
        for (const { at, wearerId } of happens) {
          await desk.passUntil(later(at));
          if (wearerId !== null) await desk.changes(ofWearer(wearerId));
          else if (second !== null) desk.putPause(second);
        }
        await desk.passUntil(later(4 * HOUR));
        const held = desk.saved
          .filter(({ before, after }) => before === null && after.held !== undefined)
          .map(({ after }): string => after.alertId);
        const told = toldInOrder(desk);
        expect([...told].sort()).toEqual(
          desk
            .alerts()
            .map(({ alertId }) => alertId)
            .sort(),
        );
        expect(told.filter((id) => held.includes(id))).toEqual(held);
        const lastEnd = Math.max(endsSeconds, change?.endsSeconds ?? 0, change?.atSeconds ?? 0);
        for (const id of held) {
          const [page] = desk.pagesOf(id);
          const latest = later(lastEnd + PAUSE_LOOK_SECONDS + held.length);
          expect(page?.createdAt ?? Infinity).toBeLessThanOrEqual(latest);
        }
        for (const { alertId, openedAt } of desk.alerts()) {
          if (held.includes(alertId)) continue;
          expect(desk.pagesOf(alertId)[0]?.createdAt).toBe(openedAt);
        }
      }),
      { numRuns: 60 },
    );
  });
});
