import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config.ts';

const needed = { dutyManagerEmail: 'duty@kent.gov.uk' };

const configOf = (given: Record<string, unknown>) => {
  const context: Record<string, unknown> = { ...needed, ...given };
  return parseConfig((key) => context[key]);
};

describe('the configuration', () => {
  it('is complete when nothing is given but the duty manager', () => {
    expect(configOf({})).toEqual({
      agency: 'demo',
      forces: ['metropolitan'],
      partners: [],
      orderedForces: [],
      feedSubscriptions: {},
      exerciseSubscriptions: {},
      traffic: 'exercise',
      ...needed,
      canaryEveryMinutes: 2,
      logRetentionDays: 365,
      logLevel: 'INFO',
      recordLockDays: 2192,
      webhookHosts: [],
      textMessageLimitDollars: 1,
      onDelete: 'retain',
      billing: 'on-demand',
      falseCallBudget: 2,
    });
  });

  it('takes forces as a JSON list and as a list with commas', () => {
    expect(configOf({ forces: ['kent', 'west-midlands'] }).forces).toEqual([
      'kent',
      'west-midlands',
    ]);
    expect(configOf({ forces: 'kent, west-midlands' }).forces).toEqual(['kent', 'west-midlands']);
  });

  it('takes numbers as the command line gives them', () => {
    const config = configOf({ logRetentionDays: '90', escalationConcurrency: '20' });
    expect(config).toMatchObject({ logRetentionDays: 90, escalationConcurrency: 20 });
  });

  it.each([
    ['agency', 'North West', 'lower-case letters'],
    ['agency', 'a-name-that-is-far-too-long-for-it', 'at most 24 characters'],
    ['forces', '', 'lower-case letters'],
    ['forces', [], 'at least one police force'],
    ['forces', 'kent,kent', 'each police force once'],
    ['operationsEmail', 'nobody', 'e-mail address'],
    ['dutyManagerEmail', undefined, 'the e-mail address of whoever is on duty'],
    ['dutyManagerEmail', '', 'the e-mail address of whoever is on duty'],
    ['dutyManagerMobile', '07700 900001', 'as +447700900001'],
    ['textReplyNumber', '07700 900001', 'as +447700900001, or a short code'],
    ['canaryEveryMinutes', 6, 'at most 5 minutes'],
    ['logRetentionDays', 4, 'CloudWatch Logs knows'],
    ['textMessageLimitDollars', '0', 'an amount above 0'],
    ['logRetentionDays', 9999, 'CloudWatch Logs knows'],
    ['onDelete', 'keep', '"retain"|"destroy"'],
    ['billing', 'free', '"on-demand"|"provisioned"'],
    ['escalationConcurrency', 0, '>=1'],
    ['falseCallBudget', 0, '>=1'],
  ])('refuses %s %j and says what to do', (key, value, advice) => {
    const parse = () => configOf({ [key]: value });
    expect(parse).toThrow(key);
    expect(parse).toThrow(advice);
    expect(parse).toThrow('-c key=value');
  });

  it("lets the demo's duty manager be nobody, and no other agency's", () => {
    const dutyManagerEmail = 'duty-manager@homeward.example';
    expect(configOf({ dutyManagerEmail })).toMatchObject({ agency: 'demo', dutyManagerEmail });
    const parse = () => configOf({ agency: 'kent', dutyManagerEmail });
    expect(parse).toThrow('give that of your own duty manager');
  });

  it('names every key that is wrong at once', () => {
    const parse = () => configOf({ agency: 'X', billing: 'free' });
    expect(parse).toThrow('agency');
    expect(parse).toThrow('billing');
  });

  it('either parses or explains, whatever the context holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('agency', 'forces', 'billing'), fc.anything()),
        (context) => {
          try {
            expect(configOf(context).agency).toMatch(/^[a-z]/);
          } catch (refusal) {
            expect(String(refusal)).toContain('The configuration of the stack is wrong');
          }
        },
      ),
    );
  });
});
