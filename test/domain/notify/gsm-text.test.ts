import { describe, expect, it } from 'vitest';
import { smsParts, toGsmText } from '#domain/notify/gsm-text.ts';

describe('a text for the GSM 7-bit alphabet', () => {
  it.each([
    ['keeps what is in it', 'Zoë? No: Zoé, £5 @ 20%', 'Zoe? No: Zoé, £5 @ 20%'],
    ['loses marks that it has not', 'Siân Łęcka-Nováková', 'Sian Lecka-Novakova'],
    ['writes a curly apostrophe straight', 'O’Brien ‘x’ “y”', "O'Brien 'x' \"y\""],
    ['writes dashes as hyphens', '19:00–07:00 — home', '19:00-07:00 - home'],
    ['is one line', 'Jo\r\nSTAND DOWN:\tall', 'Jo  STAND DOWN: all'],
    ['replaces what it cannot write', 'Jo 😀 {x} 日本', 'Jo ? ?x? ??'],
  ])('%s', (_, text, written) => {
    expect(toGsmText(text)).toBe(written);
  });

  it.each([
    [0, 1],
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
  ])('of %i letters takes %i parts', (letters, parts) => {
    expect(smsParts('a'.repeat(letters))).toBe(parts);
  });
});
