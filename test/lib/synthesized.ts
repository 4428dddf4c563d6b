import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { type Config, parseConfig } from '#lib/config.ts';
import { MonitoringStack } from '#lib/monitoring-stack.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.looseObject({ 'aws:cdk:path': z.string() }),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof resourceSchema>;

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
});

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')));

export type Synthesized = {
  readonly app: App;
  readonly stack: MonitoringStack;
  readonly config: Config;
  readonly template: Template;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The resources of one type, each with its logical id. */
  readonly ofType: (type: string) => readonly (readonly [string, Resource])[];
};

const known = new Map<string, Synthesized>();

/**
 * The stack as `cdk synth` makes it, but without bundles; `context` is what -c would give. It is
 * made once for each context, and only read.
 */
export const synthesize = (context: Readonly<Record<string, unknown>> = {}): Synthesized => {
  const name = JSON.stringify(context);
  const synthesized = known.get(name) ?? synthesizeAnew(context);
  known.set(name, synthesized);
  return synthesized;
};

const synthesizeAnew = (context: Readonly<Record<string, unknown>>): Synthesized => {
  const app = new App({
    analyticsReporting: false,
    context: {
      ...cdkJson.context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:bundling-stacks': [],
      ...context,
    },
  });
  const config = parseConfig((key) => app.node.tryGetContext(key));
  const stack = new MonitoringStack(app, 'Homeward', config);
  const template = Template.fromStack(stack);
  const parsed = templateSchema.parse(template.toJSON());
  const resources = Object.entries(parsed.Resources);
  return {
    app,
    stack,
    config,
    template,
    resources: parsed.Resources,
    outputs: parsed.Outputs,
    ofType: (type) => resources.filter(([, resource]) => resource.Type === type),
  };
};

/** The context of an agency that uses everything there is to choose. */
export const everythingChosen = {
  agency: 'kent-probation',
  forces: 'kent,west-midlands',
  partners: 'victim-care',
  orderedForces: 'kent',
  feedSubscriptions: 'west-midlands=https://cad.west-midlands.example/homeward',
  exerciseSubscriptions: 'victim-care=https://care.example/homeward/exercise',
  operationsEmail: 'operations@example.org',
  dutyManagerEmail: 'duty@example.org',
  dutyManagerMobile: '+447700900009',
  textReplyNumber: '+447700900008',
  onDelete: 'destroy',
  billing: 'provisioned',
  escalationConcurrency: '20',
};

const referenceSchema = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((reference) => reference['Fn::GetAtt'][0]),
]);

/** The logical id that a Ref or Fn::GetAtt points to; undefined for anything else. */
export const referredTo = (value: unknown): string | undefined =>
  referenceSchema.safeParse(value).data;

/** The path of the construct below the stack, without CDK's own `/Resource`. */
export const constructPath = (resource: Resource): string =>
  resource.Metadata['aws:cdk:path']
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
