import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Anchors } from '../adapters/dynamodb/anchors.ts';
import type { ChainStretches } from '../adapters/dynamodb/chain-stretches.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { RecordArchive } from '../adapters/s3/record-archive.ts';

export type ArchiveDeps = Readonly<{
  now: Clock;
  agencyId: AgencyId;
  anchors: Pick<Anchors, 'loadChanged'>;
  stretches: ChainStretches;
  recordArchive: RecordArchive;
  telemetry: Telemetry;
}>;

/** So many links make an object of some hundred kilobytes; a wearer's month is mostly fewer. */
const MOST_LINKS = 1_000;
const CHAINS_AT_ONCE = 8;
/** So old is a link when its chain is archived to its end: an object a chain and month. */
const AFTER_SECONDS = 30 * DAY_SECONDS;
/** What runs of the days before have left is looked for again for so long. */
const AGAIN_SECONDS = 7 * DAY_SECONDS;

/** Archives all that is new of a chain whose link at a position has come of age. */
const archiveChain = async (
  { stretches, recordArchive }: ArchiveDeps,
  chain: string,
  position: number,
): Promise<number> => {
  let archived = await stretches.loadArchived(chain);
  if (archived >= position) return 0;
  for (let made = 1; ; made += 1) {
    const stretch = await stretches.loadStretch(chain, archived + 1, MOST_LINKS);
    const last = stretch.at(-1)?.link.position;
    if (last === undefined) return made - 1;
    await stretches.putArchived(chain, last, await recordArchive.keep(stretch));
    archived = last;
    if (stretch.length < MOST_LINKS) return made;
  }
};

/**
 * Takes chains of which a link is a month old into the archive, up to their ends, so that each has
 * an object a month. Goes on as long as it may; what is left, or fails, is left to the next day,
 * and counted. A stretch is in the bucket before it is noted: a crash leaves one more object at
 * most.
 */
export const archiveChains = async (deps: ArchiveDeps, mayGoOn: () => boolean): Promise<void> => {
  const untilAt = secondsAfter(deps.now(), -AFTER_SECONDS);
  const stretch = { fromAt: secondsAfter(untilAt, -AGAIN_SECONDS), untilAt };
  const due = [...(await deps.anchors.loadChanged(deps.agencyId, stretch))];
  const { log, measure } = deps.telemetry;
  let [objects, left] = [0, 0];
  for (let i = 0; i < due.length; i += CHAINS_AT_ONCE) {
    const some = due.slice(i, i + CHAINS_AT_ONCE).map(async ([chain, position]) => {
      try {
        if (mayGoOn()) objects += await archiveChain(deps, chain, position);
        else left += 1;
      } catch (error) {
        // Retry: by the next day's run; one chain's trouble holds up no other.
        left += 1;
        log.error('chain not archived', { chain, error: errorName(error) });
      }
    });
    await Promise.all(some);
  }
  measure('chainStretchesArchived', objects);
  measure('chainsNotArchived', left);
};
