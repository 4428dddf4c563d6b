import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GUARDS } from '#local/simulate/guards/all.ts';
import { takenAway } from '#local/simulate/guards/guard.ts';

const sourceOf = (file: string): string => readFileSync(file, 'utf8');

/** Where in the functions a write is made on a condition; types and copies of it are none. */
const conditions = globSync('functions/**/*.ts').flatMap((file) => {
  const source = sourceOf(file);
  const found = [...source.matchAll(/(?<!Key)ConditionExpression\s*[:=,][^\n]*/g)];
  return found
    .filter(([text]) => !/ConditionExpression: string/.test(text))
    .map(({ index, 0: text }) => ({ file, index, text, source }));
});

const isListed = ({ file, index, source }: (typeof conditions)[number]): boolean =>
  GUARDS.filter((guard) => guard.file === file)
    .flatMap(({ text, beside }) => (beside === undefined ? [text] : [text, beside.text]))
    .some((text) => {
      const from = source.indexOf(text);
      return index >= from && index < from + text.length;
    });

describe('the list of guards', () => {
  it.each(GUARDS.map((guard) => [guard.name, guard] as const))(
    'has %s as it stands',
    (_, guard) => {
      expect(takenAway(guard, sourceOf(guard.file))).not.toBe(sourceOf(guard.file));
    },
  );

  it('has every condition of a write', () => {
    expect(conditions.length).toBeGreaterThan(20);
    const unlisted = conditions.filter((one) => !isListed(one));
    expect(unlisted.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it('names the test of each guard that no run can tell', () => {
    const named = GUARDS.flatMap(({ unseen }) => (unseen === undefined ? [] : [unseen.test]));
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('names each once', () => {
    expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length);
  });

  it('refuses a guard that is not there', () => {
    const [guard] = GUARDS;
    if (guard === undefined) throw new Error('there are no guards');
    expect(() => takenAway(guard, 'nothing')).toThrow(/0 times/);
    expect(() => takenAway(guard, guard.text + guard.text)).toThrow(/2 times/);
  });
});
