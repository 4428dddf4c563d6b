import * as z from 'zod';
import {
  compilePrincipal,
  type Principal,
  type PrincipalMatch,
  principalSchema,
} from './principal.ts';
import { type ConditionTest, compileCondition, conditionSchema } from './statement-condition.ts';
import { actionMatcher, arnMatcher, arnParts, type Matcher } from './wildcard.ts';

/** A statement, ready to be asked. `source` is what it was made of, to be shown. */
export type Statement = {
  effect: 'Allow' | 'Deny';
  fitsAction: Matcher;
  fitsResource: Matcher;
  holds: ConditionTest;
  /** The keys that its condition asks for, in lower case. */
  conditionKeys: ReadonlySet<string>;
  /** Always `itself` in an identity's own policy, which names nobody. */
  matchPrincipal: (principal: Principal) => PrincipalMatch;
  source: unknown;
  /** Which policy it stands in. */
  where: string;
};

/** Where a policy hangs: it names principals only on a resource, resources everywhere but there. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

const listSchema = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: listSchema.optional(),
    NotAction: listSchema.optional(),
    Resource: listSchema.optional(),
    NotResource: listSchema.optional(),
    Principal: principalSchema.optional(),
    NotPrincipal: z.never('NotPrincipal is not known to local/iam').optional(),
    Condition: conditionSchema.optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: 'needs either Action or NotAction',
  })
  .refine(({ Resource, NotResource }) => Resource === undefined || NotResource === undefined, {
    error: 'has both Resource and NotResource',
  });

const documentSchema = z.strictObject({
  // Policy variables and all else is read as this version has it.
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([
    z.array(z.unknown()),
    z.record(z.string(), z.unknown()).transform((one) => [one]),
  ]),
});

type StatementElements = z.infer<typeof statementSchema>;

const ACTION = /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/;

const actionsOf = ({ Action, NotAction }: StatementElements, where: string): Matcher => {
  for (const action of Action ?? NotAction ?? []) {
    if (!ACTION.test(action)) throw new Error(`${where}: "${action}" is no action.`);
  }
  const matchers = (Action ?? NotAction ?? []).map(actionMatcher);
  const isNamed: Matcher = (action) => matchers.some((matches) => matches(action));
  return NotAction === undefined ? isNamed : (action) => !isNamed(action);
};

const VARIABLE = /\$\{/;

const resourceMatcher = (resource: string, where: string): Matcher => {
  if (VARIABLE.test(resource)) {
    throw new Error(`${where}: the policy variable in "${resource}" is not known to local/iam.`);
  }
  if (resource === '*') return () => true;
  if (arnParts(resource) === undefined) throw new Error(`${where}: "${resource}" is no ARN.`);
  return arnMatcher(resource);
};

const resourcesOf = (elements: StatementElements, where: string): Matcher => {
  const { Resource, NotResource } = elements;
  // Only a trust policy has none: its resource is the role that it belongs to.
  if (Resource === undefined && NotResource === undefined) return () => true;
  const matchers = (Resource ?? NotResource ?? []).map((one) => resourceMatcher(one, where));
  const isNamed: Matcher = (resource) => matchers.some((matches) => matches(resource));
  return NotResource === undefined ? isNamed : (resource) => !isNamed(resource);
};

const checkElements = (elements: StatementElements, kind: PolicyKind, where: string): void => {
  const hasPrincipal = elements.Principal !== undefined;
  if (hasPrincipal === (kind === 'identity')) {
    const problem = hasPrincipal ? 'has a Principal' : 'names no Principal';
    throw new Error(`${where}: a statement of this kind of policy ${problem}.`);
  }
  const hasResource = elements.Resource !== undefined || elements.NotResource !== undefined;
  if (hasResource === (kind === 'trust')) {
    throw new Error(`${where}: ${hasResource ? 'has a Resource' : 'names no Resource'}.`);
  }
};

const compileStatement = (value: unknown, kind: PolicyKind, where: string): Statement => {
  const parsed = statementSchema.safeParse(value);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  const elements = parsed.data;
  checkElements(elements, kind, where);
  return {
    effect: elements.Effect,
    fitsAction: actionsOf(elements, where),
    fitsResource: resourcesOf(elements, where),
    holds: compileCondition(elements.Condition ?? {}, where),
    conditionKeys: new Set(
      Object.values(elements.Condition ?? {}).flatMap((keys) =>
        Object.keys(keys).map((key) => key.toLowerCase()),
      ),
    ),
    matchPrincipal:
      elements.Principal === undefined
        ? () => 'itself'
        : compilePrincipal(elements.Principal, where),
    source: value,
    where,
  };
};

/**
 * Reads a policy document whose intrinsic functions are resolved. Throws an error that names the
 * place on any element, operator, condition key or ARN that is not known here: what would be
 * ignored could allow too much, or too little.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export const readPolicy = (document: unknown, kind: PolicyKind, where: string): Statement[] => {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((statement, index) =>
    compileStatement(statement, kind, `${where}, statement ${index + 1}`),
  );
};
