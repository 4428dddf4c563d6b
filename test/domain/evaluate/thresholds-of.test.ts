import { describe, expect, it } from 'vitest';
import { curfewAbsence } from '#domain/evaluate/rules/curfew-absence.ts';
import { RULES } from '#domain/evaluate/rules.ts';
import { thresholdsOf } from '#domain/evaluate/thresholds-of.ts';
import { curfewConditionSchema } from '#domain/model/conditions/curfew.ts';
import { thresholdPolicyIdSchema } from '#domain/model/ids.ts';
import { HOME } from '#test/support/supervisions.ts';

const curfew = (fields: object = {}) =>
  curfewConditionSchema.parse({
    ...{ conditionId: 'c', kind: 'curfew', timetableId: 'night', place: HOME },
    ...fields,
  });
const policy = (graceSeconds: number) => ({
  legalBasis: 'the agency',
  thresholdPolicyId: thresholdPolicyIdSchema.parse('usual'),
  thresholds: { 'curfew-absence': { graceSeconds } },
});

describe('the numbers by which a rule goes', () => {
  it('are the usual ones where nobody says otherwise', () => {
    expect(thresholdsOf(curfewAbsence, curfew(), null)).toEqual(curfewAbsence.usual);
  });

  it("are the agency's before the usual ones, and the order's before both", () => {
    expect(thresholdsOf(curfewAbsence, curfew(), policy(60)).graceSeconds).toBe(60);
    const ordered = curfew({ graceSeconds: 0 });
    expect(thresholdsOf(curfewAbsence, ordered, policy(60)).graceSeconds).toBe(0);
  });

  it('are refused out of bounds', () => {
    expect(() => thresholdsOf(curfewAbsence, curfew(), policy(-1))).toThrow();
  });

  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    'of %s have a usual value within bounds and a basis each',
    (_, rule) => {
      const names = Object.keys(rule.thresholds.shape).sort();
      expect(rule.thresholds.parse(rule.usual)).toEqual(rule.usual);
      expect(Object.keys(rule.usual).sort()).toEqual(names);
      expect(Object.keys(rule.basis).sort()).toEqual(names);
      for (const basis of Object.values(rule.basis)) expect(basis.length).toBeGreaterThan(10);
    },
  );
});
