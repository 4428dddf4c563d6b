import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeStack } from '#local/bench/grants/judge-stack.ts';
import { SELDOM_CALLS } from '#local/bench/grants/seldom-calls.ts';
import { createPlace } from '#local/cloud/place.ts';
import { templateSchema } from '#local/cloud/template/template.ts';
import { synthesize } from '#test/lib/synthesized.ts';

const { stack, template } = synthesize();
const place = createPlace('eu-west-2', stack.stackName);
const judged = await judgeStack(templateSchema.parse(template.toJSON()), place);

/** After a change of rights or calls: npm run bench:grants -- --record, or seldom-calls.ts. */
describe('given every call of the stack, and each of its grants taken away by itself', () => {
  it('denies no call while nothing is taken away', () => {
    expect(judged.denied).toEqual([]);
  });

  it.each(judged.grants.map(({ grant, deniedWithout }) => [grant.text, deniedWithout] as const))(
    '%s: without it a call is denied',
    (_, deniedWithout) => {
      expect(deniedWithout).not.toEqual([]);
    },
  );

  it('judges the roles, the keys, the queues, the topics and the permissions', () => {
    const holders = new Set(judged.grants.map(({ grant }) => grant.property ?? 'permission'));
    expect([...holders].sort()).toEqual([
      ...['AssumeRolePolicyDocument', 'KeyPolicy', 'PolicyDocument', 'permission'],
    ]);
    expect(judged.grants.length).toBeGreaterThan(150);
  });
});

/** What a file has that makes calls of this service. */
const CALLING: Readonly<Record<string, RegExp>> = {
  dynamodb: /\w+Command\(|queryAll\(/,
  kms: /fetch\(/,
  s3: /fetch\(/,
  secretsmanager: /GetSecretValueCommand\(/,
  scheduler: /CreateScheduleCommand\(/,
  sns: /PublishCommand\(/,
  sqs: /Command\(|sendLater\(/,
};

describe('given the calls that a short run does not make', () => {
  it.each(SELDOM_CALLS)('$by $service $operation: its file calls $service', ({ file, service }) => {
    expect(readFileSync(file, 'utf8')).toMatch(CALLING[service] ?? /never/);
  });
});
