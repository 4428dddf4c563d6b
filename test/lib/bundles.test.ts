import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundling } from '#lib/constructs/bundling.ts';
import { type Verb, verbs } from '#lib/verbs.ts';

/** Whatever is in a bundle is read and compiled before the first request is answered. */
const MOST_KIB: Readonly<Partial<Record<Verb, number>>> = {
  // Talks to five services, compiles timetables, folds what was so at an instant that has passed,
  // follows a year of the trail, reads and writes calendars, XML and signed messages, keeps
  // casework and says what of it is kept how long; and no page waits for its start.
  api: 1_400,
  // Checks the order and the policy that it puts with their own schemas, clocks and all.
  canary: 505,
  // Rotas, of which it reports, are on the clocks of their zones.
  audit: 485,
  // All rules are in it: 90 KiB of our own beside what every function carries.
  evaluate: 580,
  // Reckons by when people have to act, in the working days of a zone.
  escalate: 585,
  // Changes alerts as escalate does, and people's contacts.
  reply: 575,
  // Speaks by text message, e-mail, call, push message and webhook, and to liaisons by their feeds;
  // and reads the clocks by which wearers want to be left alone.
  notify: 590,
  // Writes every format, and signs.
  deliver: 480,
  // Sets pages: what reads and divides fonts is in it, and nobody waits for its start.
  report: 1_700,
  // Reads people, to remind them of contacts that are to be verified again.
  sweep: 480,
};
const mostBytes = (verb: Verb): number => (MOST_KIB[verb] ?? 450) * 1024;

const handlerFile = (verb: string): string =>
  fileURLToPath(new URL(`../../functions/${verb}/handler.ts`, import.meta.url));

/** With the options of the deployed bundles, but through esbuild itself, which takes a tenth. */
const bundle = async (verb: string): Promise<Metafile['outputs'][string]> => {
  const { target, mainFields, minify, externalModules } = bundling;
  const { metafile } = await build({
    entryPoints: [handlerFile(verb)],
    outfile: 'index.js',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target,
    mainFields,
    minify,
    external: externalModules,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`esbuild made nothing of functions/${verb}/handler.ts`);
  return output;
};

const largestPackages = ({ inputs }: Metafile['outputs'][string]): string => {
  const bytes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'our own code';
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([name, size]) => `${name} ${Math.round(size / 1024)} KiB`)
    .join(', ');
};

describe('the bundle', () => {
  for (const verb of verbs) {
    it(`of ${verb} is small`, async () => {
      const output = await bundle(verb);
      const hint = `${largestPackages(output)}. Import zod as a namespace: import * as z.`;
      expect(output.bytes, hint).toBeLessThanOrEqual(mostBytes(verb));
    });
  }
});
