import { describe, expect, it } from 'vitest';
import {
  type Hearable,
  type HearsNow,
  toldFirst,
  whoMayHear,
  whyNotAsked,
  whyNotByHand,
  whyNotUpdated,
} from '#domain/liaison/who-may-hear.ts';
import { type Page, pagePurposeSchema } from '#domain/model/alert.ts';
import { REASONS, violationReasonSchema } from '#domain/model/reasons.ts';
import { facts, person, violation } from '#test/support/alerts.ts';
import { CLOSED, OPEN } from '#test/support/given-alert.ts';
import { liaison, liaisonId } from '#test/support/liaisons.ts';

const MET = liaisonId('met');
const CARE = liaisonId('care');
const order = { policeForce: MET, policeKinds: ['exclusion-zone' as const], liaisons: [] };
const inZone: Hearable = {
  ...{ conditionKind: 'exclusion-zone', reason: 'inside-zone', severity: 'severe' },
};

const ask = (
  alert: Partial<Hearable> = {},
  fields: Readonly<Record<string, unknown>> = {},
  named: Partial<typeof order> = {},
) => {
  const known = liaison(fields);
  return whoMayHear({ ...order, ...named }, new Map([[known.liaisonId, known]]), {
    ...inZone,
    ...alert,
  })[0]?.whyNot;
};

describe('a police force that an order names', () => {
  it('may hear of an alert of a kind that the order lets it hear of', () => {
    expect(ask()).toBe(null);
  });

  it.each([
    ['of another kind', { conditionKind: 'curfew', reason: 'left-during' }, 'kind-not-for-police'],
    ['of the buffer', { reason: 'inside-buffer' }, 'reason-not-for-liaisons'],
    ['of a way through', { reason: 'passed-through' }, 'reason-not-for-liaisons'],
    ['of a transfer', { conditionKind: 'transfer' }, 'kind-not-for-police'],
    ['of a concern for welfare', { conditionKind: 'welfare' }, 'care-before-enforcement'],
  ] as const)('may not hear %s', (_, alert, whyNot) => {
    expect(ask(alert)).toBe(whyNot);
  });

  it.each(Object.entries(REASONS))('hears of %s only as an alert', (name, { telling }) => {
    const reason = violationReasonSchema.parse(name);
    expect(ask({ reason })).toBe(telling === 'alert' ? null : 'reason-not-for-liaisons');
  });
});

describe('any liaison', () => {
  it('hears of the classes of its policy, and of nothing below its severity', () => {
    expect(ask({}, { classes: ['curfew'] })).toBe('class-not-for-liaison');
    expect(ask({}, { leastSeverity: 'extreme' })).toBe('below-severity-for-liaison');
    expect(ask({ severity: 'extreme' }, { leastSeverity: 'extreme' })).toBe(null);
  });

  it('hears nothing after it has withdrawn its response, by hand or otherwise', () => {
    const responseWithdrawn = { since: '2026-03-01T00:00:00Z', reason: 'two false calls' };
    expect(ask({}, { responseWithdrawn })).toBe('response-withdrawn');
    expect(whyNotByHand(liaison({ responseWithdrawn }))).toBe('response-withdrawn');
  });

  it('that is not on record is named, and told nothing', () => {
    expect(whoMayHear(order, new Map(), inZone)).toEqual([
      { liaisonId: MET, kind: null, whyNot: 'liaison-unknown' },
    ]);
    expect(whyNotByHand(null)).toBe('liaison-unknown');
  });

  it('of care hears of welfare, police and courts only because a person has decided so', () => {
    const care = liaison({ liaisonId: CARE, kind: 'support-service', classes: ['welfare'] });
    const court = liaison({ liaisonId: 'crown', kind: 'court', classes: ['welfare'] });
    const met = liaison();
    const liaisons = [care, court].map(({ liaisonId }) => ({ liaisonId, reference: null }));
    const named = { ...order, liaisons };
    const known = new Map([care, court, met].map((one) => [one.liaisonId, one]));
    const alert = { ...inZone, conditionKind: 'welfare' } as const;
    expect(whoMayHear(named, known, alert).map(({ whyNot }) => whyNot)).toEqual([
      'care-before-enforcement',
      null,
      'care-before-enforcement',
    ]);
    expect(whyNotByHand(met)).toBe(null);
  });
});

