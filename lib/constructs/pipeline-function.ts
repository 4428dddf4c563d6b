import { fileURLToPath } from 'node:url';
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, type RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { sizes, type Verb } from '../verbs.ts';
import { acknowledge } from './acknowledge.ts';
import { bundlingOf } from './bundling.ts';
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

/** A template that is only looked at (`-c aws:cdk:bundling-stacks=[]`) needs no bundle. */
const codeOf = (verb: Verb, bundled: boolean): NodejsFunctionProps =>
  bundled
    ? {
        entry: projectFile(`functions/${verb}/handler.ts`),
        projectRoot: projectFile(''),
        depsLockFilePath: projectFile('package-lock.json'),
        bundling: bundlingOf(verb),
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
      'Serverless-LambdaTracing':
        'Traces would show durations that Lambda reports already, at a tenth of all that a ' +
        'wearer costs; what an event went through is told by ids, in the log and on record.',
      'Serverless-LambdaDLQ':
        'Called by a queue, a stream or HTTP, which keep or report what failed, or by the ' +
        'minute, whose next call makes the missed one good.',
    });
  }
}
