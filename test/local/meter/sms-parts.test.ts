import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsParts as plannedParts, toGsmText } from '#domain/notify/gsm-text.ts';
import { smsCountry, smsParts } from '#local/meter/sms-parts.ts';

describe('given a text message', () => {
  it.each([
    ['nothing', '', 1],
    ['160 letters', 'a'.repeat(160), 1],
    ['161 letters', 'a'.repeat(161), 2],
    ['306 letters', 'a'.repeat(306), 2],
    ['307 letters', 'a'.repeat(307), 3],
    ['80 letters of the extension', '€'.repeat(80), 1],
    ['81 letters of the extension', '€'.repeat(81), 2],
    ['70 letters of another alphabet', 'ж'.repeat(70), 1],
    ['71 letters of another alphabet', 'ж'.repeat(71), 2],
    ['134 letters of another alphabet', 'ж'.repeat(134), 2],
    ['135 letters of another alphabet', 'ж'.repeat(135), 3],
    ['one foreign letter among 70', `${'a'.repeat(70)}ж`, 2],
    ['35 pairs of units', '🦉'.repeat(35), 1],
    ['36 pairs of units', '🦉'.repeat(36), 2],
  ])('of %s, it counts its parts', (_, text, parts) => {
    expect(smsParts(text)).toBe(parts);
  });

  it('cuts no letter in two', () => {
    // 152 places, and then a letter of two: the part ends a place early.
    expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toBe(2);
    expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toBe(3);
  });

  it('agrees with the parts that notify reckons for its own texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), (text) => {
        const gsm = toGsmText(text);
        expect(smsParts(gsm)).toBe(plannedParts(gsm));
      }),
    );
  });
});

describe('given a number', () => {
  it.each([
    ['+447700900101', 'GB'],
    ['+35312345678', 'IE'],
    ['+33612345678', 'FR'],
    ['+15035550100', 'other'],
  ])('%s is in %s', (number, country) => {
    expect(smsCountry(number)).toBe(country);
  });
});
