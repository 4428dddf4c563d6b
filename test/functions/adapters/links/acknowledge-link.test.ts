import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { smsParts, toGsmText } from '#domain/notify/gsm-text.ts';
import { claimOf, linkFor } from '#functions/adapters/links/acknowledge-link.ts';
import { person } from '#test/support/alerts.ts';

const CLAIM = {
  agencyId: agencyIdSchema.parse('demo'),
  alertId: alertIdSchema.parse('w-1.curfew.mk2s'),
  personId: person('officer'),
};

describe('a link', () => {
  it('says whom it is for, to whoever holds the secret', () => {
    expect(claimOf(linkFor(CLAIM, 'secret'), 'secret')).toEqual(CLAIM);
  });

  it('says nothing under another secret', () => {
    expect(claimOf(linkFor(CLAIM, 'secret'), 'rotated')).toBeNull();
  });

  it('is no other for the same claim, so that a repeated page is the same', () => {
    expect(linkFor(CLAIM, 'secret')).toBe(linkFor(CLAIM, 'secret'));
  });

  it('survives a text message and a path as it is', () => {
    const link = linkFor(CLAIM, 'secret');
    expect(toGsmText(link)).toBe(link);
    expect(encodeURI(link)).toBe(link);
    expect(smsParts(link)).toBe(1);
  });

  it('is nobody’s once a single letter of it is another', () => {
    const link = linkFor(CLAIM, 'secret');
    fc.assert(
      fc.property(
        fc.nat({ max: link.length - 1 }),
        fc.constantFrom('x', 'Q', '7', '-'),
        (i, to) => {
          const forged = link.slice(0, i) + to + link.slice(i + 1);
          if (forged !== link) expect(claimOf(forged, 'secret')).toBeNull();
        },
      ),
    );
  });

  it.each(['', ':', ':::', 'a:b:c', 'a:b:c:d:e', `${linkFor(CLAIM, 'secret')}=`, '\u0000'])(
    'is nobody’s where it is %j',
    (link) => {
      const found = claimOf(link, 'secret');
      expect(found === null || link.startsWith('demo:')).toBe(true);
    },
  );
});
