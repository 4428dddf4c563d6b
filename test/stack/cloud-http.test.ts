import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import { START, startFixture } from './fixture-cloud.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startFixture();
});
afterAll(() => cloud.stop());

const call = async (path: string, request: RequestInit = {}) => {
  const response = await fetch(`${cloud.apiUrl}${path}`, request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
};

const authorization = (): Record<string, string> => ({
  authorization: `Bearer ${cloud.secret('Token')}`,
});

describe('given the HTTP API of the template', () => {
  it('authorises a request and answers it', async () => {
    const headers = { ...authorization(), cookie: 'a=1; b=2', 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: '{"x":1}' };
    const answer = await call('/things/a%20b?colour=red&colour=blue', request);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(answer.headers.getSetCookie()).toEqual(['seen=1']);
    expect(answer.body).toEqual({
      method: 'POST',
      path: { id: 'a b' },
      query: { colour: 'red,blue' },
      cookies: ['a=1', 'b=2'],
      body: '{"x":1}',
      isBase64Encoded: false,
      user: 'operator',
      timeEpoch: START,
      now: START,
    });
  });

  it('hands a body that is not text over in base64', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await call('/open', { method: 'POST', headers, body: 'hi' });
    expect(answer.body).toMatchObject({ body: 'aGk=', isBase64Encoded: true });
  });

  it.each([
    ['without an identity', '/things/1', {}, 401, 'Unauthorized'],
    ['with a wrong identity', '/things/1', { authorization: 'Bearer x' }, 403, 'Forbidden'],
    ['without a route', '/nowhere', {}, 404, 'Not Found'],
    ['to a function that fails', '/throw', {}, 500, 'Internal Server Error'],
    ['to a function that overruns', '/slow', {}, 500, 'Internal Server Error'],
  ])('refuses a request %s', async (_, path, headers, status, message) => {
    const answer = await call(path, { headers });
    expect([answer.status, answer.body]).toEqual([status, { message }]);
  });

  it('tells why the functions failed, in their logs', () => {
    const log = cloud.functionLogs('Answer').join('\n');
    expect(log).toContain('"errorType":"RangeError","errorMessage":"asked to fail"');
    expect(log).toContain('Task timed out after 2.00 seconds');
  });

  it('refuses a body above 10 MB', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect((await call('/open', { method: 'POST', body })).status).toBe(413);
  });

  it("keeps the authorizer's decision for 30 s of the clock", async () => {
    const asked = () => cloud.functionLogs('Authorize').length;
    await cloud.clock.advanceBy(60_000);
    await call('/things/1', { headers: authorization() });
    const afterOne = asked();
    await call('/things/2', { headers: authorization() });
    expect(asked()).toBe(afterOne);
    await cloud.clock.advanceBy(30_000);
    await call('/things/3', { headers: authorization() });
    expect(asked()).toBe(afterOne + 1);
  });

  it('gives the stack its own address and reports outputs', () => {
    expect(cloud.outputs.ApiAddress).toBe(`${cloud.apiUrl}/`);
    expect(cloud.outputs.WorkArn).toMatch(/^arn:aws:sqs:eu-west-2:000000000000:Fixture-Work/);
  });

  it('invokes a function directly and throws what it throws', async () => {
    await expect(cloud.invoke('Answer', { rawPath: '/throw' })).rejects.toThrow(
      'Answer failed: RangeError: asked to fail',
    );
  });

  it('finds nothing under an ambiguous or unknown name, and says what there is', () => {
    expect(() => cloud.queueUrl('Nothing')).toThrow(/0 queues .*"Nothing"; there are: DeadLetters/);
  });
});
