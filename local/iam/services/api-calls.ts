import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import type { Asker } from '../rights.ts';
import { readOf } from '../stack-policies.ts';
import type { StackCall, StackSurroundings } from './stack-call.ts';

const routeSchema = z.looseObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
});
const integrationSchema = z.looseObject({ IntegrationUri: z.string() });
const authorizerSchema = z.looseObject({ ApiId: z.string(), AuthorizerUri: z.string() });

const FUNCTION = /arn:aws:lambda:[^:]*:\d*:function:[^/:]+/;

/** The function within an invocation URI. */
const functionArn = (uri: string): string => FUNCTION.exec(uri)?.[0] ?? uri;

const apiGateway = (sourceArn: string): Asker => ({
  kind: 'service',
  name: 'apigateway.amazonaws.com',
  sourceArn,
});

/** `GET /v1/alerts` is `GET/v1/alerts` in an ARN; a route for any method is called with some. */
const routePath = (routeKey: string): string => {
  const [method = '', path = '/'] = routeKey.split(' ');
  return routeKey === '$default' ? 'GET/' : `${method === 'ANY' ? 'GET' : method}${path}`;
};

/**
 * API Gateway calls the functions behind routes and authorizers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/
 * http-api-develop-integrations-lambda.html
 */
export const apiCalls = ({ stack }: StackSurroundings): StackCall[] => {
  const integrations = stack.ofType('AWS::ApiGatewayV2::Integration');
  const execute = (path: string): string => arnOf(stack.place, 'execute-api', path);
  const invoke = (uri: string) => [{ action: 'lambda:InvokeFunction', resource: functionArn(uri) }];
  const routes = stack.ofType('AWS::ApiGatewayV2::Route').map((route): StackCall => {
    const { ApiId, RouteKey, Target } = readOf(routeSchema, route);
    const integration = integrations.find(({ ref }) => Target === `integrations/${ref}`);
    if (integration === undefined) throw new Error(`${route.logicalId}: no ${Target} here.`);
    return {
      subject: route.logicalId,
      purpose: 'call',
      asker: apiGateway(execute(`${ApiId}/$default/${routePath(RouteKey)}`)),
      needs: invoke(readOf(integrationSchema, integration).IntegrationUri),
    };
  });
  const authorizers = stack.ofType('AWS::ApiGatewayV2::Authorizer').map((resource): StackCall => {
    const { ApiId, AuthorizerUri } = readOf(authorizerSchema, resource);
    return {
      subject: resource.logicalId,
      purpose: 'call',
      asker: apiGateway(execute(`${ApiId}/authorizers/${resource.ref}`)),
      needs: invoke(AuthorizerUri),
    };
  });
  return [...routes, ...authorizers];
};
