import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type CloudAssembly, readAssembly } from '#local/cloud/assembly/assembly.ts';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';
import { functionName } from '#local/meter/names.ts';

/**
 * What a cold start adds: for each function of the synthesized stack, the size of its bundle, and
 * how much longer a fresh process runs that loads it than one that does nothing. Loading makes the
 * clients and checks the environment; nothing is called. Starts of both kinds alternate, so that
 * what else the machine does falls on both.
 */
const ROUNDS = 21;
const MOST_KIB = 450;
const MOST_MILLISECONDS = 100;

const functionSchema = z.looseObject({
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Environment: z
    .looseObject({ Variables: z.record(z.string(), z.unknown()) })
    .default({ Variables: {} }),
});

type Bundle = Readonly<{ name: string; path: string; environment: Record<string, string> }>;

/** What only a deployment knows is stood in for by something that has the form of all of it. */
const STAND_IN = 'https://cold.start.invalid/stand-in';

const LAMBDA_GIVES = {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SESSION_TOKEN: 'none',
};

const SHOWN_CHARACTERS = 1000;

const bundlesOf = ({ template, assetDirectory }: CloudAssembly): Bundle[] =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([logicalId, { Properties }]) => {
      const { Code, Handler, Environment } = functionSchema.parse(Properties);
      const environment = Object.fromEntries(
        Object.entries(Environment.Variables).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : STAND_IN,
        ]),
      );
      const file = `${Handler.slice(0, Handler.lastIndexOf('.'))}.js`;
      return {
        name: functionName(logicalId),
        path: join(assetDirectory(Code.S3Key), file),
        environment,
      };
    });

/** Milliseconds from the start of a process that runs `source` to its end. */
const timeProcess = (source: string, environment: Record<string, string>): number => {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--eval', source], {
    env: { ...environment, ...LAMBDA_GIVES, PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) {
    const said = stderr.toString().slice(-SHOWN_CHARACTERS);
    throw new Error(`A process that loads a bundle failed; it ended with:\n${said}`);
  }
  return performance.now() - startedAt;
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

type ColdStart = Readonly<{ middle: number; low: number; high: number }>;

const measure = ({ path, environment }: Bundle): ColdStart => {
  const load = `require(${JSON.stringify(path)}); process.exit(0)`;
  const added: number[] = [];
  // The first pair warms the disk's cache, as Lambda's own does.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const empty = timeProcess('process.exit(0)', environment);
    const loaded = timeProcess(load, environment);
    if (round > 0) added.push(loaded - empty);
  }
  const sorted = added.sort((a, b) => a - b);
  return {
    middle: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  };
};

const markOf = (value: number, most: number): string => (value > most ? '  over the aim' : '');

const print = async (bundles: readonly Bundle[]): Promise<void> => {
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}; ${ROUNDS} pairs of processes ` +
      `for each function; aims: ${MOST_KIB} KiB, ${MOST_MILLISECONDS} ms.`,
  );
  console.log('function     bundle KiB   ms over an empty process (middle half)');
  for (const bundle of bundles) {
    const kib = (await stat(bundle.path)).size / 1024;
    const { middle, low, high } = measure(bundle);
    const spread = `(${low.toFixed(0)} to ${high.toFixed(0)})`;
    console.log(
      `${bundle.name.padEnd(13)}${kib.toFixed(0).padStart(10)}   ` +
        `${middle.toFixed(0).padStart(4)} ${spread.padEnd(14)}` +
        `${markOf(kib, MOST_KIB)}${markOf(middle, MOST_MILLISECONDS)}`,
    );
    if (kib > MOST_KIB || middle > MOST_MILLISECONDS) process.exitCode = 1;
  }
};

const directory = await mkdtemp(join(tmpdir(), 'cold-start-'));
try {
  const appDirectory = new URL('../..', import.meta.url).pathname;
  await synthesize({ appDirectory, context: {}, outDirectory: directory });
  await print(bundlesOf(await readAssembly(directory)));
} finally {
  await rm(directory, { recursive: true, force: true });
}
