import { describe, expect, it } from 'vitest';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import type { RuleName } from '#domain/model/rule-name.ts';
import { check, fix, status } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const OPENED = at('2026-06-01T12:00:00Z');
const LATER = secondsAfter(OPENED, 60);
const EVENTS = {
  fix: fix(LATER, HOME),
  cell: fix(LATER, HOME, { source: 'cell' }),
  absent: check(LATER, 'absent'),
  present: check(LATER, 'present'),
  before: check(secondsAfter(OPENED, -1), 'failed', 'phone'),
  battery: status(LATER, { batteryPercent: 50 }),
  strap: status(LATER, { strap: 'open' }),
};

describe('what speaks for what a rule found', () => {
  it.each<[RuleName, readonly (keyof typeof EVENTS)[]]>([
    ['battery', ['battery']],
    ['tamper', ['strap']],
    ['location-lost', ['battery', 'strap']],
    ['implausible-movement', ['fix']],
    ['check-missed', ['absent']],
    ['device-silent', []],
    ['never-fitted', []],
    ['early-warning', []],
    ['accumulated-time', []],
    ['check-prompt', []],
    ['way-home', []],
  ])('is, for %s, %j', (rule, speak) => {
    const isEvidence = ruleCalled(rule)?.isEvidence;
    const found = Object.entries(EVENTS).filter(([, event]) => isEvidence?.(event, OPENED));
    expect(isEvidence).toBeDefined();
    expect(found.map(([name]) => name)).toEqual(speak);
  });

  it.each<RuleName>(['curfew-absence', 'exclusion-zone', 'inclusion-zone'])(
    'is, for %s, what its question says',
    (rule) => {
      expect(ruleCalled(rule)?.isEvidence).toBeUndefined();
    },
  );
});
