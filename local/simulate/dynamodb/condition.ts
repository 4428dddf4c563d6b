import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Invalid, type Tokens, tokensOf } from './tokens.ts';
import { compare, type Given, givenValue, type Item, isSame, nameOf, sizeOf } from './values.ts';

/** Whether an item, which may be absent, is as an expression says. */
export type Condition = (item: Item | undefined, given: Given) => boolean;

type Operand = (item: Item | undefined, given: Given) => AttributeValue | undefined;

const readOperand = (tokens: Tokens): Operand => {
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

const readComparison = (tokens: Tokens): Condition => {
  const left = readOperand(tokens);
  if (tokens.takeIf('BETWEEN')) {
    const least = readOperand(tokens);
    tokens.expect('AND');
    const [from, to] = [compared(left, '>=', least), compared(left, '<=', readOperand(tokens))];
    return (item, given) => from(item, given) && to(item, given);
  }
  if (tokens.takeIf('IN')) {
    tokens.expect('(');
    const any = [compared(left, '=', readOperand(tokens))];
    while (tokens.takeIf(',')) any.push(compared(left, '=', readOperand(tokens)));
    tokens.expect(')');
    return (item, given) => any.some((one) => one(item, given));
  }
  return compared(left, tokens.take(), readOperand(tokens));
};

const beginsWith = (value: AttributeValue | undefined, prefix: AttributeValue | undefined) =>
  value?.S !== undefined && prefix?.S !== undefined && value.S.startsWith(prefix.S);

const contains = (value: AttributeValue | undefined, part: AttributeValue | undefined) =>
  value?.S !== undefined && part?.S !== undefined && value.S.includes(part.S);

const TWO_PLACED = { begins_with: beginsWith, contains } as const;

const readCall = (name: string, tokens: Tokens): Condition => {
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

const readTerm = (tokens: Tokens): Condition => {
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

const readAll = (tokens: Tokens): Condition => {
  const all = [readTerm(tokens)];
  while (tokens.takeIf('AND')) all.push(readTerm(tokens));
  return all.length === 1 && all[0] !== undefined
    ? all[0]
    : (item, given) => all.every((one) => one(item, given));
};

const readAny = (tokens: Tokens): Condition => {
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
  const tokens = tokensOf(expression);
  const condition = readAny(tokens);
  if (!tokens.isDone()) throw new Invalid(`${tokens.peek()} is too much in: ${expression}`);
  known.set(expression, condition);
  return condition;
};
