import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PACKING_DICTIONARIES } from './packing-dictionaries.ts';

/**
 * No deflated text begins with these three bits set, for they name a kind of block that there is
 * not (RFC 1951, section 3.2.3): so they tell what is packed against a dictionary from what is not.
 */
const AGAINST_DICTIONARY = 0b111;

const NEWEST = PACKING_DICTIONARIES.length - 1;

const dictionaryOf = (number: number): Uint8Array => {
  const found = PACKING_DICTIONARIES[number];
  if (found === undefined) throw new RangeError(`packed against an unknown dictionary: ${number}`);
  return found;
};

/** Text that is much like that of other items, in a fraction of its room. */
export const packText = (text: string): Uint8Array => {
  const packed = deflateRawSync(text, { dictionary: dictionaryOf(NEWEST) });
  return Buffer.concat([Uint8Array.of((NEWEST << 3) | AGAINST_DICTIONARY), packed]);
};

/** What `packText` made, or deflating alone. Throws on anything else. */
export const unpackText = (packed: Uint8Array): string => {
  const [first = 0] = packed;
  if ((first & AGAINST_DICTIONARY) !== AGAINST_DICTIONARY) {
    return inflateRawSync(packed).toString('utf8');
  }
  const dictionary = dictionaryOf(first >> 3);
  return inflateRawSync(packed.subarray(1), { dictionary }).toString('utf8');
};
