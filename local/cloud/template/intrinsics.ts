import * as z from 'zod';
import { conditionIntrinsics } from './condition-intrinsics.ts';
import { type Intrinsic, type IntrinsicTools, NO_VALUE, parseAt, textsAt } from './intrinsic.ts';
import type { Template } from './template.ts';
import { textIntrinsics } from './text-intrinsics.ts';

/** Where the values of references come from: asking for one makes the resource, if need be. */
export type ReferenceLookup = {
  ref(logicalId: string): Promise<unknown>;
  attribute(logicalId: string, name: string): Promise<unknown>;
};

export type ResolverParts = {
  template: Template;
  /** Pseudo parameters, such as `AWS::Region`. */
  pseudo: Readonly<Record<string, string>>;
  lookup: ReferenceLookup;
};

export type Resolver = {
  /** Replaces intrinsic functions by values. `where` names the place in error messages. */
  resolve(value: unknown, where: string): Promise<unknown>;
  condition(name: string, where: string): Promise<boolean>;
};

const objectSchema = z.record(z.string(), z.unknown());

const createReferences = ({ template, pseudo, lookup }: ResolverParts, resolve: Intrinsic) => ({
  ref: async (name: string, where: string): Promise<unknown> => {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const known = pseudo[name];
    if (known !== undefined) return known;
    if (name.startsWith('AWS::')) throw new Error(`${where}: pseudo parameter ${name} is unknown.`);
    if (name in template.Resources) return lookup.ref(name);
    const parameter = template.Parameters[name];
    if (parameter?.Default !== undefined) return parameter.Default;
    const reason = parameter === undefined ? 'is not in the template' : 'has no default value';
    throw new Error(`${where}: Ref to "${name}", which ${reason}.`);
  },
  attribute: async (argument: unknown, where: string): Promise<unknown> => {
    const isDotted = typeof argument === 'string';
    const parts = isDotted ? argument.split('.') : await textsAt(argument, where, { resolve });
    const [logicalId, ...names] = parts;
    if (logicalId === undefined || names.length === 0 || !(logicalId in template.Resources)) {
      throw new Error(`${where}: Fn::GetAtt ${JSON.stringify(argument)} names no resource.`);
    }
    return lookup.attribute(logicalId, names.join('.'));
  },
});

/** The intrinsic function that this object is a call of; undefined for a plain object. */
const findIntrinsic = (
  object: Record<string, unknown>,
  intrinsics: Readonly<Record<string, Intrinsic>>,
  where: string,
): Intrinsic | undefined => {
  const [name, ...others] = Object.keys(object);
  if (name === undefined || others.length > 0) return undefined;
  // A policy statement has a key `Condition` too, but then with an object behind it.
  if (name === 'Condition' && typeof object[name] !== 'string') return undefined;
  const intrinsic = intrinsics[name];
  if (intrinsic !== undefined || !name.startsWith('Fn::')) return intrinsic;
  const known = Object.keys(intrinsics).join(', ');
  throw new Error(`${where}: ${name} is not known to the local cloud (known: ${known}).`);
};

const withoutGaps = (entries: [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== NO_VALUE));

/** Makes the resolver of one template. Unknown functions and names are errors with the place. */
export const createResolver = (parts: ResolverParts): Resolver => {
  const { template } = parts;

  const resolveDeep: Intrinsic = async (value, where) => {
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(await resolveDeep(item, `${where}[${index}]`));
      }
      return items.filter((item) => item !== NO_VALUE);
    }
    const object = objectSchema.safeParse(value);
    if (!object.success) return value;
    const intrinsic = findIntrinsic(object.data, intrinsics, where);
    if (intrinsic !== undefined) return intrinsic(Object.values(object.data)[0], where);
    const entries: [string, unknown][] = [];
    for (const [key, inner] of Object.entries(object.data)) {
      entries.push([key, await resolveDeep(inner, `${where}.${key}`)]);
    }
    return withoutGaps(entries);
  };

  const condition = async (name: string, where: string): Promise<boolean> => {
    if (!(name in template.Conditions)) throw new Error(`${where}: no condition "${name}".`);
    return parseAt(z.boolean(), await resolveDeep(template.Conditions[name], where), where);
  };

  const references = createReferences(parts, resolveDeep);
  const tools: IntrinsicTools = { ...references, resolve: resolveDeep, condition };
  const intrinsics: Record<string, Intrinsic> = {
    Ref: (argument, where) => references.ref(parseAt(z.string(), argument, where), where),
    'Fn::GetAtt': references.attribute,
    ...conditionIntrinsics(tools),
    ...textIntrinsics(template, tools),
  };

  const resolve: Resolver['resolve'] = async (value, where) => {
    const resolved = await resolveDeep(value, where);
    return resolved === NO_VALUE ? undefined : resolved;
  };
  return { resolve, condition };
};
