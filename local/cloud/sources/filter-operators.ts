import * as z from 'zod';

const numericSchema = z.array(z.union([z.string(), z.number()])).min(2);

type Term = readonly [operator: unknown, bound: number];

const compare = (value: number, [operator, bound]: Term, where: string): boolean => {
  switch (operator) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      throw new Error(`${where}: numeric filter operator ${operator} is not known.`);
  }
};

const isNumeric = (rule: unknown, value: unknown, where: string): boolean => {
  const terms = numericSchema.parse(rule);
  let holds = typeof value === 'number';
  for (let index = 0; index < terms.length; index += 2) {
    const term: Term = [terms[index], Number(terms[index + 1])];
    const within = compare(typeof value === 'number' ? value : 0, term, where);
    holds = holds && within;
  }
  return holds;
};

const startsWith = (value: unknown, prefix: unknown): boolean =>
  typeof value === 'string' && value.startsWith(z.string().parse(prefix));

const endsWith = (value: unknown, suffix: unknown): boolean =>
  typeof value === 'string' && value.endsWith(z.string().parse(suffix));

const isNot = (value: unknown, excluded: unknown, where: string): boolean => {
  if (Array.isArray(excluded)) return value !== undefined && !excluded.includes(value);
  if (typeof excluded !== 'object' || excluded === null) {
    return value !== undefined && value !== excluded;
  }
  const { prefix, ...others } = z.looseObject({ prefix: z.string() }).parse(excluded);
  if (Object.keys(others).length > 0) throw new Error(`${where}: unknown anything-but filter.`);
  return value !== undefined && !startsWith(value, prefix);
};

/**
 * One rule of a filter's array against one value: an exact value, or an object with one operator
 * (prefix, suffix, exists, anything-but, numeric, equals-ignore-case). Throws on an operator that
 * it does not know.
 */
export const matchesLeaf = (rule: unknown, value: unknown, where: string): boolean => {
  if (typeof rule !== 'object' || rule === null) return value === rule;
  const [entry, ...others] = Object.entries(rule);
  if (entry === undefined || others.length > 0) {
    throw new Error(`${where}: a filter rule has exactly one operator: ${JSON.stringify(rule)}.`);
  }
  const [operator, operand] = entry;
  switch (operator) {
    case 'exists':
      return z.boolean().parse(operand) === (value !== undefined);
    case 'prefix':
      return startsWith(value, operand);
    case 'suffix':
      return endsWith(value, operand);
    case 'anything-but':
      return isNot(value, operand, where);
    case 'numeric':
      return isNumeric(operand, value, where);
    case 'equals-ignore-case':
      return (
        typeof value === 'string' && value.toLowerCase() === z.string().parse(operand).toLowerCase()
      );
    default:
      throw new Error(`${where}: filter operator "${operator}" is not known to the local cloud.`);
  }
};
