import { describe, expect, it } from 'vitest';
import { readPolicy } from '#local/iam/policy-document.ts';
import { contextOf } from '#local/iam/statement-condition.ts';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

const read = (Statement: object, kind: 'identity' | 'resource' | 'trust' = 'identity') =>
  readPolicy({ Version: '2012-10-17', Statement }, kind, 'Policy P');

describe('given a policy that is not understood whole', () => {
  it.each([
    ['an element', { ...statement, Until: 'tomorrow' }, /Until/],
    [
      'an operator',
      { ...statement, Condition: { DateLessThan: { 'aws:SourceArn': 'x' } } },
      /DateLessThan.*condition-operators/,
    ],
    [
      'a quantified operator',
      { ...statement, Condition: { 'ForAnyValue:StringEquals': { 'aws:SourceArn': 'x' } } },
      /ForAnyValue/,
    ],
    [
      'a condition key',
      { ...statement, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc' } } },
      /aws:SourceVpc.*statement-condition/,
    ],
    ['an ARN', { ...statement, Resource: 'arn:aws:sqs' }, /"arn:aws:sqs" is no ARN/],
    [
      'an ARN in a condition',
      { ...statement, Condition: { ArnLike: { 'aws:SourceArn': 'news' } } },
      /"news" is no ARN/,
    ],
    ['an action', { ...statement, Action: 'SendMessage' }, /is no action/],
    [
      'a policy variable',
      { ...statement, Resource: ['arn:aws:s3:::b/$', '{aws:username}'].join('') },
      /policy variable/,
    ],
    [
      'a policy variable in a condition',
      {
        ...statement,
        Condition: { StringEquals: { 'aws:PrincipalArn': ['$', '{aws:SourceArn}'].join('') } },
      },
      /policy variable/,
    ],
    ['a principal in a role', { ...statement, Principal: '*' }, /has a Principal/],
    ['no action', { Effect: 'Allow', Resource: '*' }, /Action or NotAction/],
    ['both resources', { ...statement, NotResource: '*' }, /both Resource and NotResource/],
    [
      'a truth that is none',
      { ...statement, Condition: { Bool: { 'aws:SecureTransport': 'no' } } },
      /true or false/,
    ],
  ])('refuses %s, and names the policy', (_, one, problem) => {
    expect(() => read(one)).toThrow(problem);
    expect(() => read(one)).toThrow(/Policy P/);
  });

  it('refuses NotPrincipal, federated principals, and a resource policy that names nobody', () => {
    expect(() => read({ ...statement, NotPrincipal: '*' }, 'resource')).toThrow(/NotPrincipal/);
    const Principal = { Federated: 'accounts.example' };
    expect(() => read({ ...statement, Principal }, 'resource')).toThrow(/Federated/);
    expect(() => read(statement, 'resource')).toThrow(/names no Principal/);
  });

  it('refuses a version whose rules are others', () => {
    expect(() =>
      readPolicy({ Version: '2008-10-17', Statement: statement }, 'identity', 'P'),
    ).toThrow(/Version/);
  });
});

describe('given a condition', () => {
  const holds = (Condition: object, context: Record<string, string>): boolean | undefined =>
    read({ ...statement, Condition })[0]?.holds(contextOf(context));
  const key = 'kms:ViaService';

  it.each([
    [{ StringEquals: { [key]: ['a', 'b'] } }, { [key]: 'b' }, true],
    [{ StringEquals: { [key]: 'a' } }, { [key]: 'A' }, false],
    [{ StringEquals: { [key]: 'a' } }, {}, false],
    [{ StringEqualsIfExists: { [key]: 'a' } }, {}, true],
    [{ StringEqualsIgnoreCase: { [key]: 'a' } }, { [key]: 'A' }, true],
    [{ StringNotEquals: { [key]: ['a', 'b'] } }, { [key]: 'b' }, false],
    [{ StringNotEquals: { [key]: ['a', 'b'] } }, { [key]: 'c' }, true],
    [{ StringNotEquals: { [key]: 'a' } }, {}, true],
    [
      { StringLike: { [key]: 'sqs.*.amazonaws.com' } },
      { [key]: 'sqs.eu-west-2.amazonaws.com' },
      true,
    ],
    [{ StringNotLike: { [key]: 'sqs.*' } }, { [key]: 'sqs.x' }, false],
    [{ Null: { [key]: 'true' } }, {}, true],
    [{ Null: { [key]: 'false' } }, {}, false],
    [{ Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'false' }, true],
    [{ NumericLessThan: { 's3:TlsVersion': 1.2 } }, { 's3:TlsVersion': '1.3' }, false],
    [{ NumericLessThan: { 's3:TlsVersion': 1.2 } }, { 's3:TlsVersion': '1.1' }, true],
    [{ StringEquals: { 'KMS:viaservice': 'a' } }, { [key]: 'a' }, true],
    [{ StringEquals: { [key]: 'a', 'aws:SourceAccount': '1' } }, { [key]: 'a' }, false],
  ])('%j of %j: %s', (condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});
