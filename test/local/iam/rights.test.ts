import { describe, expect, it } from 'vitest';
import { type Template, templateSchema } from '#local/cloud/template/template.ts';
import { denialMessage, describeDenial } from '#local/iam/denial.ts';
import { sendNeeds } from '#local/iam/needs/sqs-needs.ts';
import { type Asker, readRights } from '#local/iam/rights.ts';
import { place, RIGHTS, smallStack } from './small-stack.ts';

const asker: Asker = { kind: 'role', roleId: 'Role', session: 'Small-Function' };
const QUEUE = 'arn:aws:sqs:eu-west-2:000000000000:Small-Work';
const KEY = 'arn:aws:kms:eu-west-2:000000000000:key/Small-Key';

const denialOf = async (template: Template) => {
  const rights = await readRights(template, place);
  return rights.firstDenial(asker, sendNeeds(QUEUE, rights.surroundings));
};

describe('given a role that sends to an encrypted queue', () => {
  it('lets it send with the right to the queue and to the key', async () => {
    expect(await denialOf(smallStack())).toBeUndefined();
  });

  it("says in AWS's words what is not allowed, and which statement is missing", async () => {
    const denial = await denialOf(smallStack(RIGHTS.slice(1)));
    if (denial === undefined) throw new Error('nothing was denied');
    expect(denialMessage(denial)).toBe(
      'User: arn:aws:sts::000000000000:assumed-role/Small-Role/Small-Function is not authorized ' +
        `to perform: sqs:SendMessage on resource: ${QUEUE} ` +
        'because no identity-based policy allows the sqs:SendMessage action',
    );
    expect(describeDenial(denial)).toContain(
      `missing in a policy of the role Role: {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"${QUEUE}"}`,
    );
  });

  it('needs the key as well, through the service that uses it', async () => {
    const denial = await denialOf(smallStack(RIGHTS.slice(0, 1)));
    expect(denial?.request).toMatchObject({ action: 'kms:GenerateDataKey', resource: KEY });
    expect(denial && describeDenial(denial)).toContain(
      '"Condition":{"StringEquals":{"kms:ViaService":"sqs.eu-west-2.amazonaws.com"}}',
    );
  });

  it("needs the key's own policy to leave it to the account", async () => {
    const denial = await denialOf(smallStack(RIGHTS, []));
    expect(denial?.decision).toEqual({ outcome: 'not-allowed', missingIn: 'resource' });
    expect(denial && describeDenial(denial)).toContain(
      `missing in the policy of ${KEY}: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"}`,
    );
  });

  it('shows the statement that denies', async () => {
    const statement = { Effect: 'Deny', Action: 'sqs:*', Resource: '*' };
    const denial = await denialOf(smallStack([...RIGHTS, statement]));
    expect(denial && denialMessage(denial)).toMatch(
      /with an explicit deny in an identity-based policy$/,
    );
    expect(denial && describeDenial(denial)).toContain(
      `refused by AWS::IAM::Policy Policy, statement 3: ${JSON.stringify(statement)}`,
    );
  });
});

describe('given a table that names its key in its replica', () => {
  const withReplica = (replica: object): Template => {
    const { Resources, ...rest } = smallStack();
    const Properties = { Replicas: [{ Region: 'eu-west-2', ...replica }] };
    const Rows = { Type: 'AWS::DynamoDB::GlobalTable', Properties };
    return templateSchema.parse({ ...rest, Resources: { ...Resources, Rows } });
  };

  it('asks for the right to that key', async () => {
    const KMSMasterKeyId = { 'Fn::GetAtt': ['Key', 'Arn'] };
    const rights = await readRights(withReplica({ SSESpecification: { KMSMasterKeyId } }), place);
    const rows = 'arn:aws:dynamodb:eu-west-2:000000000000:table/Small-Rows';
    expect(rights.surroundings.keyOf(rows)).toBe(KEY);
  });

  it('refuses a policy that stands there, which would not be read', async () => {
    const ResourcePolicy = { PolicyDocument: {} };
    await expect(readRights(withReplica({ ResourcePolicy }), place)).rejects.toThrow(
      'a ResourcePolicy is not known',
    );
  });
});

describe('given what is asked again and again', () => {
  it('remembers each different question once', async () => {
    const rights = await readRights(smallStack(), place);
    const needs = sendNeeds(QUEUE, rights.surroundings);
    for (let times = 0; times < 3; times += 1) rights.firstDenial(asker, needs);
    expect(rights.asked().map(({ need }) => need.action)).toEqual([
      ...['sqs:SendMessage', 'kms:GenerateDataKey', 'kms:Decrypt'],
    ]);
  });
});
