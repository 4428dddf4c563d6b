import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import type { Erasable, ErasablePiece } from '../adapters/dynamodb/erasable.ts';
import { startOfDay } from '../adapters/dynamodb/trail-day.ts';
import type { ErasableObjects } from '../adapters/s3/erasable-objects.ts';

const DAY = /\/(\d{4}-\d{2}-\d{2})\.ndjson\.gz$/;

/** An archived day is as old as its last instant. */
const archivedDay = (key: string): ErasablePiece[] => {
  const [, day] = DAY.exec(key) ?? [];
  if (day === undefined) return [];
  const at = instant(startOfDay(day) + DAY_MILLISECONDS);
  return [{ dataClass: 'trail', name: key, at, rows: [], chain: null, objects: [key] }];
};

/** Where all objects of a wearer lie, in whichever bucket. */
export const objectsPrefix = ({ agencyId, wearerId }: WearerRef): string =>
  `${agencyId}/${wearerId}/`;

/** Everything that is held of a wearer beside documents, from every place where it lies. */
export const pagesOf = ({
  held,
  trailBucket,
}: Readonly<{ held: Erasable; trailBucket: Pick<ErasableObjects, 'list'> }>) =>
  async function* (wearer: WearerRef): AsyncGenerator<readonly ErasablePiece[]> {
    for await (const keys of trailBucket.list(objectsPrefix(wearer))) {
      yield keys.flatMap(archivedDay);
    }
    yield* held.trail(wearer);
    yield* held.imported(wearer);
    yield* held.readings(wearer);
    yield* held.entries(wearer);
  };

/** Reads all of it, page by page. */
export type PagesOf = (wearer: WearerRef) => AsyncIterable<readonly ErasablePiece[]>;
