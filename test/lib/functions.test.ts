import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Verb, verbs } from '#lib/verbs.ts';
import { statementsOf } from './policies.ts';
import { constructPath, everythingChosen, referredTo, synthesize } from './synthesized.ts';

const stack = synthesize();
const functions = stack.ofType('AWS::Lambda::Function').map(([, lambda]) => ({
  path: constructPath(lambda),
  properties: lambda.Properties,
}));

const functionOf = (verb: Verb): Record<string, unknown> =>
  functions.find(({ path }) => path.toLowerCase() === `${verb}/function`)?.properties ?? {};

const rights = (path: string): string[] =>
  statementsOf(stack)
    .filter(({ holder }) => holder === path)
    .flatMap(({ Action, Resource = [] }) =>
      Action.flatMap((action) =>
        Resource.map((on) => `${action} ${referredTo(on)?.replace(/\w{8}$/, '') ?? 'other'}`),
      ),
    );

describe('the functions', () => {
  it('are the verbs', () => {
    expect(functions.map(({ path }) => path.replace('/Function', '').toLowerCase()).sort()).toEqual(
      [...verbs].sort(),
    );
  });

  it.each(verbs)('%s runs on Node 24 and arm64, with a role of its own', (verb) => {
    const properties = functionOf(verb);
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: expect.any(Number),
    });
    const roles = functions.map((one) => referredTo(one.properties.Role));
    expect(roles.filter((role) => role === referredTo(properties.Role))).toHaveLength(1);
  });

  it.each(verbs)('%s writes to an encrypted log of its own, which is kept for a time', (verb) => {
    const { LogGroup } = z.object({ LogGroup: z.unknown() }).parse(functionOf(verb).LoggingConfig);
    const log = stack.resources[referredTo(LogGroup) ?? '']?.Properties ?? {};
    expect(log.RetentionInDays).toBe(365);
    expect(referredTo(log.KmsKeyId)).toMatch(/^MessagesKey/);
    const stage = verb.charAt(0).toUpperCase() + verb.slice(1);
    const logging = rights(`${stage}/FunctionRole/DefaultPolicy`).filter((right) =>
      right.startsWith('logs:'),
    );
    expect(logging).toEqual([
      `logs:CreateLogStream ${stage}FunctionLogs`,
      `logs:PutLogEvents ${stage}FunctionLogs`,
    ]);
  });

  it('have no managed policies', () => {
    for (const [, role] of stack.ofType('AWS::IAM::Role')) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it('only look, where they audit, at what they audit', () => {
    const writes = statementsOf(stack)
      .filter(({ holder }) => holder === 'Audit/FunctionRole/DefaultPolicy')
      .filter(({ Action }) => Action.some((action) => /^dynamodb:(Put|Update|Delete)/.test(action)))
      .flatMap(({ Resource = [] }) => Resource.map((on) => referredTo(on)?.replace(/\w{8}$/, '')));
    expect(writes).toEqual(['VigilTable']);
  });

  it('can read where wearers are only to evaluate, archive, erase, report, or answer', () => {
    const holders = statementsOf(stack)
      .filter(({ Resource = [] }) =>
        Resource.some((on) => /^(State|Trail)Table/.test(referredTo(on) ?? '')),
      )
      .map(({ holder }) => holder.split('/')[0]);
    expect([...new Set(holders)].sort()).toEqual([
      ...['Api', 'Archive', 'Erase', 'Evaluate', 'Report'],
    ]);
  });

  it('set no concurrency aside unless an agency asks for it', () => {
    for (const { properties } of functions) {
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
    const reserved = synthesize(everythingChosen)
      .ofType('AWS::Lambda::Function')
      .filter(([, { Properties }]) => Properties.ReservedConcurrentExecutions === 20)
      .map(([, lambda]) => constructPath(lambda));
    expect(reserved).toEqual(['Escalate/Function', 'Notify/Function']);
  });

  it('that send to their own queue are let do so', () => {
    const looping = functions.filter(({ properties }) => properties.RecursiveLoop === 'Allow');
    expect(looping.map(({ path }) => path)).toEqual([
      ...['Evaluate/Function', 'Escalate/Function', 'Deliver/Function'],
    ]);
  });
});

/** What CloudFormation would put in place of a reference, well formed for its kind. */
const deployed = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const id = referredTo(value) ?? '';
  const type = stack.resources[id]?.Type ?? '';
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:eu-west-2:123456789012:${rest}`;
  const attribute = z.object({ 'Fn::GetAtt': z.array(z.string()) }).safeParse(value).data;
  if (attribute?.['Fn::GetAtt'][1] === 'ApiEndpoint') {
    return 'https://a1b2c3.execute-api.eu-west-2.amazonaws.com';
  }
  if (type === 'AWS::SQS::Queue' && attribute) return arn('sqs', id);
  if (type === 'AWS::SQS::Queue') return `https://sqs.eu-west-2.amazonaws.com/123456789012/${id}`;
  if (type === 'AWS::SNS::Topic') return arn('sns', id);
  if (type === 'AWS::SecretsManager::Secret') return arn('secretsmanager', `secret:${id}-AbCdEf`);
  if (type === 'AWS::IAM::Role') return `arn:aws:iam::123456789012:role/${id}`;
  return id;
};

const environmentOf = (verb: Verb): Record<string, string> => {
  const { Variables } = z
    .object({ Variables: z.record(z.string(), z.unknown()) })
    .parse(functionOf(verb).Environment);
  return Object.fromEntries(
    Object.entries(Variables).map(([name, value]) => [name, deployed(value)]),
  );
};

const envFile = (verb: Verb): string =>
  fileURLToPath(new URL(`../../functions/${verb}/env.ts`, import.meta.url));

const envModuleSchema = z.object({ envSchema: z.instanceof(z.ZodType) });

describe('the environment', () => {
  it.each(verbs)('of %s names it, and holds no empty value', (verb) => {
    const environment = environmentOf(verb);
    expect(environment).toMatchObject({
      POWERTOOLS_SERVICE_NAME: verb,
      POWERTOOLS_METRICS_NAMESPACE: 'Homeward',
      LOG_LEVEL: 'INFO',
    });
    expect(Object.values(environment)).not.toContain('');
  });

  for (const verb of verbs) {
    it(`of ${verb} is what its env.ts asks for`, async () => {
      const { envSchema } = envModuleSchema.parse(await import(envFile(verb)));
      const parsed = envSchema.safeParse(environmentOf(verb));
      expect(parsed.error?.issues ?? []).toEqual([]);
    });
  }
});
