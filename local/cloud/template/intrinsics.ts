import * as z from 'zod';
import { substitute } from './substitute.ts';
import type { Template } from './template.ts';

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

/** Replaces intrinsic functions by values. `where` names the place in error messages. */
export type Resolve = (value: unknown, where: string) => Promise<unknown>;
export type Resolver = {
  resolve: Resolve;
  condition: (name: string, where: string) => Promise<boolean>;
};

const NO_VALUE = Symbol('AWS::NoValue');
const objectSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(z.unknown());
const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

type Intrinsic = (argument: unknown, where: string) => Promise<unknown>;

const parse = <T>(schema: z.ZodType<T>, value: unknown, where: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
};

/** Makes the resolver of one template. Unknown functions and names are errors that name the place. */
export const createResolver = ({ template, pseudo, lookup }: ResolverParts): Resolver => {
  const resolve: Resolve = async (value, where) => {
    const resolved = await resolveDeep(value, where);
    return resolved === NO_VALUE ? undefined : resolved;
  };

  const texts = async (value: unknown, where: string): Promise<string[]> =>
    parse(z.array(textSchema), await resolve(value, where), where);

  const ref = async (name: string, where: string): Promise<unknown> => {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const known = pseudo[name];
    if (known !== undefined) return known;
    if (name.startsWith('AWS::')) throw new Error(`${where}: pseudo parameter ${name} is unknown.`);
    if (name in template.Resources) return lookup.ref(name);
    const parameter = template.Parameters[name];
    if (parameter?.Default !== undefined) return parameter.Default;
    const reason = parameter === undefined ? 'is not in the template' : 'has no default value';
    throw new Error(`${where}: Ref to "${name}", which ${reason}.`);
  };

  const attribute: Intrinsic = async (argument, where) => {
    const dotted = typeof argument === 'string';
    const parts = dotted ? argument.split('.') : await texts(argument, where);
    const [logicalId, ...names] = parts;
    if (logicalId === undefined || names.length === 0 || !(logicalId in template.Resources)) {
      throw new Error(`${where}: Fn::GetAtt ${JSON.stringify(argument)} names no resource.`);
    }
    return lookup.attribute(logicalId, names.join('.'));
  };

  const condition = async (name: string, where: string): Promise<boolean> => {
    if (!(name in template.Conditions)) throw new Error(`${where}: no condition "${name}".`);
    return parse(z.boolean(), await resolve(template.Conditions[name], where), where);
  };

  const choose: Intrinsic = async (argument, where) => {
    const [name, whenTrue, whenFalse] = parse(
      z.tuple([z.string(), z.unknown(), z.unknown()]),
      argument,
      where,
    );
    return resolveDeep((await condition(name, where)) ? whenTrue : whenFalse, where);
  };

  const sub: Intrinsic = async (argument, where) => {
    const [text, given] =
      typeof argument === 'string'
        ? [argument, {}]
        : parse(z.tuple([z.string(), objectSchema]), argument, where);
    const variables = parse(objectSchema, await resolve(given, where), where);
    return substitute(text, async (name) => {
      const value =
        name in variables
          ? variables[name]
          : name.includes('.')
            ? await attribute(name, where)
            : await ref(name, where);
      return parse(textSchema, value, where);
    });
  };

  const booleans = async (argument: unknown, where: string): Promise<boolean[]> =>
    parse(z.array(z.boolean()), await resolve(argument, where), where);

  const intrinsics: Record<string, Intrinsic> = {
    Ref: (argument, where) => ref(parse(z.string(), argument, where), where),
    Condition: (argument, where) => condition(parse(z.string(), argument, where), where),
    'Fn::GetAtt': attribute,
    'Fn::If': choose,
    'Fn::Sub': sub,
    'Fn::Join': async (argument, where) => {
      const [separator, list] = parse(z.tuple([z.string(), z.unknown()]), argument, where);
      return (await texts(list, where)).join(separator);
    },
    'Fn::Split': async (argument, where) => {
      const [separator, text] = parse(z.tuple([z.string(), z.unknown()]), argument, where);
      return parse(textSchema, await resolve(text, where), where).split(separator);
    },
    'Fn::Select': async (argument, where) => {
      const [index, list] = parse(z.tuple([z.coerce.number(), z.unknown()]), argument, where);
      const chosen = parse(listSchema, await resolve(list, where), where)[index];
      if (chosen === undefined) throw new Error(`${where}: Fn::Select ${index} is out of range.`);
      return chosen;
    },
    'Fn::FindInMap': async (argument, where) => {
      const [map = '', first = '', second = ''] = await texts(argument, where);
      const found = template.Mappings[map]?.[first]?.[second];
      if (found === undefined)
        throw new Error(`${where}: no ${map}.${first}.${second} in Mappings.`);
      return found;
    },
    'Fn::Equals': async (argument, where) => {
      const [left, right] = await texts(argument, where);
      return left === right;
    },
    'Fn::And': async (argument, where) => (await booleans(argument, where)).every(Boolean),
    'Fn::Or': async (argument, where) => (await booleans(argument, where)).some(Boolean),
    'Fn::Not': async (argument, where) => !(await booleans(argument, where))[0],
  };

  const resolveObject = async (object: Record<string, unknown>, where: string) => {
    const resolved: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(object)) {
      const inner = await resolveDeep(value, `${where}.${key}`);
      if (inner !== NO_VALUE) resolved[key] = inner;
    }
    return resolved;
  };

  const resolveDeep = async (value: unknown, where: string): Promise<unknown> => {
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(await resolveDeep(item, `${where}[${index}]`));
      }
      return items.filter((item) => item !== NO_VALUE);
    }
    const object = objectSchema.safeParse(value);
    if (!object.success) return value;
    const [name, ...others] = Object.keys(object.data);
    if (name === undefined || others.length > 0) return resolveObject(object.data, where);
    const intrinsic = intrinsics[name];
    // A policy statement has a key `Condition` too, but then with an object behind it.
    const isIntrinsic = name !== 'Condition' || typeof object.data[name] === 'string';
    if (intrinsic !== undefined && isIntrinsic) return intrinsic(object.data[name], where);
    if (name.startsWith('Fn::')) {
      const known = Object.keys(intrinsics).join(', ');
      throw new Error(`${where}: ${name} is not known to the local cloud (known: ${known}).`);
    }
    return resolveObject(object.data, where);
  };

  return { resolve, condition };
};
