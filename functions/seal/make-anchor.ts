import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import {
  type Anchor,
  digestOfAnchor,
  type SignedAnchor,
  signedTextOf,
} from '#domain/record/anchor.ts';
import { type ChainEnd, type Hash, NOTHING_BEFORE } from '#domain/record/link.ts';
import { leafOf, type Tree, treeOf } from '#domain/record/merkle.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { type Anchors, untilAtOf } from '../adapters/dynamodb/anchors.ts';
import type { SigningKey } from '../adapters/kms/signing-key.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { AnchorObjects } from '../adapters/s3/anchor-objects.ts';

export type AnchorDeps = Readonly<{
  now: Clock;
  hash: Hash;
  agencyId: AgencyId;
  anchors: Pick<Anchors, 'loadLast' | 'loadChanged' | 'loadEnds' | 'putAnchored' | 'putAnchor'>;
  key: SigningKey;
  anchorObjects: AnchorObjects;
  telemetry: Telemetry;
}>;

/** A link is dated before it is put, and the index shows it a moment later. */
const MARGIN_SECONDS = 60;
/** What the index showed later than that is under the next anchor: it looks back so far. */
const OVERLAP_SECONDS = 600;
/** Before the first anchor: sealing may have begun some time ago. */
const FIRST_LOOKS_BACK_SECONDS = 35 * DAY_SECONDS;
const PUTS_AT_ONCE = 32;
/** Anchors in the bucket that the table does not know, after it was restored from a backup. */
const MOST_TAKEN_OVER = 10_000;

const loadEnds = async (
  { anchors, agencyId }: AnchorDeps,
  last: SignedAnchor | null,
  untilAt: Instant,
): Promise<ChainEnd[]> => {
  const lastUntilAt = untilAtOf(last);
  const fromAt =
    lastUntilAt === null
      ? secondsAfter(untilAt, -FIRST_LOOKS_BACK_SECONDS)
      : secondsAfter(lastUntilAt, -OVERLAP_SECONDS);
  return anchors.loadEnds(await anchors.loadChanged(agencyId, { fromAt, untilAt }));
};

type Made = Readonly<{ anchor: Anchor; ends: readonly ChainEnd[]; tree: Tree }>;

/** Where each chain stands in it, kept before the anchor is: none is ever without its paths. */
const keepPlaces = async (
  deps: AnchorDeps,
  { anchor: { number, root }, ends, tree }: Made,
): Promise<void> => {
  for (let i = 0; i < ends.length; i += PUTS_AT_ONCE) {
    const some = ends.slice(i, i + PUTS_AT_ONCE).map(({ chain, position, hash }, nth) => {
      const path = tree.pathOf(i + nth);
      return deps.anchors.putAnchored(chain, { number, position, hash, root, path });
    });
    await Promise.all(some);
  }
};

const anchorAfter = async (
  deps: AnchorDeps,
  last: SignedAnchor | null,
  untilAt: Instant,
): Promise<SignedAnchor> => {
  const { hash, agencyId } = deps;
  const { publicKey, keyId } = await deps.key.loadPublicKey();
  const ends = await loadEnds(deps, last, untilAt);
  const tree = treeOf(
    hash,
    ends.map((end) => leafOf(hash, end)),
  );
  const anchor: Anchor = {
    schema: 'homeward.anchor.1',
    agencyId,
    number: (last?.anchor.number ?? 0) + 1,
    previous: last === null ? NOTHING_BEFORE : digestOfAnchor(hash, last.anchor),
    untilAt: toIso(untilAt),
    leaves: ends.length,
    root: tree.root,
    keyId,
  };
  await keepPlaces(deps, { anchor, ends, tree });
  return { anchor, signature: await deps.key.sign(signedTextOf(anchor)), publicKey };
};

/**
 * Anchors the chains that have changed: where each stands in it is kept first, then the signed
 * anchor in its locked bucket, then in the table. The bucket decides: an anchor that is there under
 * the number counts, whoever put it, and the next one follows it. So a crash anywhere costs nothing
 * but an hour, and two at once make one anchor.
 */
export const makeAnchor = async (deps: AnchorDeps): Promise<void> => {
  const untilAt = secondsAfter(deps.now(), -MARGIN_SECONDS);
  let last = await deps.anchors.loadLast(deps.agencyId);
  for (let taken = 0; taken < MOST_TAKEN_OVER; taken += 1) {
    if ((untilAtOf(last) ?? 0) >= untilAt) break;
    const signed = await anchorAfter(deps, last, untilAt);
    last = await deps.anchorObjects.keep(signed);
    await deps.anchors.putAnchor(last);
  }
  deps.telemetry.measure('anchorsMade', 1);
  deps.telemetry.measure('chainsAnchored', last?.anchor.leaves ?? 0);
};
