import { describe, expect, it } from 'vitest';
import { accessKeyFor, readCall } from '#local/cloud/gateway/call.ts';

const signed = (accessKeyId: string, service: string, extra: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260301/eu-west-2/${service}/aws4_request, SignedHeaders=host, Signature=x`,
  ...extra,
});

const read = (headers: Record<string, string>, body = '', path = '/', method = 'POST') =>
  readCall({ method, path, headers, body: Buffer.from(body) }, new Set(['EvaluateRole']));

describe('given a signed request', () => {
  it('knows a function by its role', () => {
    const call = read(signed(accessKeyFor('EvaluateRole'), 'dynamodb'));
    expect(call?.caller).toEqual({ kind: 'role', roleId: 'EvaluateRole' });
  });

  it.each(['test', accessKeyFor('NobodysRole')])('takes %s for the operator', (accessKeyId) => {
    expect(read(signed(accessKeyId, 'sqs'))?.caller).toEqual({ kind: 'operator' });
  });

  it('reads the operation of AWS JSON from the header', () => {
    const call = read(signed('x', 'dynamodb', { 'x-amz-target': 'DynamoDB_20120810.PutItem' }));
    expect([call?.service, call?.operation]).toEqual(['dynamodb', 'PutItem']);
  });

  it('reads the operation of the query protocol from the form', () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const call = read(signed('x', 'sns', type), 'Action=Publish&Message=a%26b');
    expect([call?.service, call?.operation]).toEqual(['sns', 'Publish']);
  });

  it.each([
    ['POST', '/schedules/a', 'CreateSchedule'],
    ['GET', '/schedules/a?groupName=g', 'GetSchedule'],
    ['DELETE', '/schedules/a', 'DeleteSchedule'],
    ['PUT', '/schedules/a', 'PUT /schedules/a'],
  ])('reads %s %s as %s', (method, path, operation) => {
    expect(read(signed('x', 'scheduler'), '', path, method)?.operation).toBe(operation);
  });

  it('does not read a request that is not signed', () => {
    expect(read({})).toBeUndefined();
  });
});
