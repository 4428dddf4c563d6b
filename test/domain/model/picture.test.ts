import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPicture, pictureSchema, referenceSchema } from '#domain/model/picture.ts';

const pictures = fc.stringMatching(/^[A9BCa-c08/.-]{1,12}$/).filter((text) => /[A9]/.test(text));

/** A reference that is written as a picture says. */
const referenceOf = (picture: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...[...picture].map((sign) => {
        if (sign === 'A') return fc.constantFrom('A', 'K', 'Z');
        return sign === '9' ? fc.constantFrom('0', '5', '9') : fc.constant(sign);
      }),
    )
    .map((signs) => signs.join(''));

describe('a reference', () => {
  it('fits the picture that it is written by, and no reference cut or lengthened does', () => {
    const written = pictures.chain((picture) =>
      fc.tuple(fc.constant(picture), referenceOf(picture)),
    );
    fc.assert(
      fc.property(written, ([picture, reference]) => {
        expect(pictureSchema.parse(picture)).toBe(picture);
        expect(matchesPicture(picture, referenceSchema.parse(reference))).toBe(true);
        expect(matchesPicture(picture, `${reference}0`)).toBe(false);
        expect(matchesPicture(picture, reference.slice(1))).toBe(false);
      }),
    );
  });

  it.each([
    ['EM/12345/KP', true],
    ['EM/12345/kp', false],
    ['EM/1234/KP', false],
    ['EX/12345/KP', false],
    ['EM/12345/ΚΡ', false],
    ['EM/1２345/KP', false],
    ['', false],
  ])('%s is held to EM/99999/AA', (reference, fits) => {
    expect(matchesPicture('EM/99999/AA', reference)).toBe(fits);
  });
});

describe('a picture', () => {
  it.each(['', 'em-', 'EM 99', '(9+)+', '9'.repeat(33), 'EM/９'])('"%s" is none', (picture) => {
    expect(pictureSchema.safeParse(picture).success).toBe(false);
  });
});
