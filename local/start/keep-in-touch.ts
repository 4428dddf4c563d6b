import { type Instant, toIso } from '#domain/model/instant.ts';
import { createApiClient } from '../replay/api-client.ts';
import type { EventBody, World } from '../worlds/world.ts';
import type { Terminal } from './terminal.ts';

/** Well within the hour after which a device that says nothing is silent. */
const EVERY_MILLISECONDS = 600_000;

/** What the devices of a world say after its end: that they are there, and nothing else. */
export const heartbeats = ({ wearers }: World, at: Instant): EventBody[] =>
  wearers
    .flatMap(({ devices }) => devices)
    .filter(({ endsAt }) => endsAt === undefined || endsAt > at)
    .map(({ activationId }) => ({ kind: 'device-status', activationId, recordedAt: toIso(at) }));

type Clock = Readonly<{ now: () => Instant; ratePerSecond: number }>;

export type Kept = Readonly<{
  cloud: Readonly<{ apiUrl: string; clock: Clock }>;
  world: World;
  headEndToken: string;
}>;

/** Goes on with the devices of a world after its day: its end must not look like silence. */
export const keepInTouch = (terminal: Terminal, { cloud, world, headEndToken }: Kept): void => {
  const headEnd = createApiClient(cloud.apiUrl, headEndToken);
  const beat = async (): Promise<void> => {
    try {
      await headEnd.post('/v1/events', heartbeats(world, cloud.clock.now()));
    } catch (error) {
      // Record: whoever looks on reads it; the next one may get through.
      const reason = error instanceof Error ? error.message : String(error);
      terminal.line(`The devices could not say that they are there: ${reason}`);
    }
  };
  setInterval(() => void beat(), EVERY_MILLISECONDS / cloud.clock.ratePerSecond).unref();
};
