import * as z from 'zod';
import { type Intrinsic, type IntrinsicTools, parseAt, textsAt } from './intrinsic.ts';

const choiceSchema = z.tuple([z.string(), z.unknown(), z.unknown()]);

/** Fn::If, of which only the way taken is resolved, and what conditions are made of. */
export const conditionIntrinsics = (tools: IntrinsicTools): Record<string, Intrinsic> => {
  const booleans = async (argument: unknown, where: string): Promise<boolean[]> =>
    parseAt(z.array(z.boolean()), await tools.resolve(argument, where), where);
  return {
    Condition: (argument, where) => tools.condition(parseAt(z.string(), argument, where), where),
    'Fn::If': async (argument, where) => {
      const [name, whenTrue, whenFalse] = parseAt(choiceSchema, argument, where);
      return tools.resolve((await tools.condition(name, where)) ? whenTrue : whenFalse, where);
    },
    'Fn::Equals': async (argument, where) => {
      const [left, right] = await textsAt(argument, where, tools);
      return left === right;
    },
    'Fn::And': async (argument, where) => (await booleans(argument, where)).every(Boolean),
    'Fn::Or': async (argument, where) => (await booleans(argument, where)).some(Boolean),
    'Fn::Not': async (argument, where) => !(await booleans(argument, where))[0],
  };
};
