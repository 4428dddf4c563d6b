import type { NeedyCall } from '#local/iam/needs/need.ts';
import { needsOfCall } from '#local/iam/needs/needs-of-call.ts';
import type { Asked, Rights } from '#local/iam/rights.ts';
import type { SeldomCall } from './seldom-call.ts';
import { SELDOM_CALLS } from './seldom-calls.ts';

const resourceLike = ({ stack }: Rights, prefix: string) => {
  const found = stack.resources.find(
    ({ logicalId, type }) => logicalId.startsWith(prefix) && !type.endsWith('Policy'),
  );
  if (found !== undefined) return found;
  throw new Error(`local/bench/grants/seldom-calls.ts names ${prefix}, which is not in the stack.`);
};

const inputOf = (rights: Rights, call: SeldomCall, ref: string): unknown => {
  if (call.operation === 'CreateSchedule') {
    const { Arn } = resourceLike(rights, 'SchedulesDeadlinesRole').attributes;
    return { GroupName: ref, Target: { RoleArn: Arn } };
  }
  if (call.parts !== undefined) {
    const { partition } = call;
    const Key = { pk: { S: partition } };
    const about = { TableName: ref, ...(partition === undefined ? {} : { Item: Key, Key }) };
    return { TransactItems: call.parts.map((name) => ({ [name]: about })) };
  }
  if (/^Batch(Get|Write)Item$/.test(call.operation)) return { RequestItems: { [ref]: [] } };
  const names = { TableName: ref, QueueUrl: ref, TopicArn: ref, SecretId: ref, KeyId: ref };
  return { ...names, IndexName: call.index, SigningAlgorithm: 'ECDSA_SHA_256' };
};

const needyCall = (rights: Rights, call: SeldomCall, ref: string): NeedyCall => ({
  ...{ service: call.service, operation: call.operation, method: 'POST', headers: {} },
  // Objects of the bucket are below the agency's id; the only agency here is the demo.
  path: `/${ref}/demo/${call.object ?? 'object'}`,
  input: inputOf(rights, call, ref),
});

/** What the seldom calls need in this stack. Throws when a row names what is not there. */
export const seldomAsked = (rights: Rights): Asked[] =>
  SELDOM_CALLS.flatMap((call) => {
    const caller = resourceLike(rights, call.by);
    const role = resourceLike(rights, `${call.by}Role`);
    const inStack = call.on.map((prefix) => resourceLike(rights, prefix).ref);
    return [...inStack, ...(call.outside ?? [])].flatMap((ref) => {
      const needs = needsOfCall(needyCall(rights, call, ref), rights.surroundings) ?? [];
      const asker = { kind: 'role', roleId: role.logicalId, session: caller.ref } as const;
      return needs.map((need): Asked => ({ asker, need }));
    });
  });
