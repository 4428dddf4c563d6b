import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Method, type Route, routes } from '../routes.ts';
import { apiLimits } from '../thresholds.ts';
import { acknowledge } from './acknowledge.ts';
import type { Owner } from './encryption-keys.ts';
import type { PipelineFunction } from './pipeline-function.ts';
import { removalPolicy } from './removal.ts';

/** A token that is revoked stops working within this time. */
const authorizationCacheSeconds = 30;

/**
 * No path and no query: an acknowledgement link is a secret, and ids are personal. The route key
 * has the names of the parameters, not their values.
 */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  method: '$context.httpMethod',
  status: '$context.status',
  responseLatency: '$context.responseLatency',
  responseLength: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

export type Handlers = Readonly<Record<'authorize' | 'ingest' | 'api', PipelineFunction>>;

/** The HTTP API: its address is known before the functions behind it exist. */
export class HttpDoor extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { config, keys }: Owner) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `homeward-${config.agency}`,
      description: `Homeward ${config.agency}: events in, alerts out`,
      createDefaultStage: false,
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      encryptionKey: keys.messages,
      retention: config.logRetentionDays,
      removalPolicy: removalPolicy(config),
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: apiLimits.requestsPerSecond, burstLimit: apiLimits.burstRequests },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  /** Where the API is reached from outside. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Puts the functions behind the routes of lib/routes.ts. */
  open({ authorize, ingest, api }: Handlers): void {
    const integrations = {
      ingest: behind(ingest),
      api: behind(api),
    };
    const authorizers = {
      token: new HttpLambdaAuthorizer('Authorizer', authorize, {
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        identitySource: ['$request.header.Authorization'],
        resultsCacheTtl: Duration.seconds(authorizationCacheSeconds),
      }),
      link: new HttpNoneAuthorizer(),
      none: new HttpNoneAuthorizer(),
    };
    for (const { methods, path, handledBy, authorization } of doorRoutes()) {
      const [route] = this.api.addRoutes({
        path,
        methods: [methods.length === 1 ? HttpMethod[methods[0]] : HttpMethod.ANY],
        integration: integrations[handledBy],
        authorizer: authorizers[authorization],
      });
      if (route && authorization === 'link') {
        acknowledge(route, {
          'AwsSolutions-APIG4':
            'Opened by a person or their calendar without a session: the link carries a secret ' +
            'good for one alert or for their shifts alone, and the function checks it.',
        });
      }
      if (route && authorization === 'none') {
        acknowledge(route, {
          'AwsSolutions-APIG4':
            'Gives the public keys by which receivers verify what we sign, and nothing else.',
        });
      }
    }
  }
}

/** One permission per function: one per route would outgrow the function's policy. */
const behind = (handler: PipelineFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(handler.verb, handler, { scopePermissionToRoute: false });

type DoorRoute = Omit<Route, 'method'> & Readonly<{ methods: readonly [Method, ...Method[]] }>;

/**
 * One route for all methods of a path, which the function tells apart: a template has 500 resources
 * at most. Throws where methods of one path go to different functions, or by different rights.
 */
export const doorRoutes = (): readonly DoorRoute[] =>
  [...Map.groupBy(routes, ({ path }) => path).values()].map((ofPath) => {
    const [first, ...others] = ofPath;
    if (first === undefined) throw new Error('a path has no route');
    const { method, ...door } = first;
    const isSame = others.every(
      (one) => one.handledBy === door.handledBy && one.authorization === door.authorization,
    );
    if (!isSame) throw new Error(`${door.path} has methods for different functions or rights`);
    return { ...door, methods: [method, ...others.map((one) => one.method)] };
  });
