import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { daysBetween } from '../adapters/dynamodb/chain-keys.ts';
import type { Key } from '../adapters/dynamodb/keys.ts';
import type { LoadUnsealed } from '../adapters/dynamodb/unsealed.ts';
import { errorName } from '../adapters/log/log.ts';
import { sealEntries } from './seal-entries.ts';
import type { WorkOffDeps } from './work-off-entries.ts';

export type NetDeps = WorkOffDeps & Readonly<{ agencyId: AgencyId; loadUnsealed: LoadUnsealed }>;

/** The stream has sealed by then what it ever will: it gives a record within seconds. */
const SPARED_SECONDS = 600;

const AN_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Names mostly begin with their instant; one of the last minutes is still the stream's. */
const isTheStreams = (name: string, now: Instant): boolean =>
  AN_INSTANT.test(name) && name > toIso(secondsAfter(now, -SPARED_SECONDS));

const byChain = (keys: readonly Key[]): Map<string, string[]> => {
  const chains = new Map<string, string[]>();
  for (const { pk, sk } of keys) chains.set(pk, [...(chains.get(pk) ?? []), sk]);
  return chains;
};

/** How many links that made; what is sealed by now makes none. */
const sealNamed = async (
  deps: NetDeps,
  chain: string,
  names: readonly string[],
): Promise<number> => {
  const entries = await deps.chains.loadNamed(chain, names);
  const inOrder = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return sealEntries(deps, chain, inOrder);
};

/**
 * The net under the stream: looks through the entries of the last days, seals those that nothing
 * has sealed, and tells how many they were. None is usual; one is something that the stream lost.
 */
export const findUnsealed = async (deps: NetDeps, days: number): Promise<void> => {
  const now = deps.now();
  const { log, measure } = deps.telemetry;
  let found = 0;
  let failures = 0;
  for (const day of daysBetween(secondsAfter(now, (1 - days) * DAY_SECONDS), now)) {
    const keys = await deps.loadUnsealed(deps.agencyId, day);
    const left = keys.filter(({ sk }) => !isTheStreams(sk, now));
    for (const [chain, names] of byChain(left)) {
      try {
        found += await sealNamed(deps, chain, names);
      } catch (error) {
        // Retry: by the next look; one chain's trouble holds up no other.
        failures += 1;
        log.error('found entries not sealed', { chain, error: errorName(error) });
      }
    }
  }
  if (found > 0) log.warn('entries sealed that the stream lost', { entries: found });
  measure('entriesFoundUnsealed', found + failures);
};
