import type { Hash } from '#domain/record/link.ts';
import {
  type LinkToArchive,
  MalformedStretch,
  packStretch,
  unpackStretch,
} from './archived-stretch.ts';
import type { Objects } from './objects.ts';

const padded = (position: number): string => String(position).padStart(8, '0');

/** All of a chain lies together: `kent/WEARER/w-1/00000001-00000040.ndjson.gz`. */
const keyOf = (chain: string, first: number, last: number): string =>
  `${chain.replaceAll('#', '/')}/${padded(first)}-${padded(last)}.ndjson.gz`;

/** Stretches of chains in a bucket that locks what it takes. */
export const recordArchive = (objects: Pick<Objects, 'get' | 'put'>, hash: Hash) => ({
  /**
   * Keeps a stretch. One that is there already under its name counts, when its links are these: of
   * their entries, it may hold more than there are by now.
   */
  keep: async (stretch: readonly LinkToArchive[]): Promise<string> => {
    const { manifest, body } = packStretch(hash, stretch);
    const key = keyOf(manifest.chain, manifest.first, manifest.last);
    if ((await objects.put(key, body, null)) === 'put') return key;
    const kept = await objects.get(key);
    const known = kept === null ? null : unpackStretch(hash, kept.body).manifest;
    if (known?.end !== manifest.end) throw new MalformedStretch("stands under another's key");
    return key;
  },
});
export type RecordArchive = ReturnType<typeof recordArchive>;
