import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Invalid, type Tokens, tokensOf } from './tokens.ts';
import {
  compare,
  type Given,
  givenValue,
  type Item,
  isSame,
  kindOf,
  nameOf,
  sizeOf,
} from './values.ts';

/** Whether an item, which may be absent, is as an expression says. */
export type Condition = (item: Item | undefined, given: Given) => boolean;

type Operand = (item: Item | undefined, given: Given) => AttributeValue | undefined;
/** What is wrong with the values of a request is wrong whatever the item is. */
type Reading = Tokens & Readonly<{ checks: ((given: Given) => void)[] }>;

const readOperand = (tokens: Reading): Operand => {
  const token = tokens.take();
  if (token.startsWith(':')) return (_, given) => givenValue(token, given);
  if (token.toLowerCase() === 'size' && tokens.takeIf('(')) {
    const of = readOperand(tokens);
    tokens.expect(')');
    return (item, given) => {
      const value = of(item, given);
      return value === undefined ? undefined : { N: String(sizeOf(value)) };
    };
  }
  if (!/^[#A-Za-z_]/.test(token)) throw new Invalid(`${token} is no operand`);
  return (item, given) => item?.[nameOf(token, given)];
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const compared = (left: Operand, sign: string, right: Operand): Condition => {
  if (sign === '=' || sign === '<>') {
    return (item, given) => {
      const [a, b] = [left(item, given), right(item, given)];
      const same = a !== undefined && b !== undefined && isSame(a, b);
      return sign === '=' ? same : !same;
    };
  }
  const holds = COMPARISONS[sign];
  if (holds === undefined) throw new Invalid(`${sign} compares nothing`);
  return (item, given) => {
    const [a, b] = [left(item, given), right(item, given)];
    const order = a === undefined || b === undefined ? null : compare(a, b);
    return order !== null && holds(order);
  };
};

const mustHaveOrder = (tokens: Reading, ...operands: readonly Operand[]): void => {
  tokens.checks.push((given) => {
    const values = operands.flatMap((operand) => operand(undefined, given) ?? []);
    if (values.some((value) => kindOf(value) === 'other')) throw new Invalid('no order of such');
  });
};

/** Of two given values the first must not be greater. */
const mustBeInOrder = (tokens: Reading, least: Operand, most: Operand): void => {
  tokens.checks.push((given) => {
    const [from, to] = [least(undefined, given), most(undefined, given)];
    const order = from === undefined || to === undefined ? 0 : compare(from, to);
    if (order === null || order > 0) throw new Invalid('the bounds of BETWEEN are no bounds');
  });
};

const readComparison = (tokens: Reading): Condition => {
  const left = readOperand(tokens);
  if (tokens.takeIf('BETWEEN')) {
    const least = readOperand(tokens);
    tokens.expect('AND');
    const most = readOperand(tokens);
    mustHaveOrder(tokens, least, most);
    mustBeInOrder(tokens, least, most);
    const [from, to] = [compared(left, '>=', least), compared(left, '<=', most)];
    return (item, given) => from(item, given) && to(item, given);
  }
  if (tokens.takeIf('IN')) {
    tokens.expect('(');
    const any = [compared(left, '=', readOperand(tokens))];
    while (tokens.takeIf(',')) any.push(compared(left, '=', readOperand(tokens)));
    tokens.expect(')');
    return (item, given) => any.some((one) => one(item, given));
  }
  const [sign, right] = [tokens.take(), readOperand(tokens)];
  if (sign in COMPARISONS) mustHaveOrder(tokens, left, right);
  return compared(left, sign, right);
};

const beginsWith = (value: AttributeValue | undefined, prefix: AttributeValue | undefined) =>
  value?.S !== undefined && prefix?.S !== undefined && value.S.startsWith(prefix.S);

const contains = (value: AttributeValue | undefined, part: AttributeValue | undefined) =>
  value?.S !== undefined && part?.S !== undefined && value.S.includes(part.S);

const TWO_PLACED = { begins_with: beginsWith, contains } as const;

const readCall = (name: string, tokens: Reading): Condition => {
  tokens.take();
  tokens.expect('(');
  const first = readOperand(tokens);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    tokens.expect(')');
    const wanted = name === 'attribute_exists';
    return (item, given) => (first(item, given) !== undefined) === wanted;
  }
  const test = name === 'begins_with' ? TWO_PLACED.begins_with : TWO_PLACED.contains;
  tokens.expect(',');
  const second = readOperand(tokens);
  tokens.expect(')');
  return (item, given) => test(first(item, given), second(item, given));
};

const CALLS = new Set(['attribute_exists', 'attribute_not_exists', 'begins_with', 'contains']);

const readTerm = (tokens: Reading): Condition => {
  if (tokens.takeIf('NOT')) {
    const negated = readTerm(tokens);
    return (item, given) => !negated(item, given);
  }
  if (tokens.takeIf('(')) {
    const inner = readAny(tokens);
    tokens.expect(')');
    return inner;
  }
  const next = tokens.peek() ?? '';
  return CALLS.has(next) ? readCall(next, tokens) : readComparison(tokens);
};

const readAll = (tokens: Reading): Condition => {
  const all = [readTerm(tokens)];
  while (tokens.takeIf('AND')) all.push(readTerm(tokens));
  return all.length === 1 && all[0] !== undefined
    ? all[0]
    : (item, given) => all.every((one) => one(item, given));
};

const readAny = (tokens: Reading): Condition => {
  const any = [readAll(tokens)];
  while (tokens.takeIf('OR')) any.push(readAll(tokens));
  return any.length === 1 && any[0] !== undefined
    ? any[0]
    : (item, given) => any.some((one) => one(item, given));
};

const known = new Map<string, Condition>();

/** Reads a condition, once. Throws Invalid. */
export const conditionOf = (expression: string): Condition => {
  const found = known.get(expression);
  if (found !== undefined) return found;
  const checks: ((given: Given) => void)[] = [];
  const tokens = { ...tokensOf(expression), checks };
  const holds = readAny(tokens);
  if (!tokens.isDone()) throw new Invalid(`${tokens.peek()} is too much in: ${expression}`);
  const condition: Condition = (item, given) => {
    for (const check of checks) check(given);
    return holds(item, given);
  };
  known.set(expression, condition);
  return condition;
};
