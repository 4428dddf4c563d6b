import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Policies, type Request } from '#local/iam/evaluate.ts';
import { type PolicyKind, readPolicy, type Statement } from '#local/iam/policy-document.ts';
import type { Principal } from '#local/iam/principal.ts';
import { contextOf } from '#local/iam/statement-condition.ts';

const ACCOUNT = '000000000000';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const QUEUE = `arn:aws:sqs:eu-west-2:${ACCOUNT}:work`;
const TOPIC = `arn:aws:sns:eu-west-2:${ACCOUNT}:news`;

const role: Principal = {
  kind: 'role',
  roleId: 'Role',
  arn: `arn:aws:iam::${ACCOUNT}:role/Role`,
  sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/Role/function`,
  account: ACCOUNT,
};
const sns: Principal = { kind: 'service', name: 'sns.amazonaws.com' };

const read = (kind: PolicyKind, ...Statement: readonly object[]): Statement[] =>
  readPolicy({ Version: '2012-10-17', Statement }, kind, 'a policy');

const asking = (
  principal: Principal,
  context: Record<string, string> = {},
  action = 'sqs:SendMessage',
): Request => ({ principal, action, resource: QUEUE, context: contextOf(context) });

const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  ...more,
});

const outcome = (request: Request, policies: Partial<Policies>): string =>
  decide(request, { identity: [], resourceIs: 'open', ...policies }).outcome;

describe('given the policies of a role and of a resource', () => {
  const identity = read('identity', allow());
  const byName = read('resource', allow({ Principal: { AWS: role.kind === 'role' && role.arn } }));
  const byAccount = read('resource', allow({ Principal: { AWS: ROOT } }));

  it('allows what either of them allows', () => {
    expect(outcome(asking(role), { identity })).toBe('allowed');
    expect(outcome(asking(role), { resource: byName })).toBe('allowed');
    expect(outcome(asking(role), {})).toBe('not-allowed');
  });

  it('takes a statement for the account as no more than leave for its own policies', () => {
    expect(outcome(asking(role), { resource: byAccount })).toBe('not-allowed');
    const closed = { resourceIs: 'closed' } as const;
    expect(outcome(asking(role), { resource: byAccount, identity, ...closed })).toBe('allowed');
    expect(outcome(asking(role), { resource: byAccount, ...closed })).toBe('not-allowed');
    expect(outcome(asking(role), { identity, ...closed })).toBe('not-allowed');
    expect(outcome(asking(role), { resource: byName, ...closed })).toBe('allowed');
  });

  it('allows a service only what names it, for the source that is named', () => {
    const Condition = { ArnEquals: { 'aws:SourceArn': TOPIC } };
    const Principal = { Service: 'sns.amazonaws.com' };
    const resource = read('resource', allow({ Principal, Condition }));
    expect(outcome(asking(sns, { 'aws:SourceArn': TOPIC }), { resource })).toBe('allowed');
    expect(outcome(asking(sns, { 'aws:SourceArn': `${TOPIC}2` }), { resource })).toBe(
      'not-allowed',
    );
    expect(outcome(asking(sns), { resource })).toBe('not-allowed');
    expect(outcome(asking(role, { 'aws:SourceArn': TOPIC }), { resource })).toBe('not-allowed');
  });

  it('takes ForAllValues to hold where a request has no value, and Null to say so', () => {
    const key = 'dynamodb:LeadingKeys';
    const forAll = { 'ForAllValues:StringLike': { [key]: ['demo#A#*', 'demo#B'] } };
    const named = { ...forAll, Null: { [key]: 'false' } };
    const outcomeOf = (Condition: object, value?: string) =>
      outcome(asking(role, value === undefined ? {} : { [key]: value }), {
        identity: read('identity', allow({ Condition })),
      });
    expect([outcomeOf(forAll), outcomeOf(named)]).toEqual(['allowed', 'not-allowed']);
    const values = ['demo#A#1', 'demo#B', 'demo#B#1', 'demo#C'];
    expect(values.map((value) => outcomeOf(named, value))).toEqual([
      ...['allowed', 'allowed', 'not-allowed', 'not-allowed'],
    ]);
  });

  it('reads NotAction and NotResource as everything but', () => {
    const but = read('identity', { Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' });
    expect(outcome(asking(role), { identity: but })).toBe('not-allowed');
    expect(outcome(asking(role, {}, 'sns:Publish'), { identity: but })).toBe('allowed');
    const NotResource = 'arn:aws:sns:*:*:*';
    const notTopics = read('identity', { Effect: 'Allow', Action: '*', NotResource });
    expect(outcome(asking(role), { identity: notTopics })).toBe('allowed');
    const request = { ...asking(role), resource: TOPIC };
    expect(outcome(request, { identity: notTopics })).toBe('not-allowed');
  });
});

/** Statements that speak of this request or of others. */
const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('sqs:SendMessage', 'sqs:*', 'SQS:sendmessage', '*', 'sqs:DeleteMessage'),
  Resource: fc.constantFrom('*', QUEUE, `${QUEUE}*`, TOPIC),
  Condition: fc.constantFrom(
    {},
    { Bool: { 'aws:SecureTransport': 'false' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
  ),
});
const request = asking(role, { 'aws:SecureTransport': 'true' });
const deny = read('identity', { Effect: 'Deny', Action: 'sqs:Send*', Resource: '*' });
const denyAll = read('resource', {
  ...{ Effect: 'Deny', Action: '*', Resource: '*' },
  Principal: { AWS: '*' },
});

describe('given any statements', () => {
  it('denies whenever one statement denies, whatever the others allow', () => {
    fc.assert(
      fc.property(fc.array(anyStatement), fc.nat(), (statements, seed) => {
        const others = read('identity', ...statements);
        const place = others.length === 0 ? 0 : seed % others.length;
        const identity = others.toSpliced(place, 0, ...deny);
        expect(outcome(request, { identity })).toBe('denied');
        expect(outcome(request, { identity: others, resource: denyAll })).toBe('denied');
      }),
    );
  });

  it('decides the same in whatever order they stand', () => {
    const shuffled = fc
      .array(anyStatement, { maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const first = outcome(request, { identity: read('identity', ...one) });
        expect(outcome(request, { identity: read('identity', ...other) })).toBe(first);
      }),
    );
  });

  it('allows nothing more when an Allow is taken away, and nothing less when one is added', () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 6 }), anyStatement, (statements, one) => {
        const before = outcome(request, { identity: read('identity', ...statements) });
        const allowing = { ...one, Effect: 'Allow' };
        const after = outcome(request, { identity: read('identity', ...statements, allowing) });
        if (before === 'allowed') expect(after).toBe('allowed');
        if (before === 'denied') expect(after).toBe('denied');
      }),
    );
  });
});
