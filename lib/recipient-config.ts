import * as z from 'zod';

export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens')
  .max(24, 'use at most 24 characters');

const split = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value;

const areDifferent = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** `-c forces=metropolitan,kent` on the command line, a JSON list in cdk.json. */
const listOf = (what: string) =>
  z.preprocess(split, z.array(slug).refine(areDifferent, `name each ${what} once`));

const forceList = z.preprocess(
  split,
  z
    .array(slug)
    .min(1, 'name at least one police force')
    .refine(areDifferent, 'name each police force once'),
);

const hostPattern = '(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,63}';

/** `-c webhookHosts=pages.example.org,duty.example.org`, or a JSON list in cdk.json. */
export const hostList = z
  .preprocess(
    split,
    z.array(
      z
        .string()
        .regex(
          new RegExp(`^${hostPattern}$`),
          'name hosts as pages.example.org: in full, in lower case, without a port or a path',
        ),
    ),
  )
  .default([]);

/**
 * Names that lead to no public host: RFC 6761 and 6762, ICANN's `internal`, and what networks
 * commonly call their own machines.
 */
const internalSuffix =
  /\.(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|test|invalid|onion)$/;

const longestUrl = 500;

/** Where SNS posts: no address, port, user or query, so that it leads to whoever the name says. */
const addressSchema = z
  .string()
  .max(longestUrl, `use at most ${longestUrl} characters`)
  .regex(
    new RegExp(`^https://${hostPattern}(?:/[\\w.~-]+)*/?$`),
    'give an address as https://cad.example.org/homeward: with https and a host in full, ' +
      'without a port, a user, a query or a fragment',
  )
  .refine(
    (url) => !internalSuffix.test(URL.parse(url)?.hostname ?? ''),
    'this host is inside some network, and SNS cannot reach it: give a public one',
  );

const pairsOf = (value: unknown): unknown => {
  if (value === '') return [];
  if (typeof value !== 'string') return Object.entries(Object(value));
  return value.split(',').map((pair) => {
    const [recipient = '', ...url] = pair.trim().split('=');
    return [recipient, url.join('=')];
  });
};

/** `-c feedSubscriptions=kent=https://cad.example.org/homeward`, or a JSON object in cdk.json. */
const addressesByRecipient = z
  .preprocess(
    pairsOf,
    z
      .array(z.tuple([slug, addressSchema]))
      .refine((pairs) => areDifferent(pairs.map(([recipient]) => recipient)), {
        message: 'name each recipient once',
      }),
  )
  .transform((pairs): Readonly<Record<string, string>> => Object.fromEntries(pairs))
  .default({});

/** Who outside the agency is told, and how. */
export const recipientSettings = {
  forces: forceList.default(['metropolitan']),
  partners: listOf('partner').default([]),
  orderedForces: listOf('police force').default([]),
  feedSubscriptions: addressesByRecipient,
  exerciseSubscriptions: addressesByRecipient,
  traffic: z.enum(['actual', 'exercise']).optional(),
};

type Recipients = {
  readonly forces: readonly string[];
  readonly partners: readonly string[];
  readonly orderedForces: readonly string[];
  readonly feedSubscriptions: Readonly<Record<string, string>>;
  readonly exerciseSubscriptions: Readonly<Record<string, string>>;
};

/** What is wrong between the settings, the first of it; undefined where all is well. */
export const recipientsProblem = (
  settings: Recipients,
): { path: string[]; message: string } | undefined => {
  const { forces, partners, orderedForces, feedSubscriptions, exerciseSubscriptions } = settings;
  const known = new Set([...forces, ...partners]);
  const both = partners.find((partner) => forces.includes(partner));
  if (both !== undefined) {
    return { path: ['partners'], message: `${both} is among the forces: name it once` };
  }
  const unordered = orderedForces.find((force) => !forces.includes(force));
  if (unordered !== undefined) {
    return { path: ['orderedForces'], message: `${unordered} is none of the forces: add it there` };
  }
  for (const [key, addresses] of Object.entries({ feedSubscriptions, exerciseSubscriptions })) {
    const unknown = Object.keys(addresses).find((recipient) => !known.has(recipient));
    if (unknown === undefined) continue;
    return { path: [key], message: `${unknown} is no force and no partner: add it there` };
  }
  const actual = new Set(Object.values(feedSubscriptions));
  const shared = Object.values(exerciseSubscriptions).find((url) => actual.has(url));
  if (shared === undefined) return undefined;
  const message = `${shared} is told what is real: exercises need an address of their own`;
  return { path: ['exerciseSubscriptions'], message };
};
