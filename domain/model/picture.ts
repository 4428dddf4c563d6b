import * as z from 'zod';

/** Longer than any reference that a control room reads out. */
const MOST_CHARACTERS = 32;

/**
 * How a recipient writes its references, as a picture: `A` stands for a capital letter, `9` for a
 * digit, and everything else for itself, such as `KP/9999/AA`. A picture cannot be slow to match
 * and can be read out over the telephone, as a regular expression cannot.
 */
export const pictureSchema = z
  .string()
  .max(MOST_CHARACTERS)
  .regex(
    /^[A-Za-z0-9/.-]*[A9][A-Za-z0-9/.-]*$/,
    'a picture of a reference has an A for each capital letter, a 9 for each digit, and else what stands there: letters, digits, / . -',
  );

const fits = (sign: string, character: string): boolean => {
  if (sign === 'A') return character >= 'A' && character <= 'Z';
  if (sign === '9') return character >= '0' && character <= '9';
  return sign === character;
};

/** Whether a reference is written as its picture says: character by character, and no longer. */
export const matchesPicture = (picture: string, reference: string): boolean =>
  reference.length === picture.length &&
  [...picture].every((sign, i) => fits(sign, reference.charAt(i)));

/** A reference as a recipient gave it out; its picture is held to it where both are known. */
export const referenceSchema = z
  .string()
  .regex(/^[A-Za-z0-9/.-]{1,32}$/, 'a reference has 1 to 32 letters, digits, / . or -');
