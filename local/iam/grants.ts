import * as z from 'zod';
import type { Template, TemplateResource } from '../cloud/template/template.ts';
import type { ResolvedStack } from './resolved-stack.ts';

/** One pair of an action and a resource that some policy of the template allows. */
export type Grant = {
  /** Logical id of the resource whose policy it stands in. */
  holder: string;
  /** The property with the document; undefined for a permission, which is one grant as a whole. */
  property: string | undefined;
  /** Its place in that document. */
  statement: number;
  action: number;
  resource: number;
  /** For people: who is allowed what. */
  text: string;
};

const documentProperties = ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'] as const;

const listSchema = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);
const statementSchema = z.looseObject({
  Effect: z.string(),
  Action: listSchema.optional(),
  Resource: listSchema.optional(),
});
const documentSchema = z.looseObject({
  Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]),
});
type Document = z.infer<typeof documentSchema>;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const grantsOfDocument = (document: Document, holder: string, property: string): Grant[] =>
  document.Statement.flatMap((statement, statementIndex): Grant[] => {
    if (statement.Effect !== 'Allow') return [];
    // A statement that names all but something, or no resource, is one grant an action.
    const resources = statement.Resource ?? [statement.NotResource];
    const { Principal } = statement;
    return (statement.Action ?? []).flatMap((action, actionIndex) =>
      resources.map((resource, resourceIndex) => {
        const who = Principal === undefined ? '' : ` to ${textOf(Principal)}`;
        const but = statement.NotResource === undefined ? '' : 'all but ';
        const on = resource === undefined ? '' : ` on ${but}${textOf(resource)}`;
        return {
          ...{ holder, property, statement: statementIndex },
          ...{ action: actionIndex, resource: resourceIndex },
          text: `${holder}: ${textOf(action)}${on}${who}`,
        };
      }),
    );
  });

/**
 * Every grant of a stack: each pair of an action and a resource that a role's policy, a trust
 * policy or a resource's policy allows, and each permission of a function.
 */
export const grantsOf = ({ resources }: ResolvedStack): Grant[] =>
  resources.flatMap(({ logicalId, type, properties }): Grant[] => {
    if (type === 'AWS::Lambda::Permission') {
      const { Action, Principal, SourceArn } = properties;
      const text = `${logicalId}: ${Action} to ${Principal} for ${SourceArn}`;
      return [
        { holder: logicalId, property: undefined, statement: 0, action: 0, resource: 0, text },
      ];
    }
    return documentProperties.flatMap((property) => {
      const document = properties[property];
      if (document === undefined) return [];
      return grantsOfDocument(documentSchema.parse(document), logicalId, property);
    });
  });

const withoutIndex = (list: readonly unknown[], index: number): unknown[] =>
  list.filter((_, place) => place !== index);

/** The statement in two: its other actions whole, and this one action without the resource. */
const splitStatement = (
  statement: z.infer<typeof statementSchema>,
  { action, resource }: Grant,
): unknown[] => {
  const actions = statement.Action ?? [];
  const resources = statement.Resource ?? [];
  const otherActions = withoutIndex(actions, action);
  const otherResources = withoutIndex(resources, resource);
  return [
    ...(otherActions.length === 0 ? [] : [{ ...statement, Action: otherActions }]),
    ...(otherResources.length === 0
      ? []
      : [{ ...statement, Action: [actions[action]], Resource: otherResources }]),
  ];
};

const withoutStatementPart = (properties: unknown, grant: Grant): unknown => {
  const { Statement, ...rest } = documentSchema.parse(properties);
  const statements = Statement.flatMap((statement, index) =>
    index === grant.statement ? splitStatement(statement, grant) : [statement],
  );
  return { ...rest, Statement: statements };
};

/** The template as it would be without this grant, and with all others. */
export const withoutGrant = (template: Template, grant: Grant): Template => {
  const { [grant.holder]: holder, ...others } = template.Resources;
  if (holder === undefined) throw new Error(`There is no resource ${grant.holder}.`);
  if (grant.property === undefined) return { ...template, Resources: others };
  const document = withoutStatementPart(holder.Properties[grant.property], grant);
  const Properties = { ...holder.Properties, [grant.property]: document };
  const changed: TemplateResource = { ...holder, Properties };
  return { ...template, Resources: { ...template.Resources, [grant.holder]: changed } };
};
