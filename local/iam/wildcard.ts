/** Whether a text fits a pattern of the kind that IAM writes. */
export type Matcher = (text: string) => boolean;

const escapeRegExp = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/** `*` is any run of characters, `?` exactly one; everything else stands for itself. */
const regExpOf = (pattern: string, flags: string): RegExp => {
  const parts = [...pattern].map((character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : escapeRegExp(character);
  });
  return new RegExp(`^${parts.join('')}$`, flags);
};

/** Whether the pattern has a wildcard, so that it may fit more than one text. */
const isWild = (pattern: string): boolean => /[*?]/.test(pattern);

/** A pattern of texts, compared with regard to case. */
export const textMatcher = (pattern: string): Matcher => {
  if (pattern === '*') return () => true;
  if (!isWild(pattern)) return (text) => text === pattern;
  const expression = regExpOf(pattern, 'su');
  return (text) => expression.test(text);
};

/**
 * A pattern of actions, such as `dynamodb:Get*`. Neither the prefix nor the name regards case:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export const actionMatcher = (pattern: string): Matcher => {
  const expression = regExpOf(pattern, 'isu');
  return (action) => expression.test(action);
};

const ARN_PARTS = 6;

/** The six parts of an ARN; the last one keeps its colons. Undefined when the text is no ARN. */
export const arnParts = (arn: string): string[] | undefined => {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < ARN_PARTS) return undefined;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
};

/**
 * A pattern of ARNs. Each of the six parts is compared by itself, so a star does not reach over a
 * colon that parts them; in the last part it does:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/
 * reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnMatcher = (pattern: string): Matcher => {
  if (!isWild(pattern)) return (arn) => arn === pattern;
  const matchers = arnParts(pattern)?.map(textMatcher);
  if (matchers === undefined) return () => false;
  return (arn) => {
    const parts = arnParts(arn);
    return parts !== undefined && matchers.every((matches, index) => matches(parts[index] ?? ''));
  };
};
