import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begun,
  type Canary,
  cameBack,
  canaryFindings,
  canarySchema,
  isRoundDue,
  judged,
  REST,
  uploaded,
} from '#domain/audit/canary.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';

const START = instant(Date.parse('2026-03-02T09:00:00Z'));
const seconds = (count: number): Instant => secondsAfter(START, count);
const faultsAt = (canary: Canary, at: number) =>
  canaryFindings(judged(canary, seconds(at)), seconds(at)).map(({ fault }) => fault);

const out = uploaded(begun(REST, START), START, true);

describe('given a test alert that is out', () => {
  it('is waited for, for two minutes', () => {
    expect(faultsAt(out, 119)).toEqual([]);
    expect(faultsAt(out, 120)).toEqual(['test-alert-lost']);
  });

  it('is not missed once it has come back', () => {
    expect(faultsAt(cameBack(out, START, seconds(2)), 600)).toEqual([]);
  });

  it('is remembered as it was where there is nothing new', () => {
    expect(judged(out, seconds(119))).toBe(out);
    const lost = judged(out, seconds(120));
    expect(judged(lost, seconds(180))).toBe(lost);
    expect(uploaded(out, seconds(0), true)).toBe(out);
  });

  it('is followed by the next after two minutes, even where the rule fires early', () => {
    expect([60, 104, 105, 120].map((s) => isRoundDue(out, 120, seconds(s)))).toEqual([
      ...[false, false, true, true],
    ]);
  });
});

describe('given one that was lost', () => {
  const lost = judged(out, seconds(120));
  const next = uploaded(begun(lost, seconds(120)), seconds(120), true);

  it('is lost since it began, through all rounds that do not come back', () => {
    expect(next.lostSinceAt).toBe(START);
    expect(judged(next, seconds(240)).lostSinceAt).toBe(START);
  });

  it('is found again with whichever comes back, be it late', () => {
    expect(faultsAt(cameBack(next, START, seconds(130)), 130)).toEqual([]);
    expect(faultsAt(cameBack(next, seconds(120), seconds(130)), 300)).toEqual([]);
  });

  it('does not let a late one stand for the round that is out', () => {
    expect(faultsAt(cameBack(next, START, seconds(130)), 240)).toEqual(['test-alert-lost']);
  });
});

describe('given an upload that is not accepted', () => {
  const refused = uploaded(begun(REST, START), START, false);

  it('is tried again a minute later, and told then', () => {
    expect(faultsAt(refused, 0)).toEqual([]);
    expect(isRoundDue(refused, 120, seconds(60))).toBe(true);
    const again = uploaded(begun(refused, seconds(60)), seconds(60), false);
    expect(faultsAt(again, 60)).toEqual(['events-refused']);
  });

  it('is not held for a test alert that was lost', () => {
    expect(faultsAt(refused, 600)).toEqual(['events-refused']);
  });

  it('is over with the first that is', () => {
    const again = uploaded(begun(refused, seconds(60)), seconds(60), true);
    expect(faultsAt(again, 60)).toEqual([]);
  });
});

describe('whatever happens', () => {
  const step = fc.constantFrom('judge', 'begin', 'accept', 'refuse', 'back');

  it('what is kept can be read again, and a round that came back is no fault', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const canary = steps.reduce((before, what, i) => {
          const now = seconds(i * 60);
          if (what === 'judge') return judged(before, now);
          if (what === 'begin') return begun(before, now);
          if (what === 'back') return cameBack(before, before.startedAt ?? START, now);
          return uploaded(before, now, what === 'accept');
        }, REST);
        expect(canarySchema.parse(JSON.parse(JSON.stringify(canary)))).toEqual(canary);
        const now = seconds(steps.length * 60);
        expect(canaryFindings(cameBack(canary, START, now), now).map((f) => f.fault)).not.toContain(
          'test-alert-lost',
        );
      }),
    );
  });
});
