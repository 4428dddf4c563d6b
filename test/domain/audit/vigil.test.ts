import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FAULTS,
  type Fault,
  type Finding,
  faultSchema,
  type Watcher,
} from '#domain/audit/faults.ts';
import {
  afterLook,
  afterTelling,
  beginVigil,
  untold,
  type Vigil,
  vigilSchema,
} from '#domain/audit/vigil.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';

const faultsSeenBy = (by: Watcher) =>
  faultSchema.options.filter((fault) => FAULTS[fault].seenBy === by);

const START = instant(Date.parse('2026-03-02T09:00:00Z'));
const minute = (n: number) => secondsAfter(START, n * 60);

const finding = (fault: Fault, count = 1, alertIds: string[] = []): Finding => ({
  ...{ fault, count, sinceAt: minute(-2) },
  alertIds: alertIds.map((id) => alertIdSchema.parse(id)),
});

type Step = readonly [by: Watcher, findings: readonly Finding[]];

const bothLook = (vigil: Vigil, at: Instant): Vigil => {
  const { auditor, canary } = vigil.looked;
  return { ...vigil, looked: { auditor: { ...auditor, at }, canary: { ...canary, at } } };
};

/** A minute passes with each step; what was told of is said after it. Neither watcher is silent. */
const live = (...steps: readonly Step[]) => {
  let vigil = beginVigil(START);
  const told = steps.map(([by, findings], i) => {
    const before = vigil.notices.length;
    vigil = afterLook(bothLook(vigil, minute(i)), { by, findings }, minute(i + 1));
    const notices = vigil.notices.slice(before);
    return notices.map(({ kind, findings: of }) => [kind, ...of.map(({ fault }) => fault)]);
  });
  return { told: told.map((notices) => notices.flat().join(' ')), vigil };
};

const well = ['auditor', []] as const;
const late = ['auditor', [finding('pages-late')]] as const;

describe('given something that is wrong', () => {
  it('tells of it at the first look, and not again while it stays so', () => {
    expect(live(late, late, late).told).toEqual(['blind pages-late', '', '']);
  });

  it('tells that it is over when nothing has been wrong for a minute', () => {
    expect(live(late, well, well).told).toEqual(['blind pages-late', '', 'back pages-late']);
  });

  it('tells of a second fault, and only of that', () => {
    const both = ['auditor', [finding('pages-late'), finding('alerts-late')]] as const;
    expect(live(late, both, both).told).toEqual(['blind pages-late', 'blind alerts-late', '']);
  });

  it('is not told twice of what comes and goes', () => {
    expect(live(late, well, late, well, well).told.filter((one) => one !== '')).toEqual([
      'blind pages-late',
      'back pages-late',
    ]);
  });

  it('tells again when it has grown threefold', () => {
    const grown = (count: number) => ['auditor', [finding('pages-late', count)]] as const;
    expect(live(grown(2), grown(5), grown(6), grown(17)).told).toEqual([
      ...['blind pages-late', '', 'blind pages-late', ''],
    ]);
  });

  it('says at the end the most of what there was, and which alerts', () => {
    const { vigil } = live(
      ['auditor', [finding('pages-late', 4, ['a', 'b'])]],
      ['auditor', [finding('pages-late', 2, ['c'])]],
      ...[well, well],
    );
    expect(vigil.notices.at(-1)).toMatchObject({
      ...{ kind: 'back', sinceAt: minute(-2) },
      findings: [{ fault: 'pages-late', count: 4, alertIds: ['a', 'b', 'c'] }],
    });
    expect(vigil.spell).toBeNull();
  });
});

describe('given a test alert that does not come back', () => {
  const lost = ['canary', [finding('test-alert-lost')]] as const;
  const fine = ['canary', []] as const;

  it('tells of it where nothing else is wrong', () => {
    expect(live(lost, fine, fine).told).toEqual([
      ...['blind test-alert-lost', '', 'back test-alert-lost'],
    ]);
  });

  it('says nothing of it to who was told already what is wrong', () => {
    expect(live(late, lost, lost).told).toEqual(['blind pages-late', '', '']);
  });

  it('is over only when the canary says so', () => {
    expect(live(lost, well, well, fine, fine).told.at(3)).toBe('');
    expect(live(lost, well, fine, fine).told.at(-1)).toBe('back test-alert-lost');
  });
});

