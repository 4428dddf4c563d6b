import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertIdSchema, holdIdSchema, orderIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { orderTypeSchema } from '#domain/model/order.ts';
import { DATA_CLASSES } from '#domain/retention/data-class.ts';
import {
  type DatedOrder,
  type Piece,
  planPieces,
  planRetention,
  type WearerFacts,
} from '#domain/retention/retention-plan.ts';
import {
  daysAfter,
  type RetentionPolicy,
  USUAL_POLICY,
} from '#domain/retention/retention-policy.ts';

const START = instant(Date.parse('2026-01-01T00:00:00Z'));
const day = (days: number): Instant => secondsAfter(START, days * DAY_SECONDS);

const order = (id: string, endsOn: number | null, more: Partial<DatedOrder> = {}): DatedOrder => ({
  ...{ orderId: orderIdSchema.parse(id), type: 'community', isZoneOnly: false },
  endsAt: endsOn === null ? null : day(endsOn),
  ...more,
});

const facts = (more: Partial<WearerFacts> = {}): WearerFacts => ({
  ...{ at: day(3_000), policy: USUAL_POLICY, orders: [order('o-1', 100)] },
  ...{ holds: [], openAlerts: [], openTasks: [], lastKnownAt: START },
  ...more,
});

const piece = (dataClass: Piece['dataClass'], on: number): Piece => ({
  ...{ dataClass, name: `${dataClass}-${on}`, at: day(on) },
});
const oneOfEach = DATA_CLASSES.map((dataClass) => piece(dataClass, 50));

const goesOf = (about: WearerFacts, pieces: readonly Piece[], isAll = true): string[] =>
  planPieces(planRetention(about), pieces, { at: about.at, isAll }).goes.map(({ name }) => name);

const kept = (about: WearerFacts, one: Piece) =>
  planPieces(planRetention(about), [one], { at: about.at, isAll: false }).stays[0]?.because;

describe('given a wearer whose order ended', () => {
  it('keeps everything for six years, to the day', () => {
    const trail = piece('trail', 50);
    const last = facts({ at: secondsAfter(day(100 + 2_192), -1) });
    expect(kept(last, trail)).toEqual({
      ...{ kind: 'too-early', untilAt: day(2_292), governedBy: 'o-1' },
    });
    expect(goesOf(facts({ at: day(2_292) }), [trail])).toEqual([trail.name]);
  });

  it('lets texts go after 28 days', () => {
    expect(goesOf(facts({ at: day(128) }), oneOfEach)).toEqual(['texts-50']);
  });

  it('lets everything go in the end, and the wearer with it', () => {
    expect(goesOf(facts(), oneOfEach)).toHaveLength(DATA_CLASSES.length);
  });

  it('keeps the wearer while anything else is left', () => {
    const late = piece('readings', 2_900);
    expect(goesOf(facts(), [late, piece('wearer', 1)])).toEqual([]);
    expect(goesOf(facts(), [piece('wearer', 1)], false)).toEqual([]);
    expect(goesOf(facts(), [piece('wearer', 1)])).toEqual(['wearer-1']);
  });

  it('counts what came after the order from its own date', () => {
    expect(kept(facts(), piece('readings', 2_900))).toMatchObject({
      untilAt: day(2_900 + 2_192),
    });
  });

  it('says when to look again', () => {
    expect(planRetention(facts({ at: day(101) })).nextAt).toEqual(day(128));
    expect(planRetention(facts({ at: day(128) })).nextAt).toEqual(day(2_292));
    expect(planRetention(facts()).nextAt).toBeNull();
  });
});

describe('given several orders', () => {
  it('goes by the one after which most time has to pass', () => {
    const policy: RetentionPolicy = { ...USUAL_POLICY, byOrderType: { bail: { trail: 365 } } };
    const orders = [order('long', 100), order('bail', 1_000, { type: 'bail' })];
    const [trail] = planRetention(facts({ policy, orders })).classes;
    expect(trail).toMatchObject({ governedBy: 'long', mayGoAt: day(2_292), days: 2_192 });
  });

  it('keeps a trail shorter only where zones were all that any order watched', () => {
    const zones = order('zones', 100, { isZoneOnly: true });
    const only = planRetention(facts({ orders: [zones] })).classes;
    expect(only.find((one) => one.dataClass === 'trail')).toMatchObject({ mayGoAt: day(161) });
    expect(only.find((one) => one.dataClass === 'found')).toMatchObject({ mayGoAt: day(2_292) });
    const both = planRetention(facts({ orders: [zones, order('all', 90)] })).classes;
    expect(both.find((one) => one.dataClass === 'trail')).toMatchObject({ mayGoAt: day(2_282) });
  });
});

