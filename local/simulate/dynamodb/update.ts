import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Invalid, type Tokens, tokensOf } from './tokens.ts';
import { type Given, givenValue, type Item, nameOf } from './values.ts';

/** The attributes that an update sets, by name; undefined: those that it takes away. */
type Changed = Map<string, AttributeValue | undefined>;
type Clause = (item: Item, given: Given, changed: Changed) => void;
type Operand = (item: Item, given: Given) => AttributeValue;

const readOperand = (tokens: Tokens): Operand => {
  const token = tokens.take();
  if (token.startsWith(':')) return (_, given) => givenValue(token, given);
  if (token === 'if_not_exists') {
    tokens.expect('(');
    const name = tokens.take();
    tokens.expect(',');
    const otherwise = readOperand(tokens);
    tokens.expect(')');
    return (item, given) => item[nameOf(name, given)] ?? otherwise(item, given);
  }
  return (item, given) => {
    const value = item[nameOf(token, given)];
    if (value === undefined) throw new Invalid('an attribute that is not in the item');
    return value;
  };
};

const numberOf = ({ N }: AttributeValue): number => {
  if (N === undefined) throw new Invalid('an operand that is no number');
  return Number(N);
};

const readValue = (tokens: Tokens): Operand => {
  const first = readOperand(tokens);
  const sign = tokens.peek();
  if (sign !== '+' && sign !== '-') return first;
  tokens.take();
  const second = readOperand(tokens);
  return (item, given) => {
    const [a, b] = [numberOf(first(item, given)), numberOf(second(item, given))];
    return { N: String(sign === '+' ? a + b : a - b) };
  };
};

const readSet = (tokens: Tokens): Clause => {
  const name = tokens.take();
  tokens.expect('=');
  const value = readValue(tokens);
  return (item, given, changed) => changed.set(nameOf(name, given), value(item, given));
};

const readRemove = (tokens: Tokens): Clause => {
  const name = tokens.take();
  return (_, given, changed) => changed.set(nameOf(name, given), undefined);
};

const readAdd = (tokens: Tokens): Clause => {
  const name = tokens.take();
  const more = tokens.take();
  return (item, given, changed) => {
    const field = nameOf(name, given);
    const before = item[field] ?? { N: '0' };
    changed.set(field, { N: String(numberOf(before) + numberOf(givenValue(more, given))) });
  };
};

const READERS: Readonly<Record<string, (tokens: Tokens) => Clause>> = {
  SET: readSet,
  REMOVE: readRemove,
  ADD: readAdd,
};

const read = (expression: string): Clause[] => {
  const tokens = tokensOf(expression);
  const clauses: Clause[] = [];
  const seen = new Set<string>();
  while (!tokens.isDone()) {
    const verb = tokens.take().toUpperCase();
    const reader = READERS[verb];
    if (reader === undefined || seen.has(verb)) throw new Invalid(`cannot read ${expression}`);
    seen.add(verb);
    do clauses.push(reader(tokens));
    while (tokens.takeIf(','));
  }
  if (clauses.length === 0) throw new Invalid('an update that updates nothing');
  return clauses;
};

const known = new Map<string, Clause[]>();

/** The attributes that change, all by the item as it was before. Throws Invalid. */
export const changesOf = (expression: string, item: Item, given: Given): Changed => {
  const clauses = known.get(expression) ?? read(expression);
  known.set(expression, clauses);
  const changed: Changed = new Map();
  for (const clause of clauses) clause(item, given, changed);
  if (changed.size < clauses.length) throw new Invalid('an attribute that is updated twice');
  return changed;
};
