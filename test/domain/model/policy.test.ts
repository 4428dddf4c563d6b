import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policySchema } from '#domain/model/person.ts';

const POLICY = {
  ...{ policyId: 'usual', name: 'Usual', lastResort: { personIds: ['manager'] } },
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
    { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'duty' }] },
  ],
};
const later = (delaySeconds: number) => ({
  steps: [POLICY.steps[0], { delaySeconds, targets: [] }],
});

/** Where the first problem lies, and what it says. */
const problemOf = (fields: object) => {
  const [issue] = policySchema.safeParse({ ...POLICY, ...fields }).error?.issues ?? [];
  return issue === undefined ? null : [issue.path.join('.'), issue.message];
};

describe('a policy is refused', () => {
  it.each([
    ['with a later step that waits for nothing', later(0), 'steps.1.delaySeconds', 'one step'],
    [
      'with a step that waits for more than a day',
      later(86_401),
      'steps.1.delaySeconds',
      '24 hours',
    ],
    ['with a delay before its due time', later(-1), 'steps.1.delaySeconds', '>=0'],
    ['without steps', { steps: [] }, 'steps', 'at least one step'],
    ['that repeats for ever', { repeat: -1 }, 'repeat', 'last resort'],
    ['that repeats too often', { repeat: 21 }, 'repeat', 'at most 20'],
    [
      'without anybody in its last resort',
      { lastResort: { personIds: [] } },
      'lastResort.personIds',
      'never be empty',
    ],
    ['without a last resort', { lastResort: undefined }, 'lastResort', 'expected object'],
    [
      'with a target of a kind that is none',
      { steps: [{ delaySeconds: 0, targets: [{ kind: 'pigeon' }] }] },
      'steps.0.targets.0.kind',
      'Invalid',
    ],
    ['with a severity that is none', { secondPersonFor: ['mild'] }, 'secondPersonFor.0', 'Invalid'],
  ])('%s, and it says where and why', (_, fields, path, says) => {
    const problem = problemOf(fields);
    expect(problem?.[0]).toBe(path);
    expect(problem?.[1]).toContain(says);
  });

  it('whatever is sent, with an answer and no exception', () => {
    fc.assert(
      fc.property(fc.anything(), (sent) => {
        expect(policySchema.safeParse(sent).success).toBe(false);
      }),
    );
  });
});

describe('a policy is taken', () => {
  it('with all that it leaves out set to the usual', () => {
    expect(policySchema.parse(POLICY)).toMatchObject({
      ...{ repeat: 1, acknowledgementSeconds: 14_400, secondPersonFor: ['extreme'] },
      lastResort: { everySeconds: 900 },
    });
  });

  it.each([30, 86_400])('with a later step after %i s', (seconds) => {
    expect(problemOf(later(seconds))).toBe(null);
  });
});
