import * as z from 'zod';
import { constructPath, type Synthesized } from './synthesized.ts';

const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((single) => [single])]);

const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: listOf(z.string()),
  Resource: listOf(z.unknown()).optional(),
  NotResource: listOf(z.unknown()).optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
type Statement = z.infer<typeof statementSchema>;

const documentSchema = z.object({ Statement: z.array(statementSchema) });

/** Where CloudFormation keeps policy documents, by the property's name. */
const documentProperties = ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'];

export type HeldStatement = Statement & { readonly holder: string; readonly property: string };

/** Every policy statement of the template, with the path of the construct that holds it. */
export const statementsOf = ({ resources }: Synthesized): readonly HeldStatement[] =>
  Object.values(resources).flatMap((resource) =>
    documentProperties.flatMap((property) => {
      const document = resource.Properties[property];
      if (document === undefined) return [];
      const holder = constructPath(resource);
      return documentSchema
        .parse(document)
        .Statement.map((statement) => ({ ...statement, holder, property }));
    }),
  );

const joinSchema = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
const refSchema = z.object({ Ref: z.string() });

/** A resource as text, with `<AWS::Region>` for a pseudo parameter and `<...>` for a reference. */
export const flatten = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = joinSchema.safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(flatten).join('');
  const ref = refSchema.safeParse(value);
  return ref.success ? `<${ref.data.Ref}>` : '<...>';
};

export type Star = {
  readonly holder: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly resource?: string;
  readonly notResource?: string;
};

/** Every pair of action and resource of a statement of which one has a star. */
export const starsOf = (statement: HeldStatement): readonly Star[] => {
  const { holder, Effect: effect, Action, Resource = [], NotResource = [] } = statement;
  return Action.flatMap((action): Star[] => {
    const resources = Resource.map(flatten).filter((resource) => resource.includes('*'));
    if (NotResource.length > 0) {
      return NotResource.map((one) => ({ holder, effect, action, notResource: flatten(one) }));
    }
    if (resources.length > 0) {
      return resources.map((resource) => ({ holder, effect, action, resource }));
    }
    return action.includes('*') ? [{ holder, effect, action }] : [];
  });
};
