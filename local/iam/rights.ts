import type { Place } from '../cloud/place.ts';
import type { Template } from '../cloud/template/template.ts';
import type { Denial } from './denial.ts';
import { decide, type Policies, type Request } from './evaluate.ts';
import type { Need, Surroundings } from './needs/need.ts';
import { partitionKeysByTable } from './partition-keys.ts';
import type { Principal } from './principal.ts';
import { type ResolvedStack, resolveStack } from './resolved-stack.ts';
import { keysByResource } from './stack-keys.ts';
import { readStackPolicies, type StackPolicies, type StackRole } from './stack-policies.ts';
import { contextOf } from './statement-condition.ts';

/** Who needs something: a role of the stack, or a service on behalf of one of its resources. */
export type Asker =
  | { kind: 'role'; roleId: string; session: string }
  | { kind: 'service'; name: string; sourceArn: string };

/** One question that was asked, in a form that can be kept and asked again. */
export type Asked = { asker: Asker; need: Need };

/** What the stack's policies allow. Purely a matter of the template: nothing has to run. */
export type Rights = {
  stack: ResolvedStack;
  surroundings: Surroundings;
  /** The role with this ARN. */
  roleByArn(arn: string): StackRole | undefined;
  /** The first of the needs that is not allowed; undefined when all are. */
  firstDenial(asker: Asker, needs: readonly Need[]): Denial | undefined;
  /** Every different question so far, at most a few thousand. */
  asked(): readonly Asked[];
};

/** More than a stack's calls differ in, but for schedules, each of which has a name of its own. */
const MOST_REMEMBERED = 5000;

const baseContext = (asker: Asker, principal: Principal, place: Place): Record<string, string> => {
  const common = {
    // The gateway stands for an endpoint over TLS, which SDKs and services would use.
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:RequestedRegion': place.region,
  };
  if (asker.kind === 'service') {
    const source = { 'aws:SourceArn': asker.sourceArn, 'aws:SourceAccount': place.account };
    return { ...common, ...source, 'aws:PrincipalIsAWSService': 'true' };
  }
  const arn = principal.kind === 'role' ? principal.arn : '';
  return {
    ...common,
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': place.account,
    'aws:PrincipalIsAWSService': 'false',
  };
};

const principalOf = (asker: Asker, role: StackRole | undefined, place: Place): Principal => {
  if (asker.kind === 'service') return { kind: 'service', name: asker.name };
  if (role === undefined) throw new Error(`${asker.roleId} is no role of this stack.`);
  const { account } = place;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${role.name}/${asker.session}`;
  return { kind: 'role', roleId: role.roleId, arn: role.arn, sessionArn, account };
};

/** A key's policy and a role's trust decide by themselves; elsewhere either policy suffices. */
const policiesFor = (
  request: Request,
  role: StackRole | undefined,
  { roles, ofResource }: StackPolicies,
): Policies => {
  const { action, resource } = request;
  const identity = role?.identity ?? [];
  if (action === 'sts:AssumeRole') {
    const trusted = roles.find(({ arn }) => arn === resource);
    return { identity, resource: trusted?.trust, resourceIs: 'closed' };
  }
  const resourceIs = action.startsWith('kms:') ? 'closed' : 'open';
  return { identity, resource: ofResource(resource), resourceIs };
};

const LEADING_KEYS = 'dynamodb:LeadingKeys';

/**
 * A need without the partition that it names, where no policy of the role asks for that: there are
 * more partitions than could be remembered.
 */
const asFarAsAsked = (need: Need, role: StackRole | undefined): Need => {
  const { context: { [LEADING_KEYS]: partition, ...others } = {}, ...rest } = need;
  if (partition === undefined) return need;
  const asks = role?.identity.some((one) => one.conditionKeys.has(LEADING_KEYS.toLowerCase()));
  if (asks === true) return need;
  return Object.keys(others).length === 0 ? rest : { ...rest, context: others };
};

const keyOf = (asker: Asker, { action, resource, context }: Need): string => {
  const who =
    asker.kind === 'role' ? `${asker.roleId}/${asker.session}` : `${asker.name} ${asker.sourceArn}`;
  const more = context === undefined ? '' : JSON.stringify(context);
  return `${who}|${action}|${resource}|${more}`;
};

/**
 * Reads what a stack's policies allow. Throws on any policy that it does not understand whole.
 * Decisions are remembered: policies do not change while a stack runs.
 */
export const readRights = async (template: Template, place: Place): Promise<Rights> => {
  const stack = await resolveStack(template, place);
  const policies = readStackPolicies(stack);
  const keys = keysByResource(stack);
  const partitionKeys = partitionKeysByTable(stack);
  const roles = new Map(policies.roles.map((role) => [role.roleId, role]));
  const remembered = new Map<string, { asked: Asked; denial: Denial | undefined }>();

  const ask = (asker: Asker, need: Need): Denial | undefined => {
    const role = asker.kind === 'role' ? roles.get(asker.roleId) : undefined;
    const principal = principalOf(asker, role, place);
    const { action, resource } = need;
    const context = contextOf({ ...baseContext(asker, principal, place), ...need.context });
    const request: Request = { principal, action, resource, context };
    const decision = decide(request, policiesFor(request, role, policies));
    return decision.outcome === 'allowed' ? undefined : { request, decision };
  };

  const denialOf = (asker: Asker, whole: Need): Denial | undefined => {
    const role = asker.kind === 'role' ? roles.get(asker.roleId) : undefined;
    const need = asFarAsAsked(whole, role);
    const key = keyOf(asker, need);
    const known = remembered.get(key);
    if (known !== undefined) return known.denial;
    const denial = ask(asker, need);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, { asked: { asker, need }, denial });
    return denial;
  };

  return {
    stack,
    surroundings: {
      place,
      keyOf: (arn) => keys.get(arn),
      partitionKeyOf: (arn) => partitionKeys.get(arn),
    },
    roleByArn: (arn) => policies.roles.find((role) => role.arn === arn),
    firstDenial: (asker, needs) => {
      for (const need of needs) {
        const denial = denialOf(asker, need);
        if (denial !== undefined) return denial;
      }
      return undefined;
    },
    asked: () => [...remembered.values()].map(({ asked }) => asked),
  };
};