describe('given a watcher that has fallen silent', () => {
  const alone = (by: Watcher, minutes: number) =>
    Array.from({ length: minutes }, (_, i) => minute(i + 1)).reduce(
      (vigil, now) => afterLook(vigil, { by, findings: [] }, now),
      beginVigil(START),
    );

  it.each([
    ['auditor', 'canary-silent'],
    ['canary', 'auditor-silent'],
  ] as const)('%s says at the third minute: %s', (by, fault) => {
    expect(alone(by, 2).notices).toEqual([]);
    expect(alone(by, 3).notices).toMatchObject([{ kind: 'blind', findings: [{ fault }] }]);
    expect(alone(by, 9).notices).toHaveLength(1);
  });

  it('is not blamed when both come back from a pause', () => {
    const paused = afterLook(beginVigil(START), { by: 'auditor', findings: [] }, minute(600));
    const next = afterLook(paused, { by: 'canary', findings: [] }, minute(600.9));
    expect(afterLook(next, { by: 'auditor', findings: [] }, minute(601)).notices).toEqual([]);
  });

  it('is missed all the same when only one comes back', () => {
    const minutes = [600, 601, 602].map(minute);
    const vigil = minutes.reduce(
      (before, now) => afterLook(before, { by: 'auditor', findings: [] }, now),
      beginVigil(START),
    );
    expect(vigil.notices).toMatchObject([{ findings: [{ fault: 'canary-silent' }] }]);
  });
});

describe('given a notice', () => {
  const blind = live(late).vigil;

  it('is for the watcher that found it, and after a minute for whoever looks', () => {
    expect(untold(blind, 'auditor', minute(1))).toHaveLength(1);
    expect(untold(blind, 'canary', minute(1))).toEqual([]);
    expect(untold(blind, 'canary', minute(2))).toHaveLength(1);
  });

  it('is told once', () => {
    const [notice] = blind.notices;
    if (notice === undefined) throw new Error('nothing to tell');
    const told = afterTelling(blind, notice, minute(1));
    expect(untold(told, 'auditor', minute(1))).toEqual([]);
    expect(untold(told, 'canary', minute(9))).toEqual([]);
  });

  it('is not made of what a watcher has told by itself, but its end is', () => {
    const findings = [finding('tables-unread')];
    const look = { by: 'auditor', findings, told: ['tables-unread'] } as const;
    const told = afterLook(beginVigil(START), look, minute(1));
    expect(told.notices).toEqual([]);
    const healed = afterLook(told, { by: 'auditor', findings: [] }, minute(2));
    const over = afterLook(bothLook(healed, minute(2)), { by: 'auditor', findings: [] }, minute(3));
    expect(over.notices).toMatchObject([{ kind: 'back' }]);
  });
});

describe('whatever is found, in whatever order', () => {
  type Made = Readonly<{ by: Watcher; findings: Finding[]; afterSeconds: number }>;
  const step: fc.Arbitrary<Made> = fc.constantFrom<Watcher>('auditor', 'canary').chain((by) =>
    fc.record({
      by: fc.constant(by),
      findings: fc
        .uniqueArray(fc.constantFrom(...faultsSeenBy(by)), { maxLength: 3 })
        .chain((faults) =>
          fc.tuple(...faults.map((f) => fc.nat(30).map((n) => finding(f, n + 1)))),
        ),
      afterSeconds: fc.integer({ min: 0, max: 200 }),
    }),
  );

  const run = (steps: readonly Made[]): Vigil => {
    let now = START;
    return steps.reduce((vigil, { by, findings, afterSeconds }) => {
      now = secondsAfter(now, afterSeconds);
      return afterLook(vigil, { by, findings }, now);
    }, beginVigil(START));
  };

  it('the end of a spell is told once, and never without its beginning', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { notices, spell } = run(steps);
        const ends = notices.flatMap(({ kind }, i) => (kind === 'back' ? [i] : []));
        for (const i of ends) expect(notices[i - 1]?.kind).toBe('blind');
        expect(notices.at(-1)?.kind ?? 'back').toBe(spell === null ? 'back' : 'blind');
      }),
    );
  });

  it('a look that is made twice tells nothing twice', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const repeated = steps.flatMap((one) => [one, { ...one, afterSeconds: 0 }]);
        expect(run(repeated).notices).toEqual(run(steps).notices);
      }),
    );
  });

  it('what is kept can be read again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const vigil = run(steps);
        expect(vigilSchema.parse(JSON.parse(JSON.stringify(vigil)))).toEqual(vigil);
      }),
    );
  });

  it('each fault is looked at by exactly one watcher', () => {
    const all = faultSchema.options;
    expect([...all].sort()).toEqual([...faultSchema.options].sort());
  });
});
