import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { ErasablePiece } from '../adapters/dynamodb/erasable.ts';
import type { LoadErasableDocuments } from '../adapters/dynamodb/erasable-documents.ts';
import {
  type Because,
  type Erasing,
  type ErasingOf,
  MOST_OBJECTS,
} from '../adapters/dynamodb/erasing.ts';
import type { LoadRetentionGuard, RetentionGuard } from '../adapters/dynamodb/retention-guard.ts';
import type { ErasableObjects } from '../adapters/s3/erasable-objects.ts';
import { objectsPrefix, type PagesOf } from './pages-of.ts';

export type EraserDeps = Readonly<{
  erasing: Erasing;
  objects: Pick<ErasableObjects, 'list' | 'remove'>;
  loadGuard: LoadRetentionGuard;
  loadDocuments: LoadErasableDocuments;
  pagesOf: PagesOf;
}>;

type Went = 'erased' | 'held';

/** Takes pieces away, all of one class; or, on a dry run, only says that it would. */
export type Eraser = Readonly<{
  erase: (of: ErasingOf, pieces: readonly ErasablePiece[], because: Because) => Promise<Went>;
  /** Takes them from the list of wearers. False: something of them is left, or came meanwhile. */
  forget: (of: ErasingOf) => Promise<boolean>;
  /** Ends what an earlier run had begun with a wearer's objects. */
  goOn: (of: ErasingOf) => Promise<void>;
}>;

/** Between so many it is asked whether a hold was put: that is how many may go after its answer. */
const REMOVED_AT_ONCE = 6;

/** Nothing goes; what would is what it is asked to erase. */
export const dryEraser: Eraser = {
  erase: async () => 'erased',
  forget: async () => true,
  goOn: async () => undefined,
};

/** An eraser as of an instant. */
export const eraser = (deps: EraserDeps, at: Instant): Eraser => {
  const { erasing, objects, loadGuard } = deps;

  const isHeldNow = async (guards: readonly RetentionGuard[]): Promise<boolean> => {
    const now = await Promise.all(guards.map(({ wearer }) => loadGuard(wearer)));
    return now.some(({ holds }) => holds.length > 0);
  };

  /** Removes objects until a hold is put, and gives those that are gone. */
  const removeUnlessHeld = async (
    { guards }: ErasingOf,
    keys: readonly string[],
  ): Promise<readonly string[]> => {
    for (let i = 0; i < keys.length; i += REMOVED_AT_ONCE) {
      if (await isHeldNow(guards)) return keys.slice(0, i);
      await Promise.all(keys.slice(i, i + REMOVED_AT_ONCE).map(objects.remove));
    }
    return keys;
  };

  const eraseObjects = async (
    of: ErasingOf,
    keys: readonly string[],
    because: Because,
  ): Promise<Went> => {
    for (let i = 0; i < keys.length; i += MOST_OBJECTS) {
      const some = keys.slice(i, i + MOST_OBJECTS);
      const journal = { ...because, objects: [...some] };
      // Record: a hold was put, or another run is at it; nothing of these has gone.
      if ((await erasing.begin(of, journal)) === 'conflict') return 'held';
      const gone = await removeUnlessHeld(of, some);
      await erasing.end(of, journal, { at, gone });
      if (gone.length < some.length) return 'held';
    }
    return 'erased';
  };

  const stillThere = async (wearer: WearerRef): Promise<Set<string>> => {
    const found = new Set<string>();
    for await (const keys of objects.list(objectsPrefix(wearer))) {
      for (const key of keys) found.add(key);
    }
    return found;
  };

  const isAnythingLeft = async (wearer: WearerRef): Promise<boolean> => {
    const { pieces, unknown } = await deps.loadDocuments(wearer);
    if (pieces.length + unknown.length > 0) return true;
    for await (const page of deps.pagesOf(wearer)) if (page.length > 0) return true;
    return (await stillThere(wearer)).size > 0;
  };

  return {
    erase: async (of, pieces, because) => {
      const keys = [...new Set(pieces.flatMap((piece) => piece.objects ?? []))];
      const went = await eraseObjects(of, keys, because);
      if (went === 'held') return went;
      const rows = pieces.filter((piece) => piece.rows.length > 0);
      return rows.length === 0 ? 'erased' : erasing.rows(of, rows, { at, because });
    },

    // Retry: what came meanwhile is found again by whoever looks next, for they are listed still.
    forget: async (of) =>
      !(await isAnythingLeft(of.wearer)) && (await erasing.forget(of)) === 'saved',

    goOn: async (of) => {
      const journal = await erasing.loadJournal(of.wearer);
      if (journal === null) return;
      await removeUnlessHeld(of, journal.objects);
      const left = await stillThere(of.wearer);
      const gone = journal.objects.filter((key) => !left.has(key));
      return erasing.end(of, journal, { at, gone });
    },
  };
};
