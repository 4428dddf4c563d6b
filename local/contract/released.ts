import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Change, changesSince, type Direction } from './compatibility.ts';
import { type SchemaNode, schemaNodeSchema } from './schema-node.ts';

export const CONTRACTS = fileURLToPath(new URL('../../contracts', import.meta.url));

/** A contract as it can be compared: schemas by direction and name, and where messages pass. */
export type Contract = Readonly<{
  version: string;
  schemas: ReadonlyMap<string, SchemaNode>;
  /** Each channel's address, and each operation's channel, by their names. */
  places: ReadonlyMap<string, string>;
}>;

const placesSchema = z.object({
  info: z.object({ version: z.string() }),
  channels: z.record(z.string(), z.object({ address: z.string() })),
  operations: z.record(
    z.string(),
    z.object({ action: z.string(), channel: z.object({ $ref: z.string() }) }),
  ),
});

/** Reads a contract of its files' texts, by path. */
export const contractOf = (files: ReadonlyMap<string, string>): Contract => {
  const document = placesSchema.parse(JSON.parse(files.get('asyncapi.json') ?? '{}'));
  const schemas = [...files].flatMap(([path, text]): [string, SchemaNode][] => {
    const name = /^schemas\/(.+)\.json$/.exec(path)?.[1];
    return name === undefined ? [] : [[name, schemaNodeSchema.parse(JSON.parse(text))]];
  });
  const channels = Object.entries(document.channels).map(
    ([name, { address }]) => [`channel ${name}`, address] as const,
  );
  const operations = Object.entries(document.operations).map(
    ([name, { action, channel }]) => [`operation ${name}`, `${action} ${channel.$ref}`] as const,
  );
  return {
    version: document.info.version,
    schemas: new Map(schemas),
    places: new Map([...channels, ...operations]),
  };
};

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** Below 0 where the first is older. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, i) => number !== right[i]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
};

/** The files of a folder of contracts, by their paths in it, with slashes. */
export const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
      }),
  );

/** The contract that was released last. Throws where there is none. */
export const lastReleased = (): Contract => {
  const versions = readdirSync(join(CONTRACTS, 'released')).sort(compareVersions);
  const last = versions.at(-1);
  if (last === undefined) throw new Error('contracts/released is empty: npm run contract');
  return contractOf(filesIn(join(CONTRACTS, 'released', last)));
};

const directionOf = (name: string): Direction => (name.startsWith('sent/') ? 'sent' : 'accepted');

const ofPlaces = (released: Contract, current: Contract): Change[] =>
  [...released.places]
    .filter(([name, place]) => current.places.get(name) !== place)
    .map(([name, place]) => ({
      ...{ path: name, effect: 'breaks' },
      what: `was ${place} and is ${current.places.get(name) ?? 'gone'}`,
    }));

/** Everything in which one contract does not keep what another promised. */
export const changesBetween = (released: Contract, current: Contract): Change[] => [
  ...ofPlaces(released, current),
  ...[...released.schemas].flatMap(([name, schema]): Change[] => {
    const now = current.schemas.get(name);
    if (now === undefined) return [{ path: name, effect: 'breaks', what: 'is gone' }];
    const found = changesSince(schema, now, directionOf(name));
    return found.map((change) => ({ ...change, path: `${name}${change.path}` }));
  }),
];

/**
 * What the version of the current contract does not admit to: what breaks needs a higher first
 * number than the last release's, what surprises at least a higher second.
 */
export const untoldChanges = (released: Contract, current: Contract): Change[] => {
  const [major = 0, minor = 0] = numbersOf(released.version);
  const [majorNow = 0, minorNow = 0] = numbersOf(current.version);
  if (majorNow > major) return [];
  const surprisesToo = majorNow === major && minorNow > minor;
  return changesBetween(released, current).filter(
    ({ effect }) => effect === 'breaks' || !surprisesToo,
  );
};
