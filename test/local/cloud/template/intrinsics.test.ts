import { describe, expect, it } from 'vitest';
import { createResolver } from '#local/cloud/template/intrinsics.ts';
import { templateSchema } from '#local/cloud/template/template.ts';

const template = templateSchema.parse({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Table: { Type: 'AWS::DynamoDB::Table' },
  },
  Parameters: { Size: { Type: 'Number', Default: 7 }, Bare: { Type: 'String' } },
  Mappings: { Sizes: { small: { memory: 128 } } },
  Conditions: {
    InLondon: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-2'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'InLondon' }] },
  },
});

const asked: string[] = [];
const { resolve, condition } = createResolver({
  template,
  pseudo: { 'AWS::Region': 'eu-west-2', 'AWS::AccountId': '000000000000' },
  lookup: {
    ref: async (id) => {
      asked.push(id);
      return `${id}-ref`;
    },
    attribute: async (id, name) => `${id}-${name}`,
  },
});

describe('given a template with references', () => {
  it.each([
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-2'],
    ['a parameter', { Ref: 'Size' }, 7],
    ['a resource', { Ref: 'Queue' }, 'Queue-ref'],
    ['an attribute as a list', { 'Fn::GetAtt': ['Table', 'Stream.Arn'] }, 'Table-Stream.Arn'],
    ['an attribute as text', { 'Fn::GetAtt': 'Table.StreamArn' }, 'Table-StreamArn'],
    ['a join', { 'Fn::Join': [':', ['a', { Ref: 'Size' }, { Ref: 'Queue' }]] }, 'a:7:Queue-ref'],
    ['a split', { 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
    ['a selection', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['a map', { 'Fn::FindInMap': ['Sizes', 'small', 'memory'] }, 128],
    ['a choice', { 'Fn::If': ['InLondon', { Ref: 'Queue' }, 'no'] }, 'Queue-ref'],
    [
      'a text with names',
      { 'Fn::Sub': '$' + '{Queue} in $' + '{AWS::Region}, $' + '{Table.Arn}' },
      'Queue-ref in eu-west-2, Table-Arn',
    ],
    [
      'a text with its own names',
      { 'Fn::Sub': ['$' + '{a}-$' + '{!a}', { a: { Ref: 'Size' } }] },
      '7-$' + '{a}',
    ],
    ['a list with a gap', ['x', { 'Fn::If': ['Elsewhere', 'y', { Ref: 'AWS::NoValue' }] }], ['x']],
    ['an object with a gap', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['a plain object', { Type: 'x', deep: [{ Ref: 'Queue' }] }, { Type: 'x', deep: ['Queue-ref'] }],
    [
      'a policy statement',
      { Condition: { Bool: { x: 'y' } } },
      { Condition: { Bool: { x: 'y' } } },
    ],
  ])('resolves %s', async (_, value, expected) => {
    expect(await resolve(value, 'here')).toEqual(expected);
  });

  it('answers conditions that build on each other', async () => {
    expect([await condition('InLondon', ''), await condition('Elsewhere', '')]).toEqual([
      true,
      false,
    ]);
  });

  it('does not make what only the branch not taken refers to', async () => {
    asked.length = 0;
    await resolve({ 'Fn::If': ['Elsewhere', { Ref: 'Queue' }, 'no'] }, 'here');
    expect(asked).toEqual([]);
  });

  it.each([
    ['an unknown function', { 'Fn::Cidr': ['x'] }, /Resources\.A\.b\[0\].*Fn::Cidr is not known/],
    ['an unknown name', { Ref: 'Nobody' }, /Resources\.A\.b\[0\].*"Nobody".*not in the template/],
    ['a parameter without a value', { Ref: 'Bare' }, /has no default value/],
    ['an unknown pseudo parameter', { Ref: 'AWS::Moon' }, /AWS::Moon is unknown/],
    ['an attribute of nothing', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, /names no resource/],
    ['a selection out of range', { 'Fn::Select': [3, ['a']] }, /out of range/],
    ['an unknown condition', { 'Fn::If': ['Maybe', 1, 2] }, /no condition "Maybe"/],
  ])('refuses %s and names the place', async (_, value, message) => {
    await expect(resolve({ b: [value] }, 'Resources.A')).rejects.toThrow(message);
  });
});
