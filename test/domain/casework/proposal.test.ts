import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decisionSchema, foundOf } from '#domain/casework/decision.ts';
import { proposalsOf } from '#domain/casework/proposal.ts';
import type { Finding, ProposalFacts } from '#domain/casework/proposal-facts.ts';
import { levelAt, supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import { USUAL_POLICY } from '#domain/model/casework-policy.ts';
import { type Disposition, dispositionSchema } from '#domain/model/closing.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { type ViolationReason, violationReasonSchema } from '#domain/model/reasons.ts';
import { OFFICER, T, violation } from '#test/support/alerts.ts';
import { orderWith } from '#test/support/orders.ts';

const DAY = 86_400;
const NOW = secondsAfter(T, 20 * DAY);
const daysAgo = (days: number) => secondsAfter(NOW, -days * DAY);

let nth = 0;
const finding = (
  reason: ViolationReason,
  days: number,
  fields: Readonly<Record<string, unknown>> = {},
): Finding => {
  nth += 1;
  const openedAt = daysAgo(days);
  return {
    violation: violation({ violationId: `w-1.c.${nth}`, reason, openedAt, ...fields }),
    closed: null,
  };
};
const closedAs = (found: Finding, disposition: Disposition, days = 1): Finding => ({
  ...found,
  closed: { by: OFFICER, at: daysAgo(days), disposition, reason: 'spoken to' },
});

const facts = (fields: Partial<ProposalFacts> = {}): ProposalFacts => ({
  ...{ now: NOW, order: orderWith({}), policy: USUAL_POLICY, level: levelAt([], NOW) },
  ...{ findings: [], decisions: [], minutes: null, textsOff: [], ...fields },
});
const wordsOf = (given: ProposalFacts) =>
  proposalsOf(given).proposals.map(({ kind, grounds }) => [
    kind,
    grounds.map(({ words }) => words).join('; '),
  ]);

const decision = (
  kind: string,
  of: readonly Finding[],
  days: number,
  more: object = {},
): Decision =>
  decisionSchema.parse({
    ...{ decisionId: `d-${days}`, orderId: 'o-1', by: 'officer', reason: 'weighed', kind },
    considered: of.map(({ violation: { violationId } }) => ({
      kind: 'violation',
      id: violationId,
    })),
    ...{ letter: { expected: 'be in time', howToAnswer: 'call' }, because: 'explained' },
    decidedAt: toIso(daysAgo(days)),
    found: of
      .map((one) => foundOf(one.violation))
      .map((one) => ({ ...one, openedAt: toIso(one.openedAt), endedAt: null })),
    ...more,
  });

describe('a proposal', () => {
  it('is none where nothing was found', () => {
    expect(proposalsOf(facts())).toEqual({ proposals: [], warnings: 0, heldBack: null });
  });

  it('says its grounds in plain words, and the mildest adequate answer first', () => {
    const late = [12, 6, 1].map((days) => finding('returned-late', days));
    const missed = [30, 3].map((days) => finding('missed-appointment', days));
    const [of] = late.map(({ violation: one }) => one);
    const pieces = [{ from: of?.openedAt ?? NOW, until: secondsAfter(NOW, 0) }];
    const { conditionId } = of ?? violation({});
    const minutes = { conditionId, minutes: 104.4, limitMinutes: 120, pieces };
    expect(wordsOf(facts({ findings: [...late, ...missed], minutes }))).toEqual([
      ['first-warning', 'third late return in 14 days; 104 of 120 min of absence'],
      ['breach-initiated', 'two appointments missed without excuse'],
    ]);
  });

  it('names the violations of each ground, the oldest first', () => {
    const late = [1, 12, 6].map((days) => finding('returned-late', days));
    const [proposal] = proposalsOf(facts({ findings: late })).proposals;
    expect(proposal?.grounds[0]?.violationIds).toEqual(
      [late[1], late[2], late[0]].map((one) => one?.violation.violationId),
    );
  });

  it('is none of two late returns, nor of what lies longer back', () => {
    const late = [15, 6, 1].map((days) => finding('returned-late', days));
    expect(wordsOf(facts({ findings: late }))).toEqual([]);
  });

  it('says how many checks expired that no text had asked for', () => {
    const expired = [9, 6, 3].map((days) => finding('check-expired', days));
    const textsOff = [
      { fromAt: daysAgo(10), untilAt: daysAgo(8) },
      // Off until just then: it was on when the second was due.
      { fromAt: daysAgo(7), untilAt: daysAgo(6) },
      { fromAt: daysAgo(3), untilAt: null },
    ];
    const words = 'let a check expire unanswered, three times in 14 days';
    expect(wordsOf(facts({ findings: expired }))).toEqual([['first-warning', words]]);
    expect(wordsOf(facts({ findings: expired, textsOff }))).toEqual([
      ['first-warning', `${words}, two while texts to them were off`],
    ]);
    const opened = [finding('strap-open', 3)];
    expect(wordsOf(facts({ findings: opened, textsOff }))).toEqual([
      ['first-warning', 'strap open in 14 days'],
    ]);
  });

  it('is a recall for somebody on licence', () => {
    const missed = [30, 3].map((days) => finding('missed-appointment', days));
    const order = orderWith({ type: 'home-detention-curfew' });
    expect(wordsOf(facts({ findings: missed, order }))).toEqual([
      ['recall-requested', 'two appointments missed without excuse'],
    ]);
  });

  it('leaves out what was excused, by a decision, by closing, or by evaluation', () => {
    const [a, b, c] = [30, 20, 3].map((days) => finding('missed-appointment', days));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three');
    const two = 'two appointments missed without excuse';
    expect(wordsOf(facts({ findings: [a, b] }))).toEqual([['breach-initiated', two]]);
    const one = [['first-warning', 'one appointment missed without excuse']];
    const excused = closedAs(b, 'no-action-authorised-absence');
    expect(wordsOf(facts({ findings: [a, excused] }))).toEqual(one);
    const gone = { ...b, violation: { ...b.violation, status: 'withdrawn' as const } };
    expect(wordsOf(facts({ findings: [a, gone] }))).toEqual(one);
    const decisions = [decision('no-action', [b], 2)];
    expect(wordsOf(facts({ findings: [a, b], decisions }))).toEqual(one);
  });

  it('is not made again of what a decision has answered, and is graver after a warning', () => {
    const late = [12, 8, 6].map((days) => finding('returned-late', days));
    const decisions = [decision('first-warning', late, 5)];
    expect(wordsOf(facts({ findings: late, decisions }))).toEqual([]);
    const more = [...late, finding('returned-late', 1)];
    expect(wordsOf(facts({ findings: more, decisions }))).toEqual([
      ['second-warning', 'fourth late return in 14 days'],
    ]);
    const both = [...decisions, decision('second-warning', more, 3)];
    const again = [...more, finding('left-during', 0)];
    expect(wordsOf(facts({ findings: again, decisions: both }))).toEqual([
      ['breach-initiated', 'left home during curfew in 14 days'],
    ]);
  });

  it('reckons with a warning by which an alert was closed', () => {
    const warned = closedAs(finding('left-during', 9), 'first-warning', 9);
    const findings = [warned, finding('left-during', 1)];
    expect(proposalsOf(facts({ findings }))).toMatchObject({ warnings: 1 });
    expect(wordsOf(facts({ findings }))).toEqual([
      ['second-warning', 'left home during curfew, two times in 14 days'],
    ]);
  });

  it.each(['device-silent', 'battery-critical', 'no-position', 'impossible-movement'] as const)(
    'never holds %s against anybody',
    (reason) => {
      const findings = [1, 2, 3].map((days) => finding(reason, days));
      expect(wordsOf(facts({ findings }))).toEqual([]);
    },
  );

  it('of early signs is support', () => {
    const findings = [finding('near-zones', 2, { rule: 'early-warning' })];
    expect(wordsOf(facts({ findings }))).toEqual([
      ['supervision-level', 'is near an exclusion zone again and again in 14 days'],
    ]);
  });

  it('goes at once to a breach where somebody is watched closely', () => {
    const order = orderWith({ mappa: { level: 2, category: 2 } });
    expect(wordsOf(facts({ findings: [finding('returned-late', 1)], order }))).toEqual([
      ['breach-initiated', 'returned late for curfew in 14 days'],
    ]);
  });

  it('puts care first: while it is needed nothing is held against anybody', () => {
    const concern = finding('welfare-concern', 1, { conditionKind: 'welfare', rule: 'welfare' });
    const findings = [concern, finding('left-during', 1)];
    expect(proposalsOf(facts({ findings }))).toMatchObject({
      ...{ heldBack: 'care-first', proposals: [{ kind: 'referral' }] },
    });
    const care = supervisionLevelSchema.parse({
      ...{ levelId: 'l', level: 'reduced-for-care', from: toIso(daysAgo(1)) },
      ...{ until: toIso(secondsAfter(NOW, DAY)), by: 'officer', reason: 'in hospital' },
    });
    const level = levelAt([care], NOW);
    const left = [finding('left-during', 1)];
    expect(proposalsOf(facts({ findings: left, level }))).toMatchObject({
      ...{ heldBack: 'care-first', proposals: [] },
    });
  });
});

const REASONS_FOUND = ['returned-late', 'left-during', 'missed-appointment', 'strap-open'] as const;
const histories = fc.array(fc.tuple(fc.constantFrom(...REASONS_FOUND), fc.nat(40)), {
  maxLength: 8,
});
const RANK = ['supervision-level', 'first-warning', 'second-warning', 'breach-initiated'];
const gravest = (given: ProposalFacts): number =>
  Math.max(-1, ...proposalsOf(given).proposals.map(({ kind }) => RANK.indexOf(kind)));

describe('whatever is on record', () => {
  it('the order in which it is read changes nothing', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const findings = history.map(([reason, days]) => finding(reason, days));
        const backwards = findings.toReversed();
        expect(gravest(facts({ findings: backwards }))).toBe(gravest(facts({ findings })));
      }),
      { numRuns: 50 },
    );
  });

  it('excusing something never makes a proposal graver, and all of it leaves none', () => {
    fc.assert(
      fc.property(histories, fc.nat(7), (history, i) => {
        const findings = history.map(([reason, days]) => finding(reason, days));
        const excused = findings.map((one, n) =>
          n === i ? closedAs(one, 'no-action-explained') : one,
        );
        expect(gravest(facts({ findings: excused }))).toBeLessThanOrEqual(
          gravest(facts({ findings })),
        );
        const all = findings.map((one) => closedAs(one, 'no-action-explained'));
        expect(gravest(facts({ findings: all }))).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });

  it('each ground names what was found, and nothing else', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const findings = history.map(([reason, days]) => finding(reason, days));
        const known = new Set(findings.map(({ violation: { violationId } }) => violationId));
        const grounds = proposalsOf(facts({ findings })).proposals.flatMap((one) => one.grounds);
        for (const { violationIds } of grounds) {
          expect(violationIds.length).toBeGreaterThan(0);
          expect(violationIds.every((id) => known.has(id))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the grounds of a proposal', () => {
  const LATE = ['returned-late', 'out-at-start', 'out-after-leave'];
  const ABSENT = ['left-during', 'out-during', 'out-at-end', 'out-all-curfew'];
  const MISSED = ['missed-appointment', 'missed-appointment-again'];
  const LETS_GO = ['no-action-equipment', 'no-action-explained', 'no-action-authorised-absence'];

  const made = fc.record({
    reason: fc.constantFrom('returned-late', 'left-during', 'missed-appointment', 'strap-open'),
    /** Also exactly at the edges of what is looked back on, and a millisecond from them. */
    ago: fc.oneof(
      fc.integer({ min: 0, max: 40 * DAY * 1_000 }),
      fc
        .constantFrom(14 * DAY, 366 * DAY)
        .chain((s) => fc.integer({ min: -1, max: 1 }).map((ms) => s * 1_000 + ms)),
    ),
    fate: fc.constantFrom(
      ...['stands', 'stands', 'stands', 'withdrawn', 'excused', 'graver', 'let-go', 'decided'],
    ),
    lets: fc.constantFrom(...LETS_GO),
  });

  const findingOf = ({ reason, ago, fate, lets }: Made, i: number): Finding => {
    const openedAt = secondsAfter(NOW, -ago / 1_000);
    const status = fate === 'withdrawn' || fate === 'excused' ? 'withdrawn' : 'ended';
    const endReason =
      fate === 'excused' ? 'excused' : fate === 'graver' ? 'became-graver' : 'back-in-order';
    const endedAt = secondsAfter(openedAt, 60);
    const of = { violationId: `w-1.c.m${i}`, openedAt, endedAt, status, endReason };
    const found = { violation: violation({ ...of, reason: reasonOf(reason) }), closed: null };
    return fate === 'let-go' ? closedAs(found, dispositionOf(lets)) : found;
  };
  const reasonOf = (name: string) => violationReasonSchema.parse(name);
  const dispositionOf = (name: string) => dispositionSchema.parse(name);
  type Made = Readonly<{ reason: string; ago: number; fate: string; lets: string }>;

  const since = (all: readonly Made[], reasons: readonly string[], days: number): number[] =>
    all.flatMap(({ reason, ago, fate }, i) =>
      fate === 'stands' && reasons.includes(reason) && ago <= days * DAY * 1_000 ? [i] : [],
    );
  const idsOf = (indices: readonly number[]) => indices.map((i) => `w-1.c.m${i}`).toSorted();

  it('are the data and nothing else: what stands, within its days, counted one by one', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), (all) => {
        const findings = all.map(findingOf);
        const explained = findings.filter((_, i) => all[i]?.fate === 'decided');
        const decisions = explained.length === 0 ? [] : [decision('no-action', explained, 1)];
        const { proposals } = proposalsOf(facts({ findings, decisions }));
        const grounds = new Map(proposals.flatMap((p) => p.grounds).map((g) => [g.code, g]));
        const named = (code: string) => [...(grounds.get(code)?.violationIds ?? [])].toSorted();
        const late = since(all, LATE, 14);
        expect(named('late-returns')).toEqual(late.length >= 3 ? idsOf(late) : []);
        const missed = since(all, MISSED, 366);
        expect(named('appointments-missed')).toEqual(idsOf(missed));
        for (const reason of ['left-during', 'strap-open']) {
          expect(named(reason)).toEqual(idsOf(since(all, [reason], 14)));
        }
        expect(proposals.some(({ kind }) => kind === 'breach-initiated')).toBe(missed.length >= 2);
      }),
    );
  });

  it('name of a sum of minutes the absences in it, less what was let go', () => {
    const hours = fc.record({
      reason: fc.constantFrom(...[...LATE, ...ABSENT].slice(0, 6)),
      minutes: fc.integer({ min: 1, max: 60 }),
      fate: fc.constantFrom('stands', 'stands', 'let-go', 'before'),
    });
    fc.assert(
      fc.property(fc.array(hours, { minLength: 1, maxLength: 8 }), (all) => {
        const stretches = all.map(({ minutes }, i) => {
          const from = daysAgo(all[i]?.fate === 'before' ? 100 + i : 1 + i);
          return { from, until: secondsAfter(from, minutes * 60) };
        });
        const findings = all.map(({ reason, fate }, i): Finding => {
          const { from: openedAt = NOW, until: endedAt = NOW } = stretches[i] ?? {};
          const of = { violationId: `w-1.c.m${i}`, openedAt, endedAt, status: 'ended' as const };
          const found = { violation: violation({ ...of, reason: reasonOf(reason) }), closed: null };
          return fate === 'let-go' ? closedAs(found, 'no-action-explained') : found;
        });
        const pieces = stretches.filter((_, i) => all[i]?.fate !== 'before');
        const { conditionId } = findings[0]?.violation ?? violation({});
        const sumOf = (of: readonly { minutes: number }[]) =>
          of.reduce((sum, { minutes }) => sum + minutes, 0);
        const minutes = sumOf(all.filter(({ fate }) => fate !== 'before'));
        const counting = all.flatMap(({ fate }, i) => (fate === 'stands' ? [i] : []));
        const left = sumOf(counting.map((i) => all[i] ?? { minutes: 0 }));
        const sum = { conditionId, minutes, limitMinutes: 100, pieces };
        const { proposals } = proposalsOf(facts({ findings, minutes: sum }));
        const [ground] = proposals
          .flatMap(({ grounds }) => grounds)
          .filter(({ code }) => code === 'minutes-added');
        expect(ground?.words).toBe(left >= 80 ? `${left} of 100 min of absence` : undefined);
        expect([...(ground?.violationIds ?? [])].toSorted()).toEqual(
          left >= 80 ? idsOf(counting) : [],
        );
      }),
    );
  });
});
