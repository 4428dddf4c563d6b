import type { Decision, Request } from './evaluate.ts';

/** A request that was not allowed, and why. */
export type Denial = {
  request: Request;
  decision: Exclude<Decision, { outcome: 'allowed' }>;
};

const askerOf = ({ principal }: Request): string =>
  principal.kind === 'role' ? principal.sessionArn : principal.name;

const reasonOf = ({ request, decision }: Denial): string => {
  if (decision.outcome === 'denied') {
    return `with an explicit deny in ${decision.policyKind === 'identity' ? 'an identity' : 'a resource'}-based policy`;
  }
  return `because no ${decision.missingIn}-based policy allows the ${request.action} action`;
};

/**
 * AWS's own sentence for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const denialMessage = (denial: Denial): string => {
  const { action, resource } = denial.request;
  return (
    `User: ${askerOf(denial.request)} is not authorized to perform: ${action} ` +
    `on resource: ${resource} ${reasonOf(denial)}`
  );
};

/** Conditions that a careful statement has: through which service, to which service. */
const narrowing = ({ context }: Request) => {
  const StringEquals: Record<string, string> = {};
  const via = context['kms:viaservice'];
  const passedTo = context['iam:passedtoservice'];
  if (via !== undefined) StringEquals['kms:ViaService'] = via;
  if (passedTo !== undefined) StringEquals['iam:PassedToService'] = passedTo;
  return Object.keys(StringEquals).length === 0 ? {} : { Condition: { StringEquals } };
};

type Missing = { statement: unknown; belongsIn: string };

const missingForService = (request: Request, service: string): Missing => {
  const { action, resource, context } = request;
  const sourceArn = context['aws:sourcearn'];
  if (action === 'lambda:InvokeFunction') {
    return {
      statement: {
        Action: action,
        FunctionName: resource,
        Principal: service,
        SourceArn: sourceArn,
      },
      belongsIn: 'a resource AWS::Lambda::Permission',
    };
  }
  const isTrust = action === 'sts:AssumeRole';
  return {
    statement: {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: action,
      ...(isTrust ? {} : { Resource: action.startsWith('kms:') ? '*' : resource }),
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    },
    belongsIn: `the ${isTrust ? 'trust policy' : 'policy'} of ${resource}`,
  };
};

/** The statement that would allow the request, and where it belongs. */
const missingStatement = (request: Request, missingIn: 'identity' | 'resource'): Missing => {
  const { principal, action, resource } = request;
  if (principal.kind === 'service') return missingForService(request, principal.name);
  if (missingIn === 'resource') {
    const Principal = { AWS: `arn:aws:iam::${principal.account}:root` };
    return {
      statement: { Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' },
      belongsIn: `the policy of ${resource}`,
    };
  }
  return {
    statement: { Effect: 'Allow', Action: action, Resource: resource, ...narrowing(request) },
    belongsIn: `a policy of the role ${principal.roleId}`,
  };
};

/** For the cloud's log: what was refused, and the statement that is missing or that refuses. */
export const describeDenial = (denial: Denial): string => {
  const { request, decision } = denial;
  const message = `access denied: ${denialMessage(denial)}.`;
  if (decision.outcome === 'denied') {
    const { where, source } = decision.by;
    return `${message}\n  refused by ${where}: ${JSON.stringify(source)}`;
  }
  const { statement, belongsIn } = missingStatement(request, decision.missingIn);
  return `${message}\n  missing in ${belongsIn}: ${JSON.stringify(statement)}`;
};
