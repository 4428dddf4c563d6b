import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arnOfResource, startTinyStack, type TinyCloud } from './tiny-stack.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html

const MEGABYTE = 1024 * 1024;

const HANDLER = `
exports.handler = async (event) => {
  const { sleep, length, fail } = event.queryStringParameters ?? {};
  if (sleep) await new Promise((done) => setTimeout(done, Number(sleep)));
  if (fail) throw new Error('asked to');
  return { statusCode: 200, body: 'x'.repeat(Number(length ?? 1)) };
};`;

const asked = (name: string) => ({
  [`${name}Permission`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOfResource(name),
      Principal: 'apigateway.amazonaws.com',
    },
  },
  [`${name}Integration`]: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOfResource(name),
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 600,
    },
  },
  [`${name}Route`]: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: `ANY /${name.toLowerCase()}`,
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${name}Integration` }]] },
    },
  },
});

const STACK = {
  functions: {
    Open: { code: HANDLER, properties: { Timeout: 30, MemorySize: 512 } },
    Single: { code: HANDLER, properties: { ReservedConcurrentExecutions: 1 } },
  },
  resources: {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'api', ProtocolType: 'HTTP' },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
    ...asked('Open'),
    ...asked('Single'),
  },
};

let cloud: TinyCloud;

beforeAll(async () => {
  cloud = await startTinyStack(STACK);
});
afterAll(() => cloud.stop());

const ask = async (path: string, request: RequestInit = {}) => {
  const response = await fetch(`${cloud.apiUrl}${path}`, request);
  return { status: response.status, text: await response.text() };
};

const refusal = (status: number, message: string) => ({
  status,
  text: JSON.stringify({ message }),
});

describe('given an HTTP API before a function', () => {
  it('answers with what the function returns', async () => {
    expect(await ask('/open')).toEqual({ status: 200, text: 'x' });
  });

  it('waits no longer than the integration may take', async () => {
    expect(await ask('/open?sleep=900')).toEqual(refusal(503, 'Service Unavailable'));
  });

  it('answers 500 for a function that fails', async () => {
    expect(await ask('/open?fail=1')).toEqual(refusal(500, 'Internal Server Error'));
  });

  it('answers 500 for a response above 6 MB', async () => {
    const answer = await ask(`/open?length=${6 * MEGABYTE}`);
    expect(answer).toEqual(refusal(500, 'Internal Server Error'));
    expect(cloud.functionLogs('Open').join('\n')).toContain('Function.ResponseSizeTooLarge');
  });

  it.each([
    ['above 10 MB', 10 * MEGABYTE + 1],
    // As base64 it is above what Lambda takes.
    ['above 6 MB in base64', 5 * MEGABYTE],
  ])('refuses a body %s', async (_, bytes) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await ask('/open', { method: 'POST', headers, body: Buffer.alloc(bytes) });
    expect(answer).toEqual(refusal(413, 'Request Entity Too Large'));
  });

  it('does not wait for a function that is throttled', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask('/single?sleep=300')));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 503, 503]);
    expect(await ask('/single')).toEqual({ status: 200, text: 'x' });
  });
});
