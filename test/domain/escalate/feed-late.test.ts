import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeedSeen, holdForFeed } from '#domain/escalate/feed-late.ts';
import { headEndIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { feedLimits } from '#lib/thresholds.ts';
import {
  acknowledge,
  close,
  facts,
  later,
  T,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, given, type Step } from '#test/support/given-alert.ts';

const SILENT = {
  ...{ rule: 'device-silent', reason: 'device-silent', conditionKind: 'device-care' },
  ...{ openedAt: later(-3_600), certainty: null, evidence: [] },
};
const headEndId = headEndIdSchema.parse('head-end');
const feed = (fields: Partial<FeedSeen> = {}): FeedSeen => ({
  ...{ headEndId, heardAt: later(-3_600), isLarge: true, speaks: false },
  ...fields,
});
const silent = violation(SILENT);
const hold = holdForFeed(silent, feed(), { limits: feedLimits, now: T });
if (hold === null) throw new Error('the alert was not held');

const LOST = 'protected-device-lost';
const OPENED = { command: violationOpens(SILENT, { hold }), now: T };
const look = (epoch: number, stands: boolean) =>
  ({ type: 'tick', epoch, hold: { is: stands ? 'standing' : 'over' } }) as const;
const HEARD = { ...SILENT, status: 'ended', endedAt: later(500), endReason: 'back-in-order' };

describe('given a device that falls silent with its whole feed', () => {
  it('holds its alert: it is open, due to be looked at, and nobody is told', () => {
    const { after, pages } = given()
      .when(violationOpens(SILENT, { hold }), T)
      .thenHappened('alert-opened');
    expect(after).toMatchObject({ status: 'open', nextDueAt: later(900) });
    expect(after.held).toMatchObject({ why: 'feed-late', headEndId, untilAt: later(14_400) });
    expect(pages).toEqual([]);
  });

  it('goes on holding it while the feed is late', () => {
    const { after, pages } = given(OPENED)
      .when(look(1, true), later(900))
      .thenHappened('hold-kept');
    expect(after).toMatchObject({ nextDueAt: later(1_800), held: { backAt: null } });
    expect(pages).toEqual([]);
  });

  it('closes it, untold, when the device is heard again', () => {
    const heard = given(OPENED).when(violationChanges(HEARD), later(500));
    const { after, pages } = heard.thenHappened('violation-ended', 'hold-fell');
    expect(after).toMatchObject({ status: 'closed', nextDueAt: null, closed: { by: null } });
    expect(pages).toEqual([]);
  });

  it('does not open it again when only the end of the silence is amended', () => {
    const closed = { command: violationChanges(HEARD), now: later(500) };
    const amended = violationChanges({ ...HEARD, revision: 3, endedAt: later(450) });
    given(OPENED, closed).when(amended, later(600)).thenHappened('violation-amended');
  });

  it('gives a feed that is back a while to bring what it kept, and then tells, saying why', () => {
    const back = { command: look(1, false), now: later(900) };
    const { after, pages } = given(OPENED, back)
      .when(look(2, false), later(1_800))
      .thenHappened('hold-ended', 'step-run');
    expect(after.held).toBeUndefined();
    expect(pages).toMatchObject([
      { purpose: 'alert', facts: { feed: { headEndId, told: 'after-feed-back' } } },
    ]);
  });

  it('counts the while anew when the feed is late again', () => {
    const back = { command: look(1, false), now: later(900) };
    const late = { command: look(2, true), now: later(1_800) };
    given(OPENED, back, late).when(look(3, false), later(2_700)).thenHappened('hold-kept');
  });

  it('is told at the limit although the feed is still late', () => {
    const { pages } = given(OPENED)
      .when(look(1, true), later(14_400))
      .thenHappened('hold-ended', 'step-run');
    expect(pages).toMatchObject([{ facts: { feed: { told: 'after-limit' } } }]);
  });

  it('may be taken in hand or closed by a person meanwhile, and waits for no feed then', () => {
    const taken = given(OPENED).when(acknowledge('officer'), later(60));
    expect(taken.thenHappened('alert-acknowledged').after.held).toBeUndefined();
    given(OPENED).when(close('officer', 1), later(60)).thenHappened('alert-closed');
  });
});

describe('what is not held', () => {
  const held = (fields: object, seen: Partial<FeedSeen> = {}) =>
    holdForFeed(violation({ ...SILENT, ...fields }), feed(seen), { limits: feedLimits, now: T });

  it.each([
    ['tampering', { rule: 'tamper', reason: 'strap-open' }],
    ['a zone', { rule: 'exclusion-zone', reason: 'inside-zone' }],
    ['a lost device of a protected person', { rule: 'victim-proximity', reason: LOST }],
    ['old news', { isOldNews: true }],
    ['a silence that is over', { status: 'ended', endedAt: T }],
  ])('%s is told singly', (_, fields) => {
    expect(held({ ...fields })).toBeNull();
  });

  it('a device is told singly of whose feed anything came more than 5 minutes after it', () => {
    expect(held({}, { heardAt: later(-3_299) })).toBeNull();
    expect(held({}, { heardAt: later(-3_300) })).not.toBeNull();
  });

  it('the alert that speaks for all, and those of a feed of few, are told at once', () => {
    expect(held({}, { speaks: true })).toBeNull();
    expect(held({}, { isLarge: false })).toBeNull();
  });
});

describe('whatever a feed does', () => {
  const looks = fc.array(fc.record({ late: fc.boolean(), waits: fc.nat({ max: 1_200 }) }), {
    minLength: 40,
    maxLength: 60,
  });

  it('a device that stays silent is told of once its alert was held for long enough', () => {
    fc.assert(
      fc.property(looks, (course) => {
        const steps: Step[] = [OPENED];
        let alert = alertAfter(OPENED);
        for (const { late, waits } of course) {
          if (alert.held === undefined) break;
          const dueAt: Instant = alert.nextDueAt ?? T;
          expect(dueAt).toBeLessThanOrEqual(alert.held.untilAt);
          steps.push({ command: look(alert.epoch, late), now: secondsAfter(dueAt, waits) });
          alert = alertAfter(...steps);
        }
        expect(alert.held).toBeUndefined();
        expect(alert.told).toHaveLength(1);
        expect(alert.facts).toMatchObject({
          ...facts({ violation: silent }),
          feed: { headEndId },
        });
      }),
      { numRuns: 50 },
    );
  });
});
