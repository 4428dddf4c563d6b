import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchProblem, messageProblem } from '#local/cloud/gateway/send-rules.ts';

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html

const MEBIBYTE = 1024 * 1024;
const message = (MessageBody: string, MessageAttributes = {}) => ({
  MessageBody,
  MessageAttributes,
});
const attributes = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `a${index}`,
      { DataType: 'String', StringValue: 'v' },
    ]),
  );
const entries = (count: number, length = 1) =>
  Array.from({ length: count }, (_, index) => ({ Id: `${index}`, ...message('x'.repeat(length)) }));

describe('given a message', () => {
  it.each([
    ['one byte', message('x')],
    ['1 MiB', message('x'.repeat(MEBIBYTE))],
    ['ten attributes', message('x', attributes(10))],
    ['tabs, line ends and any character of a plane', message('\t\n\r ü 中 😀')],
  ])('takes %s', (_, given) => {
    expect(messageProblem(given)).toBeUndefined();
  });

  it.each([
    ['nothing', message(''), 'MissingParameter'],
    ['more than 1 MiB', message('x'.repeat(MEBIBYTE + 1)), 'InvalidParameterValue'],
    [
      '1 MiB and an attribute',
      message('x'.repeat(MEBIBYTE), attributes(1)),
      'InvalidParameterValue',
    ],
    ['more bytes than characters', message('ü'.repeat(MEBIBYTE / 2 + 1)), 'InvalidParameterValue'],
    ['eleven attributes', message('x', attributes(11)), 'InvalidParameterValue'],
    [
      'an attribute without a value',
      message('x', { a: { DataType: 'String', StringValue: '' } }),
      'InvalidParameterValue',
    ],
    ['a control character', message('a\u0001'), 'InvalidMessageContents'],
    ['half a pair', message('a\ud800'), 'InvalidMessageContents'],
    ['no character', message('\uffff'), 'InvalidMessageContents'],
  ])('refuses %s', (_, given, code) => {
    expect(messageProblem(given)?.code).toBe(code);
  });

  it('takes whatever JSON makes of well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const problem = messageProblem(message(JSON.stringify(text)));
        expect(problem).toBeUndefined();
      }),
    );
  });
});

describe('given a batch', () => {
  it.each([
    ['nothing', [], 'EmptyBatchRequest'],
    ['eleven', entries(11), 'TooManyEntriesInBatchRequest'],
    ['two of one id', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct'],
    ['above 1 MiB together', entries(10, 104_858), 'BatchRequestTooLong'],
  ])('refuses %s', (_, given, code) => {
    expect(batchProblem(given)?.code).toBe(code);
  });

  it('takes ten messages of 1 MiB together', () => {
    expect(batchProblem(entries(10, 104_857))).toBeUndefined();
  });
});
