import { expect, it } from 'vitest';
import { policy, roster, T, violationOpens } from '#test/support/alerts.ts';
import { given } from '#test/support/given-alert.ts';

it('tells the duty manager where nobody of the last resort can be told', () => {
  const steps = [{ delaySeconds: 0, targets: [] }];
  const opens = violationOpens({}, { policy: policy({ steps, repeat: 0 }) });
  const nobody = roster({ contacts: [], rotas: [], liaisons: [] });
  const { pages } = given()
    .when(opens, T, nobody)
    .thenHappened('alert-opened', 'step-run', 'step-run');
  expect(pages.map(({ recipient }) => recipient.channel)).toEqual(['duty-manager']);
});
