import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';

/** Answers with what it was asked, and with its idea of the time. */
export const handler = async (
  event: APIGatewayProxyEventV2WithLambdaAuthorizer<{ user?: string }>,
) => {
  if (event.rawPath === '/slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (event.rawPath === '/throw') throw new RangeError('asked to fail');
  const { http, authorizer, timeEpoch } = event.requestContext;
  return {
    statusCode: 201,
    headers: { 'Content-Type': 'application/json', 'X-Own': 'yes' },
    cookies: ['seen=1'],
    body: JSON.stringify({
      method: http.method,
      path: event.pathParameters,
      query: event.queryStringParameters,
      cookies: event.cookies,
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
      user: authorizer?.lambda?.user,
      timeEpoch,
      now: Date.now(),
    }),
  };
};
