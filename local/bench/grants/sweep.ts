import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudAssembly, readAssembly } from '#local/cloud/assembly/assembly.ts';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { startCloud } from '#local/cloud/cloud.ts';
import { withoutGrant } from '#local/iam/grants.ts';
import type { JudgedGrant } from '#local/iam/judge-grants.ts';
import type { Asked } from '#local/iam/rights.ts';
import { exercise } from './exercise.ts';
import { sharedPart } from './recorded-calls.ts';
import { SHORT_WORLD } from './short-world.ts';

/** A synthesized app of which copies can be run without one of its grants. */
export type Variants = {
  assembly: CloudAssembly;
  directory: string;
  /** Writes the copy without this grant, in the place of the one before, and says where. */
  without(judged: JudgedGrant): Promise<string>;
  remove(): Promise<void>;
};

export const openVariants = async (appDirectory: string): Promise<Variants> => {
  const root = await mkdtemp(join(tmpdir(), 'grants-'));
  const directory = join(root, 'whole');
  const variant = join(root, 'variant');
  await synthesize({ appDirectory, outDirectory: directory, context: {} });
  await cp(directory, variant, { recursive: true });
  const assembly = await readAssembly(directory);
  return {
    assembly,
    directory,
    without: async ({ grant }) => {
      const template = JSON.stringify(withoutGrant(assembly.template, grant));
      await writeFile(join(variant, assembly.templateFile), template);
      return variant;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
};

/** What a run without one grant showed. */
export type Shown = {
  /** The denial that names what was taken away, as the cloud's log has it. */
  denial: string | undefined;
  when: 'at the start' | 'in the run';
  seconds: number;
};

/** Whether it shows only after days: when a day is archived, or when a schedule fires. */
const takesDays = ({ deniedWithout }: JudgedGrant): boolean =>
  deniedWithout.every(
    ({ asker, need }) =>
      need.action.startsWith('s3:') ||
      (asker.kind === 'role' && /^scheduler$|ArchiveFunction/.test(asker.session)),
  );

/** Whether a line of the log denies such a call to the same asker. */
const isAbout = (line: string, { asker, need }: Asked): boolean =>
  line.includes(`${asker.kind === 'role' ? `/${asker.session}` : asker.name} is not authorized`) &&
  line.includes(`to perform: ${need.action} on resource: ${sharedPart(need.resource)}`);

/** Runs the whole stack without this grant until a denial names it, or everything has run. */
export const runWithout = async (judged: JudgedGrant, variants: Variants): Promise<Shown> => {
  const startedAt = performance.now();
  const lines: string[] = [];
  const named = (): string | undefined =>
    lines.find((line) => judged.deniedWithout.some((asked) => isAbout(line, asked)));
  const shown = (when: Shown['when']): Shown => ({
    denial: named(),
    when,
    seconds: (performance.now() - startedAt) / 1000,
  });
  try {
    const cloud = await startCloud({
      appDirectory: '.',
      cloudAssembly: await variants.without(judged),
      clock: createClock({ mode: 'replay', startAt: SHORT_WORLD.startsAt }),
      log: (line) => lines.push(line),
    });
    try {
      if (named() !== undefined) return shown('at the start');
      await exercise(cloud, { archive: takesDays(judged) });
    } finally {
      await cloud.stop();
    }
  } catch (error) {
    // Record: a stack that does not start without a grant has shown what it is good for.
    lines.push(String(error));
    if (named() !== undefined) return shown('at the start');
  }
  return shown('in the run');
};
