import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { isAnchoredBy } from '#domain/record/anchor.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import { findUnsealed } from '#functions/seal/find-unsealed.ts';
import { makeAnchor } from '#functions/seal/make-anchor.ts';
import { sealEntries } from '#functions/seal/seal-entries.ts';
import { isSigned, keptChains, SEALING_AT } from '#test/support/kept-chains.ts';
import { sha256 } from '#test/support/sealed.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

describe.each(STORES)('chains of the record in $name', ({ start }) => {
  const { store } = useStore(start);
  const kept = () => keptChains(store().client, store().names);
  let made = 0;
  const aChain = (): string => {
    made += 1;
    return `kent#WEARER#chained-${made}`;
  };

  it('never fork, whatever number of sealers seal the same entries at once', async () => {
    const chain = aChain();
    const { deps, putEntry, problemOf, linksOf } = kept();
    const items = [];
    for (let nth = 1; nth <= 24; nth += 1) items.push(await putEntry(chain, nth));
    const entries = items.map(sealedEntryFrom);
    // Four sealers, each with some of them, overlapping, in another order.
    const parts = [entries, entries.slice(6), entries.toReversed(), entries.slice(0, 3)];
    const outcomes = await Promise.allSettled(parts.map((some) => sealEntries(deps, chain, some)));
    const links = outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 0));
    expect(await problemOf(chain)).toBeNull();
    expect(links.reduce((sum, one) => sum + one, 0)).toBe(24);
    expect(await linksOf(chain)).toHaveLength(24);
    expect(await sealEntries(deps, chain, entries)).toBe(0);
  });

  it('begin with whatever stood on record before there were chains', async () => {
    const chain = aChain();
    const { deps, putEntry, problemOf, linksOf } = kept();
    for (let nth = 1; nth <= 120; nth += 1) await putEntry(chain, nth);
    const last = sealedEntryFrom(await putEntry(chain, 121));
    expect(await sealEntries(deps, chain, [last])).toBe(121);
    expect(await problemOf(chain)).toBeNull();
    expect((await linksOf(chain)).at(-1)?.name).toBe(last.name);
    expect((await deps.chains.load(chain)).isWhole).toBe(true);
  });

  it('are made whole by the net where the stream lost entries of the last days', async () => {
    const chain = aChain();
    const { deps, putEntry, problemOf, moveTo, told } = kept();
    const first = sealedEntryFrom(await putEntry(chain, 1));
    await sealEntries(deps, chain, [first]);
    await putEntry(chain, 2);
    await putEntry(chain, 3, secondsAfter(SEALING_AT, -20 * 86_400));
    expect(await problemOf(chain)).toBe('2 are not sealed');
    moveTo(secondsAfter(SEALING_AT, 60));
    await findUnsealed(deps, 35);
    expect(await problemOf(chain)).toBeNull();
    await findUnsealed(deps, 35);
    const found = told.measured.filter(([name]) => name === 'entriesFoundUnsealed');
    expect(found.map(([, value]) => value)).toEqual([2, 0]);
  });

  it('are anchored where they stand, each by a path of its own, and signed', async () => {
    const { deps, putEntry, moveTo, loadAnchorsOf } = kept();
    const names = [aChain(), aChain(), aChain()];
    for (const chain of names) {
      await sealEntries(deps, chain, [sealedEntryFrom(await putEntry(chain, 1))]);
    }
    moveTo(secondsAfter(SEALING_AT, 3600));
    await makeAnchor(deps);
    const [chain = ''] = names;
    await sealEntries(deps, chain, [sealedEntryFrom(await putEntry(chain, 2))]);
    moveTo(secondsAfter(SEALING_AT, 7200));
    await makeAnchor(deps);
    const held = await loadAnchorsOf(chain);
    expect(held.map(({ anchored }) => anchored.position)).toEqual([1, 2]);
    for (const { signed, anchored } of held) {
      const { position, hash, path } = anchored;
      const end = { chain, position, hash };
      expect(isAnchoredBy(sha256, signed.anchor, { end, path })).toBe(true);
      expect(isSigned(signed.anchor, signed.signature, signed.publicKey)).toBe(true);
    }
    for (const other of names.slice(1)) {
      expect(await loadAnchorsOf(other)).toHaveLength(1);
    }
  });
});