describe('given that something still goes on', () => {
  it.each([
    ['an order without an end', { orders: [order('o-2', null), order('o-1', 1)] }, 'order-open'],
    ['an order that has not ended', { orders: [order('o-2', 3_001)] }, 'order-open'],
    ['an alert', { openAlerts: [alertIdSchema.parse('a-1')] }, 'alert-open'],
    ['a task', { openTasks: ['t-1'] }, 'task-open'],
    ['a hold', { holds: [holdIdSchema.parse('h-1')] }, 'under-hold'],
  ])('erases nothing because of %s', (_, more, kind) => {
    const about = facts(more);
    expect(goesOf(about, oneOfEach)).toEqual([]);
    expect(planRetention(about)).toMatchObject({ standing: [{ kind }], nextAt: null });
  });
});

describe('given somebody who never had an order', () => {
  it('counts from when they were last put on record', () => {
    const about = facts({ orders: [], lastKnownAt: day(900), at: day(3_091) });
    expect(goesOf(about, [piece('wearer', 900)])).toEqual([]);
    expect(goesOf({ ...about, at: day(3_092) }, [piece('wearer', 900)])).toEqual(['wearer-900']);
  });
});

const SHORT_BAIL: RetentionPolicy = {
  ...USUAL_POLICY,
  byOrderType: { bail: { trail: 365, found: 90, wearer: 90 } },
};

const someDays = fc.integer({ min: 0, max: 9_000 });
const someOrder = fc.record({
  orderId: fc.constantFrom('a', 'b', 'c').map((id) => orderIdSchema.parse(id)),
  type: fc.constantFrom(...orderTypeSchema.options),
  isZoneOnly: fc.boolean(),
  endsAt: fc.option(someDays.map(day)),
});
const someFacts = fc.record({
  at: someDays.map(day),
  policy: fc.constantFrom<RetentionPolicy>(USUAL_POLICY, SHORT_BAIL),
  orders: fc.array(someOrder, { maxLength: 3 }),
  holds: fc.array(fc.constant(holdIdSchema.parse('h-1')), { maxLength: 1 }),
  openAlerts: fc.constant([]),
  openTasks: fc.constant([]),
  lastKnownAt: someDays.map(day),
});
const somePieces = fc.array(
  fc.record({
    dataClass: fc.constantFrom(...DATA_CLASSES),
    name: fc.uuid(),
    at: someDays.map(day),
  }),
  { maxLength: 8 },
);

describe('given anything', () => {
  const property = (holds: (about: WearerFacts, pieces: readonly Piece[]) => void) =>
    fc.assert(fc.property(someFacts, somePieces, holds), { numRuns: 200 });

  it('lets nothing go that is under a hold', () => {
    property((about, pieces) => {
      expect(goesOf({ ...about, holds: [holdIdSchema.parse('h')] }, pieces)).toEqual([]);
    });
  });

  it('lets nothing go before the time of each order and its own', () => {
    property((about, pieces) => {
      const { goes } = planPieces(planRetention(about), pieces, { at: about.at, isAll: true });
      for (const { dataClass, at } of goes) {
        for (const order of about.orders) {
          const { endsAt } = order;
          const shortest = daysAfter(about.policy, dataClass, order);
          if (endsAt === null) throw new Error('something of an open order goes');
          expect(secondsAfter(endsAt, shortest * DAY_SECONDS)).toBeLessThanOrEqual(about.at);
        }
        expect(secondsAfter(at, 28 * DAY_SECONDS)).toBeLessThanOrEqual(about.at);
      }
    });
  });

  it('lets go later whatever went sooner, and never less', () => {
    fc.assert(
      fc.property(someFacts, somePieces, fc.integer({ min: 0, max: 9_000 }), (about, all, more) => {
        const orders = about.orders.filter(({ endsAt }) => endsAt !== null);
        const later = { ...about, orders, at: secondsAfter(about.at, more * DAY_SECONDS) };
        expect(goesOf(later, all)).toEqual(
          expect.arrayContaining(goesOf({ ...about, orders }, all)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('keeps no less for a policy that keeps longer, or for one order more', () => {
    fc.assert(
      fc.property(someFacts, somePieces, someOrder, (about, pieces, another) => {
        const now = goesOf(about, pieces);
        const policy = { ...about.policy, days: { plans: 4_000, texts: 400, wearer: 4_000 } };
        expect(now).toEqual(expect.arrayContaining(goesOf({ ...about, policy }, pieces)));
        if (about.orders.length === 0) return;
        const orders = [...about.orders, another];
        expect(now).toEqual(expect.arrayContaining(goesOf({ ...about, orders }, pieces)));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves no piece without a verdict', () => {
    property((about, pieces) => {
      const plan = planPieces(planRetention(about), pieces, { at: about.at, isAll: true });
      expect(plan.goes.length + plan.stays.length).toBe(pieces.length);
    });
  });
});
