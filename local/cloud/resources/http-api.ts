import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { createAuthorizer } from '../http/authorizer.ts';
import { functionByArn } from '../workbench.ts';
import {
  countProperty,
  placeOf,
  type ResourceKind,
  readProperties,
  withoutEffect,
} from './resource-kind.ts';

const apiSchema = z.strictObject({
  Name: withoutEffect,
  Description: withoutEffect,
  ProtocolType: z.literal('HTTP'),
  RouteSelectionExpression: withoutEffect,
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  IpAddressType: withoutEffect,
  Tags: withoutEffect,
});

/** AWS::ApiGatewayV2::Api: one HTTP API per stack. */
export const httpApi: ResourceKind = (resource, { registry, apiUrl, place }) => {
  readProperties(apiSchema, resource);
  if (registry.api !== undefined) {
    throw new Error(`${placeOf(resource)} is the stack's second API; the local cloud serves one.`);
  }
  const apiId = resource.logicalId.toLowerCase();
  registry.api = { apiId, accountId: place.account, stage: '$default' };
  return { ref: apiId, attributes: { ApiEndpoint: apiUrl, ApiId: apiId } };
};

const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', 'the local cloud serves the $default stage only'),
  AutoDeploy: withoutEffect,
  Description: withoutEffect,
  AccessLogSettings: withoutEffect,
  // Throttling protects the account; one machine has its own limits.
  DefaultRouteSettings: withoutEffect,
  RouteSettings: withoutEffect,
  Tags: withoutEffect,
});

export const httpStage: ResourceKind = (resource) => {
  const { StageName } = readProperties(stageSchema, resource);
  return { ref: StageName, attributes: {} };
};

const integrationSchema = z.strictObject({
  ApiId: z.string(),
  Description: withoutEffect,
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  IntegrationMethod: withoutEffect,
  PayloadFormatVersion: z.literal('2.0'),
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  TimeoutInMillis: z.coerce.number().int().min(50).max(30_000).default(30_000),
});

export const httpIntegration: ResourceKind = (resource, { registry }) => {
  const { IntegrationUri, TimeoutInMillis } = readProperties(integrationSchema, resource);
  const ref = resource.logicalId;
  registry.integrations.set(ref, {
    target: functionByArn(registry, IntegrationUri, placeOf(resource)),
    timeoutMilliseconds: TimeoutInMillis,
  });
  return { ref, attributes: { IntegrationId: ref } };
};

/** The function as API Gateway reaches it: not at all, when no permission lets it call. */
const callable = (target: LocalFunction, isPermitted: boolean): LocalFunction =>
  isPermitted
    ? target
    : {
        ...target,
        invoke: async () => ({
          outcome: 'error',
          requestId: randomUUID(),
          error: {
            errorType: 'AccessDenied',
            errorMessage: 'API Gateway may not call it',
            trace: [],
          },
        }),
      };

const HEADER_SOURCE = /^\$request\.header\.(.+)$/;

const authorizerSchema = z.strictObject({
  ApiId: z.string(),
  Name: withoutEffect,
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0'),
  AuthorizerResultTtlInSeconds: countProperty.default(0),
  AuthorizerCredentialsArn: withoutEffect,
  EnableSimpleResponses: z.literal(true),
  IdentitySource: z
    .array(z.string().regex(HEADER_SOURCE, 'only $request.header.<name> is known here'))
    .min(1),
});

export const httpAuthorizer: ResourceKind = (resource, { registry, clock, enforcement }) => {
  const properties = readProperties(authorizerSchema, resource);
  const identityHeaders = properties.IdentitySource.map((source) =>
    source.replace(HEADER_SOURCE, '$1').toLowerCase(),
  );
  const authorizer = createAuthorizer({
    clock,
    target: callable(
      functionByArn(registry, properties.AuthorizerUri, placeOf(resource)),
      enforcement.permits(resource.logicalId, 'call'),
    ),
    settings: { identityHeaders, cacheSeconds: properties.AuthorizerResultTtlInSeconds },
  });
  const ref = resource.logicalId;
  registry.authorizers.set(ref, authorizer);
  return { ref, attributes: { AuthorizerId: ref } };
};

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  OperationName: withoutEffect,
});

export const httpRoute: ResourceKind = (resource, { registry, enforcement }) => {
  const { RouteKey, Target, AuthorizationType, AuthorizerId } = readProperties(
    routeSchema,
    resource,
  );
  const where = placeOf(resource);
  const given = registry.integrations.get(Target.replace('integrations/', ''));
  if (given === undefined) throw new Error(`${where}: ${Target} is no integration.`);
  const target = callable(given.target, enforcement.permits(resource.logicalId, 'call'));
  const integration = { ...given, target };
  if (AuthorizationType === 'NONE') {
    registry.routes.add(RouteKey, { integration });
  } else {
    const authorizer = registry.authorizers.get(AuthorizerId ?? '');
    if (authorizer === undefined) throw new Error(`${where}: ${AuthorizerId} is no authorizer.`);
    registry.routes.add(RouteKey, { integration, authorizer });
  }
  return { ref: resource.logicalId, attributes: { RouteId: resource.logicalId } };
};
