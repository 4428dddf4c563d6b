import * as z from 'zod';
import type { Workbench } from '../workbench.ts';

/** A resource of the template, its properties resolved. */
export type ResolvedResource = { logicalId: string; type: string; properties: unknown };

/** What a resource became: what `Ref` and `Fn::GetAtt` give, and what to do once all are there. */
export type ProvisionedResource = {
  ref: string;
  attributes: Readonly<Record<string, string>>;
  start?: () => void | Promise<void>;
};

/** How one resource type is run locally. */
export type ResourceKind = (
  resource: ResolvedResource,
  bench: Workbench,
) => Promise<ProvisionedResource> | ProvisionedResource;

export const placeOf = ({ type, logicalId }: ResolvedResource): string =>
  `${type} (logical id ${logicalId})`;

/**
 * Checks a resource's properties. The schemas are strict: a property that the local cloud would
 * ignore, although it changes what the resource does, is an error that names it.
 */
export const readProperties = <T>(schema: z.ZodType<T>, resource: ResolvedResource): T => {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const problem = z.prettifyError(parsed.error);
  throw new Error(`${placeOf(resource)} has properties the local cloud does not run:\n${problem}`);
};

/** Numbers and switches may come as texts in a template. */
export const countProperty = z.coerce.number();
export const switchProperty = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);

/** A property that has no effect on this machine. */
export const withoutEffect = z.unknown().optional();
