import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectCopy } from '#domain/exchange/subject-copy.ts';

describe('the copy that a wearer gets', () => {
  it('shows what is about them as it stands', () => {
    const own = { wearerId: 'w-1', name: 'Jo', mobile: '+447700900001', lists: [{ a: 1 }, null] };
    expect(subjectCopy(own, 'own')).toEqual(own);
  });

  it('says that somebody else is named, and not who', () => {
    const order = { conditions: [{ kind: 'victim-proximity', protectedPersonId: 'p-7' }] };
    expect(JSON.stringify(subjectCopy(order, 'other'))).not.toContain('p-7');
    expect(subjectCopy({ otherWearerId: 'w-2' }, 'other')).toEqual({
      otherWearerId: { withheld: 'about-another-person', because: expect.any(String) },
    });
  });

  it('withholds the contacts of others', () => {
    expect(subjectCopy({ person: { mobile: '+44', email: null } }, 'other')).toEqual({
      person: {
        mobile: expect.objectContaining({ withheld: 'contact-of-another-person' }),
        email: null,
      },
    });
  });

  it.each([
    [{ kind: 'information-from-liaison', contactType: null }],
    [{ kind: 'meeting', contactType: 'mappa-meeting' }],
    [{ kind: 'family', contactType: null }],
  ])('withholds what others said: %j', (note) => {
    const copy = subjectCopy({ ...note, text: 'he hides', withWhom: 'M. Carter' }, 'other');
    expect(copy).toMatchObject({ ...note, text: { withheld: 'told-by-somebody-else' } });
    expect(JSON.stringify(copy)).not.toMatch(/hides|Carter/);
  });

  it('shows what they said themselves', () => {
    const note = { kind: 'message-from-wearer', contactType: null, text: 'I will be late' };
    expect(subjectCopy({ document: note }, 'other')).toEqual({ document: note });
  });

  it('says that a hold was put, and not on which claim', () => {
    expect(subjectCopy({ by: 'p-1', reason: 'their solicitor' }, 'hold')).toMatchObject({
      ...{ by: 'p-1', reason: { withheld: 'legal-claim' } },
    });
  });

  it('keeps every field of anything, and is the same made twice', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const copy = Object(subjectCopy(value, 'other'));
        expect(Object.keys(copy)).toEqual(Object.keys(value));
        expect(subjectCopy(value, 'other')).toEqual(copy);
      }),
      { numRuns: 100 },
    );
  });
});
