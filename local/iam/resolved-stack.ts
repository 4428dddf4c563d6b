import * as z from 'zod';
import type { Place } from '../cloud/place.ts';
import { createResolver } from '../cloud/template/intrinsics.ts';
import type { Template } from '../cloud/template/template.ts';
import { nameProperty, type StackName, stackName } from './stack-names.ts';

export type ResolvedProperties = Readonly<Record<string, unknown>>;

/** A resource with its properties resolved, and the names it goes by. */
export type StackResource = StackName & {
  logicalId: string;
  type: string;
  properties: ResolvedProperties;
};

/** The stack as policies see it: every resource by its names, nothing made and nothing running. */
export type ResolvedStack = {
  place: Place;
  resources: readonly StackResource[];
  /** Those of one type. */
  ofType(...types: readonly string[]): StackResource[];
};

const propertiesSchema = z.record(z.string(), z.unknown());

const pseudoParameters = (place: Place): Record<string, string> => ({
  'AWS::AccountId': place.account,
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/local`,
  'AWS::StackName': place.stackName,
  'AWS::URLSuffix': 'amazonaws.com',
});

/** What these types hold may be large, and says nothing about rights. */
const UNREAD = new Set(['AWS::CDK::Metadata', 'AWS::CloudWatch::Dashboard']);

const createStackResolver = (template: Template, place: Place) => {
  const names = new Map<string, Promise<StackName>>();

  const findName = async (logicalId: string): Promise<StackName> => {
    const { Type: type = '', Properties = {} } = template.Resources[logicalId] ?? {};
    const property = nameProperty(type);
    const given = property === undefined ? undefined : Properties[property];
    if (given === undefined) return stackName({ logicalId, type, name: undefined }, place);
    const where = `Resources.${logicalId}.Properties.${property}`;
    const name = z.string().parse(await resolver.resolve(given, where));
    return stackName({ logicalId, type, name }, place);
  };

  const nameOf = (logicalId: string): Promise<StackName> => {
    const known = names.get(logicalId) ?? findName(logicalId);
    names.set(logicalId, known);
    return known;
  };

  const resolver = createResolver({
    template,
    pseudo: pseudoParameters(place),
    lookup: {
      ref: async (logicalId) => (await nameOf(logicalId)).ref,
      // An attribute that no policy speaks of may be anything that is not an ARN.
      attribute: async (logicalId, attribute) =>
        (await nameOf(logicalId)).attributes[attribute] ?? `${logicalId}.${attribute}`,
    },
  });
  return { nameOf, resolver };
};

/** Resolves a template without making anything. Throws on what the resolver does not know. */
export const resolveStack = async (template: Template, place: Place): Promise<ResolvedStack> => {
  const { nameOf, resolver } = createStackResolver(template, place);
  const resources: StackResource[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const { Type: type, Properties, Condition } = resource;
    const where = `Resources.${logicalId}`;
    if (UNREAD.has(type)) continue;
    if (Condition !== undefined && !(await resolver.condition(Condition, where))) continue;
    const resolved = await resolver.resolve(Properties, `${where}.Properties`);
    const properties = propertiesSchema.parse(resolved);
    resources.push({ ...(await nameOf(logicalId)), logicalId, type, properties });
  }
  const ofType = (...types: readonly string[]): StackResource[] =>
    resources.filter(({ type }) => types.includes(type));
  return { place, resources, ofType };
};
