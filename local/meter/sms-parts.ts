/** The GSM 7-bit default alphabet, and its extension, each letter of which takes two places. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

const gsmPlaces = (letter: string): number => {
  if (BASIC.has(letter)) return 1;
  return EXTENSION.has(letter) ? 2 : Number.NaN;
};

/** A letter is never cut in two, so a part may end a place early. */
const partsOf = (places: readonly number[], partPlaces: number): number => {
  let parts = 1;
  let used = 0;
  for (const size of places) {
    if (used + size > partPlaces) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
};

/**
 * How many parts of a text message are billed: 160 places in one part and 153 in each of several
 * while all letters are of the GSM alphabet, else 70 and 67 UCS-2 units.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html
 */
export const smsParts = (text: string): number => {
  const letters = [...text];
  const gsm = letters.map(gsmPlaces);
  const isGsm = !gsm.some(Number.isNaN);
  const places = isGsm ? gsm : letters.map(({ length }) => length);
  const total = places.reduce((sum, size) => sum + size, 0);
  if (total <= (isGsm ? 160 : 70)) return 1;
  return partsOf(places, isGsm ? 153 : 67);
};

/** Calling codes of the countries that the price list names. */
const COUNTRIES = [
  ['+44', 'GB'],
  ['+43', 'AT'],
  ['+41', 'CH'],
  ['+49', 'DE'],
  ['+33', 'FR'],
  ['+353', 'IE'],
  ['+47', 'NO'],
] as const;

export type SmsCountry = (typeof COUNTRIES)[number][1] | 'other';

/** Where a number (E.164) is, as far as the price list tells countries apart. */
export const smsCountry = (number: string): SmsCountry =>
  COUNTRIES.find(([code]) => number.startsWith(code))?.[1] ?? 'other';
