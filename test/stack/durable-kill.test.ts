import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killDay } from '#local/bench/kill/kill-day.ts';
import { DEMO_CONTEXT } from '#local/worlds/demo/context.ts';
import { APP, assemblyOf } from './assemblies.ts';

/** Four runs, each of which says itself when it lasts longer than two minutes. */
const TIMEOUT_MILLISECONDS = 500_000;

describe('given an evening over a data directory', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'killed-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it(
    'loses nothing and pages nobody under another id, killed whole and in its Java',
    async () => {
      const lines: string[] = [];
      const problems = await killDay({
        ...{ worldName: 'evening', cloudAssembly: await assemblyOf(APP, DEMO_CONTEXT), directory },
        ...{ victims: ['all', 'java'], seed: 7, line: (text) => lines.push(text) },
      });
      const told = { problems, lines: lines.length };
      expect(told, lines.join('\n')).toEqual({ problems: [], lines: 4 });
    },
    TIMEOUT_MILLISECONDS,
  );
});
