import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { everythingChosen, type Synthesized, synthesize } from './synthesized.ts';

const packs: readonly (new () => NagPack)[] = [AwsSolutionsChecks, ServerlessChecks];

const findings = ({ app }: Synthesized): string[] =>
  packs
    .flatMap((Pack) => new Pack().validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

/** Rule and reason of every acknowledgement in the tree. */
const acknowledgements = ({ app }: Synthesized): [string, unknown][] =>
  app.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data ?? {}));

describe.each([
  ['as it comes', {}],
  ['with everything chosen', everythingChosen],
])('the stack %s', (_, context) => {
  const stack = synthesize(context);

  it('has no finding of AwsSolutions or Serverless that is not acknowledged', () => {
    expect(findings(stack)).toEqual([]);
  });

  it('acknowledges only with a reason that is a sentence', () => {
    const acknowledged = acknowledgements(stack);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const [, reason] of acknowledged) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('acknowledges no rule on the stack as a whole', () => {
    const wide = stack.stack.node.metadata.filter(
      ({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY,
    );
    expect(wide).toEqual([]);
  });
});
