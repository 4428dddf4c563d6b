import { describe, expect, it } from 'vitest';
import { wildcards } from '#lib/wildcards.ts';
import { type Star, starsOf, statementsOf } from './policies.ts';
import { everythingChosen, type Synthesized, synthesize } from './synthesized.ts';

const sorted = (stars: readonly Star[]): string[] =>
  [
    ...new Set(
      stars.map(({ holder, effect, action, resource, notResource }) => {
        const on = notResource ? `all but ${notResource}` : (resource ?? 'a named resource');
        return `${holder}: ${effect} ${action} on ${on}`;
      }),
    ),
  ].sort();

const listed = ({ config }: Synthesized): Star[] =>
  wildcards(config).flatMap(({ holders, actions, effect, resource, notResource }) =>
    holders.flatMap((holder) =>
      actions.map((action) => ({
        holder,
        effect,
        action,
        ...(resource && { resource }),
        ...(notResource && { notResource }),
      })),
    ),
  );

describe.each([
  ['as it comes', {}],
  ['with everything chosen', everythingChosen],
])('the stack %s', (_, context) => {
  const stack = synthesize(context);
  const statements = statementsOf(stack);

  it('has exactly the stars that are listed with a reason', () => {
    expect(sorted(statements.flatMap(starsOf))).toEqual(sorted(listed(stack)));
  });

  it('lets nobody do everything with everything', () => {
    const allowed = statements.flatMap(starsOf).filter(({ effect }) => effect === 'Allow');
    const unbounded = allowed.filter(({ action, resource }) => action.includes('*') && resource);
    expect(new Set(unbounded.map(({ holder }) => holder))).toEqual(
      new Set(['TracksKey', 'CasesKey', 'MessagesKey', 'AuditKey', 'AnchorKey/Key']),
    );
  });

  it('allows nothing to everybody', () => {
    const open = statements.filter(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal)?.includes('*'),
    );
    expect(open).toEqual([]);
  });

  it('lets a service act only for sources of this stack', () => {
    const services = statements.filter(
      ({ Effect, Principal }) =>
        Effect === 'Allow' && JSON.stringify(Principal)?.includes('Service'),
    );
    const unconditional = services.filter(({ Condition }) => Condition === undefined);
    // Roles that a service takes on are handed to it by this account; see their constructs.
    expect(unconditional.every(({ property }) => property === 'AssumeRolePolicyDocument')).toBe(
      true,
    );
    expect(services.length).toBeGreaterThan(unconditional.length);
  });

  it('gives every wildcard a reason that is a sentence', () => {
    for (const { reason } of wildcards(stack.config)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
