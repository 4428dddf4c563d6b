import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageIdSchema } from '#domain/model/ids.ts';
import { codesFor, isCode } from '#domain/reply/reply-code.ts';
import { page } from '#test/support/pages.ts';

describe('the codes that a page tries', () => {
  it('are all that there are, each once, whatever the page', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), (id) => {
        const codes = codesFor(pageIdSchema.parse(id));
        expect(new Set(codes).size).toBe(1_472);
        expect(codes).toHaveLength(1_472);
        expect(codes.every(isCode)).toBe(true);
      }),
    );
  });

  it('are the same for a page that is repeated, and begin elsewhere for most others', () => {
    const ids = Array.from({ length: 1_472 }, (_, i) => pageIdSchema.parse(`w-${i}/alert/0/0`));
    const firsts = ids.map((id) => codesFor(id)[0]);
    expect(firsts).toEqual(ids.map((id) => codesFor(id)[0]));
    expect(new Set(firsts).size).toBeGreaterThan(90);
  });

  it('have no letter that looks like another', () => {
    expect(codesFor(page().pageId).join('')).not.toMatch(/[01ILO]/);
  });
});
