import type { Config } from './config.ts';

/** Who is reached in which way. A recipient that is posted to has no queue that nobody empties. */
export type RecipientWays = {
  readonly queues: readonly string[];
  /** Forces with a queue in which each incident's messages keep their order. */
  readonly ordered: readonly string[];
  readonly addresses: readonly (readonly [recipient: string, url: string])[];
};

type Named = Pick<Config, 'forces' | 'partners' | 'orderedForces'>;

export const recipientWays = (
  { forces, partners, orderedForces }: Named,
  addresses: Config['feedSubscriptions'],
): RecipientWays => ({
  queues: [...forces, ...partners].filter((recipient) => !(recipient in addresses)),
  ordered: orderedForces,
  addresses: Object.entries(addresses),
});

/** Paths, below the stack, of all queues of the feeds: those with and those without a pair. */
export const feedQueuePaths = (config: Config): { pairs: string[]; single: string[] } => {
  const halves = [
    ['Feeds/Actual', recipientWays(config, config.feedSubscriptions)],
    ['Feeds/Exercise', recipientWays(config, config.exerciseSubscriptions)],
  ] as const;
  const pairs = halves.flatMap(([path, { queues, ordered }]) => [
    ...queues.map((recipient) => `${path}/Queues/${pascalCase(recipient)}`),
    ...ordered.map((force) => `${path}/Ordered/${pascalCase(force)}`),
  ]);
  const posted = halves.flatMap(([path, { addresses }]) =>
    addresses.map(([recipient]) => `${path}/Https/${pascalCase(recipient)}`),
  );
  return { pairs, single: [...pairs, ...posted].map((path) => `${path}/SubscriptionDlq`) };
};

/** `west-midlands` becomes `WestMidlands`. */
export const pascalCase = (slug: string): string =>
  slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
