import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { ErasablePiece } from '../adapters/dynamodb/erasable.ts';
import {
  type Because,
  type Erasing,
  type ErasingOf,
  MOST_OBJECTS,
} from '../adapters/dynamodb/erasing.ts';
import type { LoadRetentionGuard, RetentionGuard } from '../adapters/dynamodb/retention-guard.ts';
import type { ErasableObjects } from '../adapters/s3/erasable-objects.ts';

export type EraserDeps = Readonly<{
  erasing: Erasing;
  objects: Pick<ErasableObjects, 'list' | 'remove'>;
  loadGuard: LoadRetentionGuard;
}>;

type Went = 'erased' | 'held';

/** Takes pieces away, all of one class; or, on a dry run, only says that it would. */
export type Eraser = Readonly<{
  erase: (of: ErasingOf, pieces: readonly ErasablePiece[], because: Because) => Promise<Went>;
  forget: (of: ErasingOf) => Promise<void>;
  /** Ends what an earlier run had begun with a wearer's objects. */
  goOn: (of: ErasingOf) => Promise<void>;
}>;

const REMOVED_AT_ONCE = 6;

/** Nothing goes; what would is what it is asked to erase. */
export const dryEraser: Eraser = {
  erase: async () => 'erased',
  forget: async () => undefined,
  goOn: async () => undefined,
};

/** An eraser as of an instant. */
export const eraser = ({ erasing, objects, loadGuard }: EraserDeps, at: Instant): Eraser => {
  const removeAll = async (keys: readonly string[]): Promise<void> => {
    for (let i = 0; i < keys.length; i += REMOVED_AT_ONCE) {
      await Promise.all(keys.slice(i, i + REMOVED_AT_ONCE).map(objects.remove));
    }
  };

  const isHeldNow = async (guards: readonly RetentionGuard[]): Promise<boolean> => {
    const now = await Promise.all(guards.map(({ wearer }) => loadGuard(wearer)));
    return now.some(({ holds }) => holds.length > 0);
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
      await removeAll(some);
      await erasing.end(of, journal, { at, gone: some });
    }
    return 'erased';
  };

  const stillThere = async (wearer: WearerRef): Promise<Set<string>> => {
    const found = new Set<string>();
    for await (const keys of objects.list(`${wearer.agencyId}/${wearer.wearerId}/`)) {
      for (const key of keys) found.add(key);
    }
    return found;
  };

  return {
    erase: async (of, pieces, because) => {
      const keys = [...new Set(pieces.flatMap((piece) => piece.objects ?? []))];
      const went = await eraseObjects(of, keys, because);
      if (went === 'held') return went;
      const rows = pieces.filter((piece) => piece.rows.length > 0);
      return rows.length === 0 ? 'erased' : erasing.rows(of, rows, { at, because });
    },

    forget: async (of) => {
      // Retry: where a hold came meanwhile there is nothing left that it could keep.
      await erasing.forget(of);
    },

    goOn: async (of) => {
      const journal = await erasing.loadJournal(of.wearer);
      if (journal === null) return;
      if (!(await isHeldNow(of.guards))) {
        await removeAll(journal.objects);
        return erasing.end(of, journal, { at, gone: journal.objects });
      }
      const left = await stillThere(of.wearer);
      const gone = journal.objects.filter((key) => !left.has(key));
      return erasing.end(of, journal, { at, gone });
    },
  };
};
