import {
  type ChainEnd,
  type Hash,
  linksAfter,
  type Opening,
  type SealedEntry,
} from '#domain/record/link.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { type Chains, type KnownChain, MOST_LINKS_AT_ONCE } from '../adapters/dynamodb/chains.ts';

export type SealDeps = Readonly<{
  now: Clock;
  hash: Hash;
  /** 256 random bits. */
  newSalt: () => string;
  chains: Pick<
    Chains,
    'load' | 'append' | 'loadSealed' | 'loadEntries' | 'loadNamed' | 'markWhole'
  >;
}>;

/** Somebody else appends to the same chain all the time: whoever is second comes again. */
class ChainContended extends Error {
  constructor() {
    super('a chain was extended by others at each try');
    this.name = 'ChainContended';
  }
}

/** Sealers that meet look again; two of them pass each other in one try. */
const MOST_TRIES = 8;

const eachOnce = (entries: readonly SealedEntry[]): SealedEntry[] => [
  ...new Map(entries.map((entry) => [entry.name, entry])).values(),
];

/** What is still to be sealed of these: all that the chain does not name yet. */
const stillUnsealed = async (
  { chains }: SealDeps,
  chain: string,
  entries: readonly SealedEntry[],
): Promise<SealedEntry[]> => {
  const names = entries.map(({ name }) => name);
  const sealed = await chains.loadSealed(chain, names);
  return entries.filter(({ name }) => !sealed.has(name));
};

/** Before the first link of a chain stands whatever its partition held before there were chains. */
const withFormer = async (
  deps: SealDeps,
  { chain, position }: ChainEnd,
  entries: readonly SealedEntry[],
): Promise<SealedEntry[]> => {
  const all = eachOnce([...(await deps.chains.loadEntries(chain)), ...entries]);
  return position === 0 ? all : stillUnsealed(deps, chain, all);
};

const appendSome = (
  deps: SealDeps,
  { end }: KnownChain,
  some: readonly SealedEntry[],
): Promise<'saved' | 'conflict'> => {
  const openings: Opening[] = some.map((entry) => ({ salt: deps.newSalt(), entry }));
  const links = linksAfter(deps.hash, end, { openings, sealedAt: deps.now() });
  return deps.chains.append(
    links.flatMap((link, i) => {
      const opening = openings[i];
      return opening === undefined ? [] : [{ link, ...opening }];
    }),
  );
};

/**
 * Puts entries of one partition of the record into its chain, in their order, and gives how many
 * links that made. What is sealed already adds nothing. Several may do this at once, and any may
 * stop anywhere: a link stands at the position after the last or nowhere. Throws where others were
 * first at each try, or the tables cannot be reached: the same again does the rest.
 */
export const sealEntries = async (
  deps: SealDeps,
  chain: string,
  entries: readonly SealedEntry[],
): Promise<number> => {
  let known = await deps.chains.load(chain);
  let left = known.isWhole ? eachOnce(entries) : await withFormer(deps, known.end, entries);
  let made = 0;
  for (let tries = 0; left.length > 0; ) {
    const some = left.slice(0, MOST_LINKS_AT_ONCE);
    if ((await appendSome(deps, known, some)) === 'saved') {
      made += some.length;
      left = left.slice(some.length);
    } else {
      tries += 1;
      if (tries === MOST_TRIES) throw new ChainContended();
      left = await stillUnsealed(deps, chain, left);
    }
    if (left.length > 0) known = { ...known, end: (await deps.chains.load(chain)).end };
  }
  if (!known.isWhole) await deps.chains.markWhole(chain);
  return made;
};
