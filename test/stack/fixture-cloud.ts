import { SQSClient } from '@aws-sdk/client-sqs';
import { instant } from '#domain/model/instant.ts';
import { createClock, type MovableClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, type CloudOptions, startCloud } from '#local/cloud/cloud.ts';
import { assemblyOf, FIXTURE_APP } from './assemblies.ts';

export const START = instant(Date.parse('2026-03-01T12:00:00Z'));

export const stoppedClock = (): MovableClock => createClock({ mode: 'stopped', startAt: START });

/** The fixture's cloud assembly. */
export const fixtureAssembly = (): Promise<string> => assemblyOf(FIXTURE_APP);

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
