import { arnMatcher, arnParts, type Matcher, textMatcher } from './wildcard.ts';

/** Compares what a request has under a key (undefined: nothing) with a condition's values. */
export type ConditionOperator = (
  values: readonly string[],
  where: string,
) => (given: string | undefined) => boolean;

type Compile = (value: string, where: string) => Matcher;

const numberOf = (value: string, where: string): number => {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new Error(`${where}: "${value}" is no number.`);
};

const numeric =
  (compare: (given: number, value: number) => boolean): Compile =>
  (value, where) => {
    const wanted = numberOf(value, where);
    return (given) => compare(Number(given), wanted);
  };

const bool: Compile = (value, where) => {
  const wanted = value.toLowerCase();
  if (wanted !== 'true' && wanted !== 'false') {
    throw new Error(`${where}: Bool compares with true or false, not with "${value}".`);
  }
  return (given) => given.toLowerCase() === wanted;
};

const arn: Compile = (value, where) => {
  if (value !== '*' && arnParts(value) === undefined) {
    throw new Error(`${where}: "${value}" is no ARN.`);
  }
  return value === '*' ? () => true : arnMatcher(value);
};

const equals: Compile = (value) => (given) => given === value;
const equalsIgnoringCase: Compile = (value) => (given) =>
  given.toLowerCase() === value.toLowerCase();

/** Operators that hold when any of their values fits. */
const POSITIVE: Readonly<Record<string, Compile>> = {
  ArnEquals: arn,
  ArnLike: arn,
  Bool: bool,
  NumericEquals: numeric((given, value) => given === value),
  NumericGreaterThan: numeric((given, value) => given > value),
  NumericGreaterThanEquals: numeric((given, value) => given >= value),
  NumericLessThan: numeric((given, value) => given < value),
  NumericLessThanEquals: numeric((given, value) => given <= value),
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: textMatcher,
};

/** Operators that hold when none of their values fits, and when there is nothing to compare. */
const NEGATED: Readonly<Record<string, Compile>> = {
  ArnNotEquals: arn,
  ArnNotLike: arn,
  NumericNotEquals: numeric((given, value) => given === value),
  StringNotEquals: equals,
  StringNotEqualsIgnoreCase: equalsIgnoringCase,
  StringNotLike: textMatcher,
};

const compileAll = (compile: Compile, values: readonly string[], where: string): Matcher => {
  const matchers = values.map((value) => compile(value, where));
  return (given) => matchers.some((matches) => matches(given));
};

const IF_EXISTS = 'IfExists';

const FOR_ALL = 'ForAllValues:';

/** A request here has one value under a key; where it has none, all of them fit. */
const forAll =
  (operator: ConditionOperator): ConditionOperator =>
  (values, where) => {
    const fits = operator(values, where);
    return (given) => given === undefined || fits(given);
  };

const isNull: ConditionOperator = (values, where) => {
  const wanted = compileAll(bool, values, where);
  return (given) => wanted(String(given === undefined));
};

/**
 * The operator of this name, or undefined. The rules for keys that a request does not have:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/
 * reference_policies_elements_condition_operators.html
 */
export const conditionOperator = (name: string): ConditionOperator | undefined => {
  if (name === 'Null') return isNull;
  if (name.startsWith(FOR_ALL)) {
    const operator = conditionOperator(name.slice(FOR_ALL.length));
    return operator && forAll(operator);
  }
  const isOptional = name.endsWith(IF_EXISTS);
  const plain = isOptional ? name.slice(0, -IF_EXISTS.length) : name;
  const positive = POSITIVE[plain];
  if (positive !== undefined) {
    return (values, where) => {
      const fits = compileAll(positive, values, where);
      return (given) => (given === undefined ? isOptional : fits(given));
    };
  }
  const negated = NEGATED[plain];
  if (negated === undefined) return undefined;
  return (values, where) => {
    const fits = compileAll(negated, values, where);
    return (given) => given === undefined || !fits(given);
  };
};
