import { describe, expect, it } from 'vitest';
import { createEnforcement } from '#local/cloud/enforcement.ts';
import { createAuthorize, createConceal } from '#local/cloud/gateway/authorize.ts';
import type { Caller, ServiceCall } from '#local/cloud/gateway/call.ts';
import { awsJson } from '#local/cloud/reply.ts';
import { place, smallStack } from '#test/local/iam/small-stack.ts';

const role: Caller = { kind: 'role', roleId: 'Role' };

const calling = (service: string, operation: string, input: unknown): ServiceCall => ({
  ...{ caller: role, service, operation, method: 'POST', path: '/' },
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(typeof input === 'string' ? input : JSON.stringify(input)),
});

const form = (fields: Record<string, string>): ServiceCall => ({
  ...calling('sns', fields.Action ?? '', new URLSearchParams(fields).toString()),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

const start = async (rights?: readonly object[]) => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const enforcement = await createEnforcement(smallStack(rights), place, log);
  return {
    lines,
    authorize: createAuthorize(enforcement, log),
    conceal: createConceal(enforcement),
  };
};

const QueueUrl = 'http://127.0.0.1:1/000000000000/Small-Work';
const send = calling('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' });
const get = calling('dynamodb', 'GetItem', { TableName: 'Small-Rows', Key: {} });

describe('given a call of a function', () => {
  it('lets it pass with the rights it needs, and the operator without any', async () => {
    const { authorize } = await start();
    expect(authorize(send)).toBeUndefined();
    expect(authorize({ ...get, caller: { kind: 'operator' } })).toBeUndefined();
  });

  it.each([
    ['DynamoDB', get, 400, 'AccessDeniedException'],
    ['SQS', calling('sqs', 'PurgeQueue', { QueueUrl }), 400, 'AccessDeniedException'],
    [
      'Secrets Manager',
      calling('secretsmanager', 'GetSecretValue', { SecretId: 'x' }),
      400,
      'AccessDeniedException',
    ],
    ['SNS', form({ Action: 'Publish', TopicArn: 'arn:aws:sns:r:1:t' }), 403, 'AuthorizationError'],
    ['S3', { ...calling('s3', 'GetObject', ''), path: '/bucket/key' }, 403, 'AccessDenied'],
  ])('answers a denial as %s does, and tells it once', async (_, call, status, code) => {
    const { authorize, lines } = await start();
    const reply = authorize(call);
    expect(reply?.status).toBe(status);
    expect(reply?.body.toString()).toContain(code);
    expect(reply?.body.toString()).toContain('is not authorized to perform: ');
    authorize(call);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('missing in a policy of the role Role: {"Effect":"Allow"');
  });

  it("answers the key's denial under its own name", async () => {
    const { authorize } = await start([{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }]);
    const reply = authorize(send);
    expect(reply?.headers['x-amzn-query-error']).toBe('KMS.AccessDeniedException;Sender');
    expect(reply?.body.toString()).toContain('kms:GenerateDataKey');
  });

  it('needs a right for each part of a transaction, and logs no phone number', async () => {
    const Resource = '*';
    const puts = [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource }];
    const { authorize, lines } = await start(puts);
    const parts = (...names: readonly string[]) => ({
      TransactItems: names.map((name) => ({ [name]: { TableName: 'Small-Rows' } })),
    });
    const transact = (...names: readonly string[]) =>
      authorize(calling('dynamodb', 'TransactWriteItems', parts(...names)));
    expect(transact('Put')).toBeUndefined();
    expect(transact('Put', 'ConditionCheck')?.body.toString()).toContain('ConditionCheckItem');
    authorize(form({ Action: 'Publish', PhoneNumber: '+447700900001' }));
    expect(lines.join()).not.toContain('+44');
  });

  it('names the folder for an operation without a row, and refuses a broken body', async () => {
    const { authorize } = await start();
    const unknown = authorize(calling('dynamodb', 'ExportTable', {}));
    expect(unknown?.status).toBe(501);
    expect(unknown?.body.toString()).toContain('local/iam/needs');
    expect(authorize(calling('dynamodb', 'GetItem', '{'))?.status).toBe(400);
    expect(authorize(calling('dynamodb', 'GetItem', {}))?.status).toBe(400);
  });
});

describe('given an object that is not there', () => {
  const call = { ...calling('s3', 'GetObject', ''), method: 'GET', path: '/bucket/key' };
  const gone = { ...awsJson(404, {}), status: 404 };

  it('tells so only whoever may list the bucket', async () => {
    const { conceal } = await start();
    expect(conceal(call, gone).status).toBe(403);
    const listing = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket' };
    const { conceal: open } = await start([listing]);
    expect(open(call, gone).status).toBe(404);
  });
});
