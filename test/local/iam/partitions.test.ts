import { describe, expect, it } from 'vitest';
import {
  agencyIdSchema,
  alertIdSchema,
  orderIdSchema,
  tokenIdSchema,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import { episodesKey } from '#functions/adapters/dynamodb/hold-keys.ts';
import {
  activationKey,
  alertKey,
  type Key,
  orderKey,
  sharedKey,
  tokenKey,
  wearerKey,
} from '#functions/adapters/dynamodb/keys.ts';
import { TEST_ACTIVATION } from '#functions/canary/set-up.ts';
import { createPlace } from '#local/cloud/place.ts';
import { templateSchema } from '#local/cloud/template/template.ts';
import type { Need } from '#local/iam/needs/need.ts';
import { needsOfCall } from '#local/iam/needs/needs-of-call.ts';
import { type Asker, readRights } from '#local/iam/rights.ts';
import { synthesize } from '#test/lib/synthesized.ts';

const { stack, template, config, ofType } = synthesize();
const rights = await readRights(
  templateSchema.parse(template.toJSON()),
  createPlace('eu-west-2', stack.stackName),
);
const agencyId = agencyIdSchema.parse(config.agency);

const idOf = (type: string, name: string): string =>
  ofType(type).find(([id]) => id.startsWith(name))?.[0] ?? 'none';
const canary: Asker = {
  ...{ kind: 'role', roleId: idOf('AWS::IAM::Role', 'CanaryFunctionRole') },
  session: 'canary',
};
const tableOf = (name: string): string =>
  `${stack.stackName}-${idOf('AWS::DynamoDB::Table', `${name}Table`)}`;

const needsOf = (operation: string, input: object): Need[] => {
  const call = { service: 'dynamodb', operation, method: 'POST', path: '/', headers: {}, input };
  return needsOfCall(call, rights.surroundings) ?? [];
};
/** Whether it may put all of these in one transaction and, where it is one, by itself. */
const mayPut = (table: string, ...keys: readonly Pick<Key, 'pk'>[]): boolean[] => {
  const puts = keys.map(({ pk }) => ({ TableName: tableOf(table), Item: { pk: { S: pk } } }));
  const together = needsOf('TransactWriteItems', { TransactItems: puts.map((Put) => ({ Put })) });
  const alone = puts.length === 1 ? puts.map((put) => needsOf('PutItem', put)) : [];
  return [together, ...alone].map((needs) => rights.firstDenial(canary, needs) === undefined);
};

const wearerOf = (id: string) => ({ agencyId, wearerId: wearerIdSchema.parse(id) });
const ofTest = wearerOf(TEST_WEARER);
const alertOf = (id: string) => alertKey(agencyId, alertIdSchema.parse(id));
const OWN: readonly Key[] = [
  ...[wearerKey(ofTest), orderKey(ofTest, orderIdSchema.parse(TEST_WEARER)), episodesKey(ofTest)],
  ...[sharedKey(agencyId, 'POLICY', TEST_WEARER), activationKey(agencyId, TEST_ACTIVATION)],
  ...[
    tokenKey(agencyId, tokenIdSchema.parse(TEST_WEARER)),
    alertOf(`${TEST_WEARER}.device-care.a1`),
  ],
];
const OTHERS: readonly Key[] = [
  ...[wearerKey(wearerOf('w-1')), wearerKey(wearerOf(`${TEST_WEARER}-2`))],
  ...[sharedKey(agencyId, 'POLICY', 'usual'), tokenKey(agencyId, tokenIdSchema.parse('admin'))],
  ...[alertOf('w-1.keep-out.a1'), alertOf(`${TEST_WEARER}-2.keep-out.a1`)],
  wearerKey({ ...ofTest, agencyId: agencyIdSchema.parse('another') }),
];

describe('given what the canary writes', () => {
  it.each(OWN)('may write what the test wearer has: $pk', (key) => {
    expect(mayPut('Monitoring', key)).toEqual([true, true]);
  });

  it.each(OTHERS)('may write nothing of anybody else: $pk', (key) => {
    expect(mayPut('Monitoring', key)).toEqual([false, false]);
    expect(mayPut('Record', key)).toEqual([false, false]);
  });

  it('may write nothing of anybody else beside its own', () => {
    expect(mayPut('Monitoring', wearerKey(ofTest), wearerKey(wearerOf('w-1')))).toEqual([false]);
  });

  it('may write no item whose partition is not named', () => {
    const needs = needsOf('PutItem', { TableName: tableOf('Monitoring'), Item: {} });
    expect(rights.firstDenial(canary, needs)).toBeDefined();
  });
});
