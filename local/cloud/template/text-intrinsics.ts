import * as z from 'zod';
import { type Intrinsic, type IntrinsicTools, parseAt, textSchema, textsAt } from './intrinsic.ts';
import { substitute } from './substitute.ts';
import type { Template } from './template.ts';

const pairSchema = z.tuple([z.string(), z.unknown()]);
const objectSchema = z.record(z.string(), z.unknown());

const substitution =
  (tools: IntrinsicTools): Intrinsic =>
  async (argument, where) => {
    const [text, given] =
      typeof argument === 'string' ? [argument, {}] : parseAt(pairSchema, argument, where);
    const variables = parseAt(objectSchema, await tools.resolve(given, where), where);
    const variable = (name: string): unknown => {
      if (name in variables) return variables[name];
      return name.includes('.') ? tools.attribute(name, where) : tools.ref(name, where);
    };
    return substitute(text, async (name) => parseAt(textSchema, await variable(name), where));
  };

/** Fn::Join, Fn::Split, Fn::Select, Fn::Sub and Fn::FindInMap. */
export const textIntrinsics = (
  template: Template,
  tools: IntrinsicTools,
): Record<string, Intrinsic> => ({
  'Fn::Sub': substitution(tools),
  'Fn::Join': async (argument, where) => {
    const [separator, list] = parseAt(pairSchema, argument, where);
    return (await textsAt(list, where, tools)).join(separator);
  },
  'Fn::Split': async (argument, where) => {
    const [separator, text] = parseAt(pairSchema, argument, where);
    return parseAt(textSchema, await tools.resolve(text, where), where).split(separator);
  },
  'Fn::Select': async (argument, where) => {
    const [index, list] = parseAt(z.tuple([z.coerce.number(), z.unknown()]), argument, where);
    const chosen = parseAt(z.array(z.unknown()), await tools.resolve(list, where), where)[index];
    if (chosen === undefined) throw new Error(`${where}: Fn::Select ${index} is out of range.`);
    return chosen;
  },
  'Fn::FindInMap': async (argument, where) => {
    const [map = '', first = '', second = ''] = await textsAt(argument, where, tools);
    const found = template.Mappings[map]?.[first]?.[second];
    if (found === undefined) throw new Error(`${where}: no ${map}.${first}.${second} in Mappings.`);
    return found;
  },
});
