import * as z from 'zod';
import { matchesLeaf } from './filter-operators.ts';

/** Whether an event source mapping passes this record on to its function. */
export type EventFilter = (record: unknown) => boolean;

const objectSchema = z.record(z.string(), z.unknown());
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const criteriaSchema = z.strictObject({
  Filters: z.array(z.strictObject({ Pattern: z.string().max(4096) })).max(5),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  objectSchema.safeParse(value).success;

/** Finds operators nobody has written here, before anything runs. */
const checkPattern = (pattern: unknown, where: string): void => {
  if (Array.isArray(pattern)) {
    for (const rule of pattern) matchesLeaf(rule, undefined, where);
  } else if (isObject(pattern)) {
    for (const [key, inner] of Object.entries(pattern)) checkPattern(inner, `${where}.${key}`);
  } else {
    throw new Error(`${where}: a filter pattern holds objects and arrays, not ${typeof pattern}.`);
  }
};

const matches = (pattern: unknown, value: unknown, where: string): boolean => {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => pattern.some((rule) => matchesLeaf(rule, one, where)));
  }
  if (!isObject(pattern)) return false;
  const inside = isObject(value) ? value : {};
  return Object.entries(pattern).every(([key, inner]) =>
    key === '$or' && Array.isArray(inner)
      ? inner.some((alternative) => matches(alternative, value, where))
      : matches(inner, inside[key], `${where}.${key}`),
  );
};

/**
 * Reads FilterCriteria: a record passes when any of its filters matches. Throws on what it cannot
 * do.
 */
export const createEventFilter = (criteria: unknown, where: string): EventFilter => {
  const { Filters } = criteriaSchema.parse(criteria);
  const patterns = Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));
  for (const pattern of patterns) checkOr(pattern, where);
  return (record) => patterns.some((pattern) => matches(pattern, record, where));
};

const checkOr = (pattern: unknown, where: string): void => {
  if (!isObject(pattern)) throw new Error(`${where}: a filter pattern is a JSON object.`);
  const { $or: alternatives, ...fields } = pattern;
  checkPattern(fields, where);
  if (Array.isArray(alternatives)) for (const one of alternatives) checkOr(one, where);
};
