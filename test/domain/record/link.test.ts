import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import { canonical } from '#domain/record/canonical.ts';
import {
  type ChainEnd,
  commitmentOf,
  emptyChain,
  endAt,
  hashOfLink,
  type Link,
  linkSchema,
  linksAfter,
  NOTHING_BEFORE,
  type Opening,
} from '#domain/record/link.ts';
import { anyOpening, sha256 } from '#test/support/sealed.ts';
import { at } from '#test/support/supervisions.ts';

const SEALED_AT = at('2026-10-24T20:05:02Z');
const CHAIN = 'kent#WEARER#w-1';

const opening: Opening = {
  salt: 'A'.repeat(43),
  entry: { name: 'n-1', type: 'opened', at: '2026-10-24T20:05:00.000Z', body: { b: 1, a: 'é' } },
};

const sealed = (openings: readonly Opening[], end: ChainEnd = emptyChain(CHAIN)): Link[] =>
  linksAfter(sha256, end, { openings, sealedAt: SEALED_AT });

describe('given entries of one chain', () => {
  it('links each to the one before, from the first position on', () => {
    fc.assert(
      fc.property(fc.array(anyOpening, { maxLength: 8 }), (openings) => {
        const links = sealed(openings);
        expect(links.map(({ position }) => position)).toEqual(openings.map((_, i) => i + 1));
        links.forEach((link, i) => {
          const before = links[i - 1];
          expect(linkSchema.parse(link)).toEqual(link);
          expect(link.previous).toBe(before ? hashOfLink(sha256, before) : NOTHING_BEFORE);
          expect(link.name).toBe(openings[i]?.entry.name);
        });
      }),
    );
  });

  it('makes the same chain in one go and in several', () => {
    fc.assert(
      fc.property(fc.array(anyOpening, { minLength: 1, maxLength: 8 }), fc.nat(8), (all, cut) => {
        const first = sealed(all.slice(0, cut));
        const last = first.at(-1);
        const end = last === undefined ? emptyChain(CHAIN) : endAt(sha256, last);
        expect([...first, ...sealed(all.slice(cut), end)]).toEqual(sealed(all));
      }),
    );
  });
});

describe('given two entries that differ', () => {
  it('commits to them differently, and to one entry under two salts, too', () => {
    fc.assert(
      fc.property(anyOpening, anyOpening, (a, b) => {
        fc.pre(canonical(a) !== canonical(b));
        expect(commitmentOf(sha256, a)).not.toBe(commitmentOf(sha256, b));
      }),
    );
  });
});

describe('a link', () => {
  it('hashes otherwise when anything of it is changed', () => {
    const [link] = sealed([opening]);
    if (link === undefined) throw new Error('no link');
    const changes: Partial<Link>[] = [
      { chain: 'kent#WEARER#w-2' },
      { position: 2 },
      { previous: '1'.repeat(64) },
      { name: 'n-2' },
      { commitment: '2'.repeat(64) },
      { sealedAt: new Date(secondsAfter(SEALED_AT, 1)).toISOString() },
    ];
    const hashes = [{}, ...changes].map((change) => hashOfLink(sha256, { ...link, ...change }));
    expect(new Set(hashes).size).toBe(changes.length + 1);
  });

  it('has the hashes that a verifier of another make comes to', () => {
    const [link] = sealed([opening]);
    if (link === undefined) throw new Error('no link');
    // printf '%s' '{"entry":{"at":...},"salt":"AAA..."}' | sha256sum
    expect(link.commitment).toBe(
      sha256(
        '{"entry":{"at":"2026-10-24T20:05:00.000Z","body":{"a":"é","b":1},"name":"n-1",' +
          `"type":"opened"},"salt":"${'A'.repeat(43)}"}`,
      ),
    );
    expect(hashOfLink(sha256, link)).toBe(
      sha256(
        `{"chain":"kent#WEARER#w-1","commitment":"${link.commitment}","name":"n-1","position":1,` +
          `"previous":"${NOTHING_BEFORE}","schema":"homeward.chain.1",` +
          '"sealedAt":"2026-10-24T20:05:02.000Z"}',
      ),
    );
  });
});
