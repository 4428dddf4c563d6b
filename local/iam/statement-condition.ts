import * as z from 'zod';
import { conditionOperator } from './condition-operators.ts';

/** What is known of a request beside who asks for what: keys in lower case. */
export type Context = Readonly<Record<string, string>>;

export type ConditionTest = (context: Context) => boolean;

/**
 * The condition keys that a request here carries. A condition on any other key would never hold
 * (or always), whatever it says: it is refused when the template is read.
 */
const KNOWN_KEYS = new Set([
  ...['aws:principalaccount', 'aws:principalarn', 'aws:principalisawsservice'],
  ...['aws:requestedregion', 'aws:securetransport', 'aws:sourceaccount', 'aws:sourcearn'],
  ...['dynamodb:enclosingoperation', 'dynamodb:leadingkeys', 'iam:passedtoservice'],
  ...['kms:calleraccount', 'kms:grantisforawsresource', 'kms:signingalgorithm', 'kms:viaservice'],
  ...['s3:tlsversion', 'sns:endpoint', 'sns:protocol'],
]);

const isKnown = (key: string): boolean =>
  KNOWN_KEYS.has(key) || key.startsWith('kms:encryptioncontext:');

const valueSchema = z
  .union([z.string(), z.boolean(), z.number()])
  .transform((value) => String(value));
const valuesSchema = z
  .union([z.array(valueSchema), valueSchema.transform((value) => [value])])
  .pipe(z.array(z.string()).min(1));

export const conditionSchema = z.record(z.string(), z.record(z.string(), valuesSchema));

/** A copy of the context with its keys in lower case, as keys regard no case. */
export const contextOf = (values: Readonly<Record<string, string>>): Context =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));

/**
 * Compiles the `Condition` of a statement: every operator and every key must hold, and of a key
 * one value suffices. Throws on an operator or a key that is not known here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/
 * reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export const compileCondition = (
  condition: z.infer<typeof conditionSchema>,
  where: string,
): ConditionTest => {
  const tests = Object.entries(condition).flatMap(([name, keys]) => {
    const operator = conditionOperator(name);
    if (operator === undefined) {
      throw new Error(
        `${where}: the condition operator "${name}" is not known; ` +
          'add it in local/iam/condition-operators.ts.',
      );
    }
    return Object.entries(keys).map(([key, values]): ConditionTest => {
      const lower = key.toLowerCase();
      if (!isKnown(lower)) {
        throw new Error(
          `${where}: the condition key "${key}" is not known; give it to the requests in ` +
            'local/iam and add it in local/iam/statement-condition.ts.',
        );
      }
      const variable = values.find((value) => value.includes('${'));
      if (variable !== undefined) {
        throw new Error(
          `${where}: the policy variable in "${variable}" is not known to local/iam.`,
        );
      }
      const holds = operator(values, where);
      return (context) => holds(context[lower]);
    });
  });
  return (context) => tests.every((test) => test(context));
};
