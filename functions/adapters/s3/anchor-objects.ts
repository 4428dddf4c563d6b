import type { AgencyId } from '#domain/model/ids.ts';
import { type SignedAnchor, signedAnchorSchema } from '#domain/record/anchor.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { Objects } from './objects.ts';

const keyOf = (agencyId: AgencyId, number: number): string =>
  `${agencyId}/${String(number).padStart(8, '0')}.json`;

/** Another anchor of the same number was there, and is gone now: nothing here can explain that. */
class AnchorGone extends Error {
  constructor() {
    super('an anchor that was there is there no more');
    this.name = 'AnchorGone';
  }
}

/** Anchors in a bucket of their own, which locks what it takes. */
export const anchorObjects = (objects: Pick<Objects, 'get' | 'put'>) => ({
  /**
   * Keeps an anchor, and gives the one that is kept under its number: this one, or another that
   * somebody kept before, which then counts.
   */
  keep: async (signed: SignedAnchor): Promise<SignedAnchor> => {
    const key = keyOf(signed.anchor.agencyId, signed.anchor.number);
    const body = new TextEncoder().encode(`${canonical(signed)}\n`);
    if ((await objects.put(key, body, null)) === 'put') return signed;
    const kept = await objects.get(key);
    if (kept === null) throw new AnchorGone();
    return signedAnchorSchema.parse(JSON.parse(new TextDecoder().decode(kept.body)));
  },
});
export type AnchorObjects = ReturnType<typeof anchorObjects>;
