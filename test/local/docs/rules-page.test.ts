import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '#domain/evaluate/rules.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { UNJUDGED } from '#domain/model/rule-name.ts';
import { countTests } from '#local/docs/count-tests.ts';
import { rulesPage } from '#local/docs/rules-page.ts';

const described = RULES.map((rule) => ({ rule, counted: countTests(rule.name) }));
const page = rulesPage(described);

describe('given the rules as they stand', () => {
  it('is what docs/rules.md says; if not, npm run docs:rules writes it anew', () => {
    const written = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
    expect(written).toBe(page);
  });

  it('gives every threshold its bounds, its usual value and what that rests on', () => {
    for (const { thresholds, usual, basis } of RULES) {
      for (const name of Object.keys(thresholds.shape)) {
        const line = page.split('\n').find((text) => text.startsWith(`| \`${name}\` |`));
        expect(line, name).toMatch(/\| -?[\d.]+ \| -?[\d.]+ \| -?[\d.]+ \| .+ \|/);
        expect([typeof usual[name], (basis[name] ?? '').length > 3], name).toEqual([
          'number',
          true,
        ]);
      }
    }
  });

  it('names every reason under its rule, and no reason has a rule that judges nothing', () => {
    const names = new Set([...RULES.map(({ name }) => name), ...UNJUDGED]);
    for (const [reason, { rule, happened }] of Object.entries(REASONS)) {
      expect(names, reason).toContain(rule);
      expect(page).toContain(`| \`${reason}\` | ${happened} |`);
    }
  });

  it('finds tests of every rule', () => {
    for (const { rule, counted } of described) expect(counted.tests, rule.name).toBeGreaterThan(1);
  });
});
