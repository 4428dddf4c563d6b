import { arnOf, physicalName } from '../place.ts';
import { createResolver, type Resolver } from '../template/intrinsics.ts';
import type { Template, TemplateResource } from '../template/template.ts';
import type { Workbench } from '../workbench.ts';
import { KNOWN_RESOURCES } from './known-resources.ts';
import type { ProvisionedResource } from './resource-kind.ts';
import { WITHOUT_LOCAL_EFFECT } from './without-local-effect.ts';

/** The stack, running: its outputs, resolved. */
export type ProvisionedStack = { outputs: Record<string, string> };

const PASSIVE_SERVICES: Readonly<Record<string, string>> = { CloudWatch: 'cloudwatch' };

const passive = (
  logicalId: string,
  { Type }: TemplateResource,
  { place }: Workbench,
): ProvisionedResource => {
  const [, provider = '', kind = ''] = Type.split('::');
  const service = PASSIVE_SERVICES[provider] ?? provider.toLowerCase();
  const name = physicalName(place, logicalId, 128);
  const arn = arnOf(place, service, `${kind.toLowerCase()}/${name}`);
  return { ref: name, attributes: { Arn: arn, KeyId: name, AliasArn: arn, Id: name } };
};

/** Refuses a template with a resource that cannot be run, before anything is made. */
export const checkTypes = (template: Template): void => {
  for (const [logicalId, { Type }] of Object.entries(template.Resources)) {
    if (Type in KNOWN_RESOURCES || Type in WITHOUT_LOCAL_EFFECT) continue;
    throw new Error(
      `${Type} (logical id ${logicalId}) is not known to the local cloud; add it in local/cloud/resources.`,
    );
  }
};

/** A stack uses its API's address in several spellings; locally they are all the loopback one. */
const localAddresses =
  (bench: Workbench) =>
  (value: unknown): unknown => {
    const { apiId } = bench.registry.api ?? {};
    if (apiId === undefined) return value;
    const address = `https://${apiId}.execute-api.${bench.place.region}.amazonaws.com`;
    const replace = (inner: unknown): unknown => {
      if (typeof inner === 'string') return inner.replaceAll(address, bench.apiUrl);
      if (Array.isArray(inner)) return inner.map(replace);
      if (typeof inner !== 'object' || inner === null) return inner;
      return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, replace(one)]));
    };
    return replace(value);
  };

const pseudoParameters = ({ place }: Workbench): Record<string, string> => ({
  'AWS::AccountId': place.account,
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::StackId': arnOf(place, 'cloudformation', `stack/${place.stackName}/local`),
  'AWS::StackName': place.stackName,
  'AWS::URLSuffix': 'amazonaws.com',
});

/** Makes resources on demand: a reference to one that is not there yet makes it first. */
const createMaker = (template: Template, bench: Workbench) => {
  const made = new Map<string, Promise<ProvisionedResource>>();
  const underway = new Set<string>();

  const provision = async (logicalId: string): Promise<ProvisionedResource> => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new Error(`There is no resource ${logicalId}.`);
    const kind = KNOWN_RESOURCES[resource.Type];
    if (kind === undefined) return passive(logicalId, resource, bench);
    // What a role may do is read by whoever checks it; resolving it here would make cycles.
    const given = resource.Type === 'AWS::IAM::Role' ? {} : resource.Properties;
    const resolved = await resolver.resolve(given, `Resources.${logicalId}.Properties`);
    const properties = localAddresses(bench)(resolved);
    return kind({ logicalId, type: resource.Type, properties }, bench);
  };

  const make = (logicalId: string): Promise<ProvisionedResource> => {
    const known = made.get(logicalId);
    if (known !== undefined && underway.has(logicalId)) {
      const names = [...underway].join(' -> ');
      return Promise.reject(new Error(`Resources refer to each other in a circle: ${names}.`));
    }
    if (known !== undefined) return known;
    underway.add(logicalId);
    const making = provision(logicalId).finally(() => underway.delete(logicalId));
    made.set(logicalId, making);
    return making;
  };

  const resolver: Resolver = createResolver({
    template,
    pseudo: pseudoParameters(bench),
    lookup: {
      ref: async (logicalId) => (await make(logicalId)).ref,
      attribute: async (logicalId, name) => {
        const value = (await make(logicalId)).attributes[name];
        if (value !== undefined) return value;
        const type = template.Resources[logicalId]?.Type;
        throw new Error(`Fn::GetAtt ${logicalId}.${name}: ${type} has no such attribute locally.`);
      },
    },
  });
  return { make, resolver };
};

const isWanted = async (
  item: { Condition?: string | undefined },
  { condition }: Resolver,
  where: string,
): Promise<boolean> => item.Condition === undefined || condition(item.Condition, where);

const resolveOutputs = async (
  template: Template,
  resolver: Resolver,
  bench: Workbench,
): Promise<Record<string, string>> => {
  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(template.Outputs)) {
    const where = `Outputs.${name}`;
    if (!(await isWanted(output, resolver, where))) continue;
    outputs[name] = String(localAddresses(bench)(await resolver.resolve(output.Value, where)));
  }
  return outputs;
};

/** Makes every resource of the template, in order of their references, and then starts them. */
export const provision = async (
  template: Template,
  bench: Workbench,
): Promise<ProvisionedStack> => {
  const { make, resolver } = createMaker(template, bench);
  const started: ProvisionedResource[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (!(await isWanted(resource, resolver, `Resources.${logicalId}`))) continue;
    started.push(await make(logicalId));
  }
  const outputs = await resolveOutputs(template, resolver, bench);
  for (const { start } of started) await start?.();
  return { outputs };
};
