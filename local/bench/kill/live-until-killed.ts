// A process to be killed: lives a world through over a data directory, from where it was, and says
// on its standard output what happens, a line of JSON each.
import { createClock } from '../../cloud/clock/clock.ts';
import { startCloud } from '../../cloud/cloud.ts';
import { createApiClient } from '../../replay/api-client.ts';
import { liveWorld } from '../../replay/live-world.ts';
import { livedOf } from './cut-world.ts';
import type { Said } from './said.ts';
import { reachVerdict } from './verdict.ts';

const [, , worldName = '', cloudAssembly = '', dataDirectory = ''] = process.argv;

const say = (said: Said): void => {
  process.stdout.write(`${JSON.stringify(said)}\n`);
};

/** As `npm start` does: a cloud that has failed is told of, and ends with exit code 1. */
const fail = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
};

const live = async (): Promise<void> => {
  const lived = livedOf(worldName);
  const { world } = lived;
  const cloud = await startCloud({
    ...{ appDirectory: '.', cloudAssembly, dataDirectory, onFailure: fail },
    clock: createClock({ mode: 'replay', startAt: world.startsAt }),
  });
  say({ kind: 'started', processes: cloud.processes, clockAt: cloud.clock.now() });
  const { outcome, eventsSent } = await liveWorld({
    ...{ cloud, world },
    onProgress: (progress) => say({ kind: 'progress', eventsSent: progress.eventsSent }),
  });
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  const entries = cloud.outbox.entries();
  const verdict = await reachVerdict({ lived, api, outcome, entries, eventsSent });
  await cloud.stop();
  say({ kind: 'done', verdict });
};

// Record: the one that kills reads it.
live().catch(fail);
