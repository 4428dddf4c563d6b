import { fileURLToPath } from 'node:url';
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, type RecursiveLoop, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { sizes, type Verb } from '../verbs.ts';
import { acknowledge } from './acknowledge.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { removalPolicy } from './removal.ts';

export type PipelineFunctionProps = {
  readonly config: Config;
  readonly keys: EncryptionKeys;
  readonly verb: Verb;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  readonly recursiveLoop?: RecursiveLoop;
};

const projectFile = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Ways to credentials that no function takes: Lambda gives them in the environment, which the SDK
 * asks first. It imports these only when it needs one, so a quarter of each bundle stays out.
 */
const credentialsOfOtherPlaces = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/**
 * One file, the SDK in it: the version that was tested is the one that runs, whatever the runtime
 * ships. CommonJS, because it loads faster than ESM.
 */
const bundling: BundlingOptions = {
  format: OutputFormat.CJS,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: false,
  externalModules: credentialsOfOtherPlaces,
};

/** A template that is only looked at (`-c aws:cdk:bundling-stacks=[]`) needs no bundle. */
const codeOf = (verb: Verb, bundled: boolean): NodejsFunctionProps =>
  bundled
    ? {
        entry: projectFile(`functions/${verb}/handler.ts`),
        projectRoot: projectFile(''),
        depsLockFilePath: projectFile('package-lock.json'),
        bundling,
      }
    : { code: Code.fromInline('// not bundled'), handler: 'index.handler' };

/** A Lambda function of the pipeline, with a role and a log group of its own. */
export class PipelineFunction extends NodejsFunction {
  readonly verb: Verb;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    const { config, keys, verb } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      encryptionKey: keys.messages,
      retention: config.logRetentionDays,
      removalPolicy: removalPolicy(config),
    });
    const role = new Role(scope, `${id}Role`, {
      description: `Homeward ${config.agency}: what ${verb} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    super(scope, id, {
      description: props.description,
      ...codeOf(verb, Stack.of(scope).bundlingRequired),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: sizes[verb].memoryMegabytes,
      timeout: Duration.seconds(sizes[verb].timeoutSeconds),
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        POWERTOOLS_SERVICE_NAME: verb,
        POWERTOOLS_METRICS_NAMESPACE: 'Homeward',
        LOG_LEVEL: config.logLevel,
        ...props.environment,
      },
      ...(props.reservedConcurrency && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
    });
    this.verb = verb;
    logGroup.grantWrite(role);
    acknowledge(this, {
      'Serverless-LambdaDLQ':
        'Called by a queue, a stream or HTTP, which keep or report what failed, or by the minute, ' +
        'whose next call makes the missed one good.',
    });
  }
}
