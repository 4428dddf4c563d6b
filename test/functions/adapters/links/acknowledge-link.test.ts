import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, pageIdSchema } from '#domain/model/ids.ts';
import { toGsmText } from '#domain/notify/gsm-text.ts';
import {
  digestOf,
  linkText,
  readLink,
  tokenOf,
} from '#functions/adapters/links/acknowledge-link.ts';

const AGENCY = agencyIdSchema.parse('demo');
const PAGE = pageIdSchema.parse('w-1.curfew.abc/alert/0/0/sms.officer');
const TOKEN = tokenOf(AGENCY, PAGE, 'secret');
const LINK = linkText({ agencyId: AGENCY, token: TOKEN });

describe('the token of a link', () => {
  it('has 128 bits, and is the same for a page that is repeated', () => {
    expect(Buffer.from(TOKEN, 'base64url')).toHaveLength(16);
    expect(tokenOf(AGENCY, PAGE, 'secret')).toBe(TOKEN);
  });

  it('is another for another page, agency or secret, in half of its bits or so', () => {
    const others = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(others, (names) => {
        const pages = names.map((name) => pageIdSchema.parse(`page ${name}`));
        const tokens = pages.flatMap((page) => [
          tokenOf(AGENCY, page, 'secret'),
          tokenOf(AGENCY, page, 'rotated'),
          tokenOf(agencyIdSchema.parse('kent'), page, 'secret'),
        ]);
        expect(new Set(tokens).size).toBe(tokens.length);
      }),
      { numRuns: 20 },
    );
    const bits = (text: string): string =>
      [...Buffer.from(text, 'base64url')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const other = bits(tokenOf(AGENCY, PAGE, 'rotated'));
    const differing = [...bits(TOKEN)].filter((bit, i) => bit !== other[i]).length;
    expect(differing).toBeGreaterThan(32);
    expect(differing).toBeLessThan(96);
  });

  it('is kept under its digest, which is another for each', () => {
    expect(digestOf(TOKEN)).not.toContain(TOKEN);
    expect(digestOf(TOKEN)).not.toBe(digestOf(tokenOf(AGENCY, PAGE, 'rotated')));
  });
});

describe('a link', () => {
  it('names no person, wearer or alert', () => {
    expect(LINK).toMatch(/^demo\.[A-Za-z0-9_-]{22}$/);
  });

  it('survives a text message and a path as it is', () => {
    expect(toGsmText(LINK)).toBe(LINK);
    expect(encodeURI(LINK)).toBe(LINK);
  });

  it('is read as what it was made of, whatever the agency is called', () => {
    const agencies = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    fc.assert(
      fc.property(agencies, (name) => {
        const agencyId = agencyIdSchema.parse(name);
        expect(readLink(linkText({ agencyId, token: TOKEN }))).toEqual({ agencyId, token: TOKEN });
      }),
    );
  });

  it.each([
    ...['', '.', `.${TOKEN}`, 'demo.', 'demo', TOKEN, `${LINK}=`, `${LINK}x`, '\u0000'],
    ...[LINK.slice(0, -1), `demo#ALERT.${TOKEN}`, `demo/${TOKEN}`, 'demo:w-1.curfew.a:b:seal'],
  ])('is none where it is %j', (link) => {
    expect(readLink(link)).toBeNull();
  });
});
