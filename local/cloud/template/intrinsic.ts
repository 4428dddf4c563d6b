import * as z from 'zod';

/** One intrinsic function: its argument as the template has it, and the place, for errors. */
export type Intrinsic = (argument: unknown, where: string) => Promise<unknown>;

/** What intrinsic functions need of the resolver. */
export type IntrinsicTools = {
  /** Resolves what is inside an argument. */
  resolve: Intrinsic;
  ref(name: string, where: string): Promise<unknown>;
  attribute(argument: unknown, where: string): Promise<unknown>;
  condition(name: string, where: string): Promise<boolean>;
};

/** What `Ref: AWS::NoValue` leaves, until it is taken out of the list or object around it. */
export const NO_VALUE = Symbol('AWS::NoValue');

export const textSchema = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value));

/** Parses what a template holds. Throws an error that names the place. */
export const parseAt = <T>(schema: z.ZodType<T>, value: unknown, where: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
};

/** A list of texts, resolved. */
export const textsAt = async (
  value: unknown,
  where: string,
  { resolve }: Pick<IntrinsicTools, 'resolve'>,
): Promise<string[]> => parseAt(z.array(textSchema), await resolve(value, where), where);