describe('a person who wants a liaison told', () => {
  it('may not have it told that nobody at a liaison accepts something', () => {
    expect(whyNotAsked({ ...OPEN, conditionKind: 'transfer' }, 'police')).toBe('for-people-alone');
  });

  it('may not have it told what is known now not to have been so', () => {
    const taken = facts({ violation: violation({ status: 'withdrawn' }) });
    expect(whyNotAsked({ ...OPEN, facts: taken }, 'police')).toBe('was-not-so');
    expect(whyNotAsked({ ...CLOSED, facts: taken }, 'court')).toBe('was-not-so');
  });

  it('may have a court told last: once the alert is closed', () => {
    expect(whyNotAsked(OPEN, 'court')).toBe('court-hears-last');
    expect(whyNotAsked(CLOSED, 'court')).toBe(null);
    expect(whyNotAsked({ ...OPEN, conditionKind: 'welfare' }, 'police')).toBe(null);
  });
});

describe('who is told first', () => {
  it("of a victim's safety is the victim's liaison, then the police, and never a court", () => {
    const near = { conditionKind: 'victim-proximity', reason: 'near-protected-person' } as const;
    expect(toldFirst(near)).toEqual(['victim-liaison', 'police', 'mappa-panel']);
    const lost = { ...near, reason: 'protected-device-lost' } as const;
    expect(toldFirst(lost)).not.toContain('police');
  });

  it('of a concern for welfare is care, and nobody who enforces', () => {
    const first = toldFirst({ ...inZone, conditionKind: 'welfare' });
    expect(first).toContain('support-service');
    expect(first).not.toContain('police');
  });

  it('of a transfer that nobody accepts is nobody outside', () => {
    expect(toldFirst({ ...inZone, conditionKind: 'transfer' })).toEqual([]);
  });
});

describe('a liaison that was told', () => {
  const ALERT = { purpose: 'update', conditionKind: 'exclusion-zone' } as const;
  const update = (fields: Partial<Page> = {}) => ({ ...ALERT, inFeed: undefined, ...fields });
  const byHand = {
    ...{ sequence: 2, follows: null, outcome: null },
    decision: { rule: 'by-hand' as const, by: person('officer'), reason: 'a danger' },
  };
  const now = (fields: object = {}, named: Partial<HearsNow['order']> = {}) => ({
    liaison: liaison({ ...fields }),
    order: named === null ? null : { ...order, ...named },
  });
  const responseWithdrawn = { since: '2026-03-01T00:00:00Z', reason: 'two false calls' };

  it('is told what has changed while its policy and the order let it', () => {
    expect(whyNotUpdated(update(), now())).toBe(null);
    expect(whyNotUpdated(update(), now({ leastSeverity: 'extreme' }))).toBe(null);
  });

  it.each([
    ['its policy has the class no more', now({ classes: ['curfew'] }), 'class-not-for-liaison'],
    ['the order names it no more', now({}, { policeForce: null }), 'not-named-any-more'],
    ['there is no order any more', now({}, null), 'not-named-any-more'],
    [
      'the order keeps the kind from the police',
      now({}, { policeKinds: [] }),
      'kind-not-for-police',
    ],
    ['it does not come any more', now({ responseWithdrawn }), 'response-withdrawn'],
    ['nothing is on record of it', { ...now(), liaison: null }, 'liaison-unknown'],
  ] as const)('is not where %s', (_, hears, whyNot) => {
    expect(whyNotUpdated(update(), hears)).toBe(whyNot);
  });

  it('of a concern for welfare is not where it enforces', () => {
    const whyNot = whyNotUpdated(update({ conditionKind: 'welfare' }), now());
    expect(whyNot).toBe('care-before-enforcement');
  });

  it('because a person decided so is, whatever order and policy say, while it comes', () => {
    const told = update({ conditionKind: 'welfare', inFeed: byHand });
    expect(whyNotUpdated(told, now({ classes: ['curfew'] }, null))).toBe(null);
    expect(whyNotUpdated(told, now({ responseWithdrawn }))).toBe('response-withdrawn');
  });

  it.each(pagePurposeSchema.exclude(['update']).options)('is always told a %s', (purpose) => {
    expect(whyNotUpdated(update({ purpose }), { liaison: null, order: null })).toBe(null);
  });
});
