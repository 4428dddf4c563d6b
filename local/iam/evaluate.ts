import type { Statement } from './policy-document.ts';
import type { Principal } from './principal.ts';
import type { Context } from './statement-condition.ts';

/** One question: may this principal do this to that? */
export type Request = {
  principal: Principal;
  action: string;
  resource: string;
  context: Context;
};

/** The policies that bear on a request. */
export type Policies = {
  /** The role's own; none for a service. */
  identity: readonly Statement[];
  /** The resource's own; undefined when it has none, or can have none. */
  resource?: readonly Statement[] | undefined;
  /**
   * `open`: what either allows is allowed. `closed`: the resource's policy alone decides, and may
   * leave the decision to the account's own policies by naming the account (keys, trust).
   */
  resourceIs: 'open' | 'closed';
};

export type Decision =
  | { outcome: 'allowed'; by: Statement }
  | { outcome: 'denied'; by: Statement; policyKind: 'identity' | 'resource' }
  | { outcome: 'not-allowed'; missingIn: 'identity' | 'resource' };

const applies = (statement: Statement, { action, resource, context }: Request): boolean =>
  statement.fitsAction(action) && statement.fitsResource(resource) && statement.holds(context);

const findDeny = (statements: readonly Statement[], request: Request): Statement | undefined =>
  statements.find(
    (one) =>
      one.effect === 'Deny' &&
      one.matchPrincipal(request.principal) !== 'none' &&
      applies(one, request),
  );

const findAllow = (
  statements: readonly Statement[],
  request: Request,
  match: 'itself' | 'account',
): Statement | undefined =>
  statements.find(
    (one) =>
      one.effect === 'Allow' &&
      one.matchPrincipal(request.principal) === match &&
      applies(one, request),
  );

/**
 * IAM's decision within one account: a Deny anywhere ends it; otherwise the identity's policy or
 * the resource's must allow. A key's policy must allow by itself, or leave it to the account:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/
 * reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export const decide = (request: Request, policies: Policies): Decision => {
  const { identity, resource = [], resourceIs } = policies;
  const identityDeny = findDeny(identity, request);
  if (identityDeny !== undefined) {
    return { outcome: 'denied', by: identityDeny, policyKind: 'identity' };
  }
  const resourceDeny = findDeny(resource, request);
  if (resourceDeny !== undefined) {
    return { outcome: 'denied', by: resourceDeny, policyKind: 'resource' };
  }
  const byResource = findAllow(resource, request, 'itself');
  if (byResource !== undefined) return { outcome: 'allowed', by: byResource };
  if (request.principal.kind === 'service') {
    return { outcome: 'not-allowed', missingIn: 'resource' };
  }
  const isLeftToIdentity =
    resourceIs === 'open' || findAllow(resource, request, 'account') !== undefined;
  if (!isLeftToIdentity) return { outcome: 'not-allowed', missingIn: 'resource' };
  const byIdentity = findAllow(identity, request, 'itself');
  return byIdentity === undefined
    ? { outcome: 'not-allowed', missingIn: 'identity' }
    : { outcome: 'allowed', by: byIdentity };
};
