import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDirectory } from '#local/cloud/durable/lock-file.ts';
import { FIXTURE_APP } from './assemblies.ts';
import { descendantsOf, isAlive } from './descendants.ts';
import { eventually, fixtureAssembly } from './fixture-cloud.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const START = join(REPOSITORY, 'local', 'start.ts');

let folder: string;
let assembly: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'problems-'));
  assembly = await fixtureAssembly();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { code: number | null; said: string };

/** Waits for its end; nothing that it started may outlive it. */
const ended = async (child: ChildProcess): Promise<Ended> => {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  const started = new Set<number>();
  const look = setInterval(async () => {
    for (const id of await descendantsOf(child.pid ?? 0)) started.add(id);
  }, 20);
  const [code] = await once(child, 'close');
  clearInterval(look);
  await eventually(() => ![...started].some(isAlive));
  return { code, said };
};

const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  ended(
    spawn(process.execPath, [START, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', ...env },
    }),
  );

/** Starts the fixture's stack, or another, as `npm start` starts the real one. */
const startStack = (options: object, env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
  const script = `
    const { createClock } = await import('#local/cloud/clock/clock.ts');
    const { startCloud } = await import('#local/cloud/cloud.ts');
    const end = (error) => { console.error(error.message); process.exit(1); };
    const clock = createClock({ mode: 'real' });
    await startCloud({ clock, onFailure: end, ...${JSON.stringify(options)} }).catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });`;
  return ended(
    spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: REPOSITORY,
      env: { ...process.env, ...env },
    }),
  );
};

const fixture = () => ({ appDirectory: FIXTURE_APP, cloudAssembly: assembly });

/** A path on which there is only this `java`, or none. */
const pathWith = async (java?: string): Promise<NodeJS.ProcessEnv> => {
  const bin = await mkdtemp(join(folder, 'bin-'));
  await symlink(process.execPath, join(bin, 'node'));
  await symlink('/bin/sh', join(bin, 'sh'));
  if (java !== undefined) {
    await writeFile(join(bin, 'java'), java);
    await chmod(join(bin, 'java'), 0o755);
  }
  return { PATH: [bin, dirname(process.execPath)].join(delimiter) };
};

/** The fixture's assembly with another template. */
const assemblyWith = async (change: (template: string) => string): Promise<string> => {
  const copy = await mkdtemp(join(folder, 'assembly-'));
  await cp(assembly, copy, { recursive: true });
  const file = join(copy, 'Fixture.template.json');
  await writeFile(file, change(await readFile(file, 'utf8')));
  return copy;
};

describe.skipIf(process.platform !== 'linux')(
  'given something with which a start cannot go on',
  () => {
    it('says which options there are', async () => {
      const { code, said } = await start(['--twice']);
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(/^Unknown option '--twice'\. There are --once/),
      ]);
    });

    it('says what to install where there is no Java', async () => {
      const { code, said } = await start(['--once'], await pathWith());
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(
          /\nJava 17 or later is needed.*there is no "java" on the path: .*install openjdk-17-jre-headless\.\n$/,
        ),
      ]);
    });

    it('says the same of a Java that is too old', async () => {
      const old =
        '#!/bin/sh\necho "java.lang.UnsupportedClassVersionError: class file version 61.0" >&2\nexit 1\n';
      const { code, said } = await startStack(fixture(), await pathWith(old));
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(/^Java 17 or later is needed.*is older/),
      ]);
    });

    it('names a data directory that is no directory, damaged, or in use', async () => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      const none = await start(['--data', file]);
      expect([none.code, none.said]).toEqual([
        1,
        expect.stringContaining(`${file} cannot be used for data`),
      ]);
      const damaged = join(folder, 'damaged');
      await mkdir(damaged);
      await writeFile(join(damaged, 'ledger'), 'not a ledger\nat all\n');
      const torn = await start(['--data', damaged]);
      expect([torn.code, torn.said]).toEqual([
        1,
        expect.stringContaining('ledger is damaged at line 1'),
      ]);
      const used = join(folder, 'used');
      await mkdir(used);
      const unlock = await lockDirectory(used, join(used, 'lock'));
      const second = await start(['--data', used]);
      await unlock();
      expect([second.code, second.said]).toEqual([
        1,
        expect.stringContaining(`${used} is in use by process ${process.pid}. End that one first`),
      ]);
    });

    it('names a port that is in use', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const address = other.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      const { code, said } = await startStack({ ...fixture(), port });
      other.close();
      // The next one is the console's; whatever runs beside this test may have that.
      const words =
        'of 127\\.0\\.0\\.1 is in use\\. End what listens there, or choose another with --port\\.';
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(new RegExp(`^Port (${port}|${port + 1}) ${words}\\n$`)),
      ]);
    });

    it('names a property that it cannot run', async () => {
      const cloudAssembly = await assemblyWith((template) =>
        template.replace(
          '"VisibilityTimeout": 30',
          '"VisibilityTimeout": 30, "FifoThroughputLimit": "perQueue"',
        ),
      );
      const { code, said } = await startStack({ ...fixture(), cloudAssembly });
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(
          /^AWS::SQS::Queue \(logical id Work\w+\) has properties the local cloud does not run:[\s\S]*FifoThroughputLimit/,
        ),
      ]);
    });

    it('names a file that does not build', async () => {
      const appDirectory = await mkdtemp(join(REPOSITORY, 'test', 'stack', 'broken-'));
      try {
        await cp(FIXTURE_APP, appDirectory, { recursive: true });
        await writeFile(join(appDirectory, 'functions', 'tick.ts'), 'export const handler = (;\n');
        const { code, said } = await startStack({ appDirectory });
        expect([code, said]).toEqual([
          1,
          expect.stringMatching(
            /did not synthesize the stack\. Mend what it says here, and start again:[\s\S]*tick\.ts/,
          ),
        ]);
      } finally {
        await rm(appDirectory, { recursive: true });
      }
    });
  },
);
