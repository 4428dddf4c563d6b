import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';
import { createClock, type MovableClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, type CloudOptions, startCloud } from '#local/cloud/cloud.ts';

export const FIXTURE_APP = fileURLToPath(new URL('./fixture-app', import.meta.url));
export const START = instant(Date.parse('2026-03-01T12:00:00Z'));

export const stoppedClock = (): MovableClock => createClock({ mode: 'stopped', startAt: START });

let synthesized: Promise<string> | undefined;

const synthesizeOnce = async (): Promise<string> => {
  const outDirectory = await mkdtemp(join(tmpdir(), 'fixture-assembly-'));
  await synthesize({ appDirectory: FIXTURE_APP, outDirectory, context: {} });
  return outDirectory;
};

// Runs after the test file's own hooks, which stop what reads these files.
afterAll(async () => {
  const directory = await synthesized;
  if (directory !== undefined) await rm(directory, { recursive: true });
});

/** The fixture's cloud assembly, made once per test file. */
export const fixtureAssembly = (): Promise<string> => {
  synthesized ??= synthesizeOnce();
  return synthesized;
};

/** The fixture's stack on a stopped clock. */
export const startFixture = async (options: Partial<CloudOptions> = {}): Promise<Cloud> => {
  const cloudAssembly = await fixtureAssembly();
  return startCloud({
    appDirectory: FIXTURE_APP,
    clock: stoppedClock(),
    cloudAssembly,
    ...options,
  });
};

/** How SDK clients of a test reach a cloud. */
export const clientSettings = (cloud: Cloud) => ({
  endpoint: cloud.endpointUrl,
  region: 'eu-west-2',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export const queueClient = (cloud: Cloud): SQSClient => new SQSClient(clientSettings(cloud));

/** Waits until `holds`, which something beyond the cloud's own idea of idleness makes true. */
export const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('It did not become true within ten seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
