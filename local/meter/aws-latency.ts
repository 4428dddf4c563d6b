import type { PrintLine } from './print-cost.ts';

/** One hop of AWS: how long a message takes to the function behind it, in milliseconds. */
export type Hop = Readonly<{ name: string; p50: number; p90: number; p99: number }>;

/**
 * Published, not measured here: eu-west-1, 2022.
 * https://bitesizedserverless.com/bite/serverless-messaging-latency-compared/
 */
export const HOPS = {
  queue: { name: 'SQS standard to a function', p50: 16, p90: 34, p99: 105 },
  stream: { name: 'DynamoDB stream to a function', p50: 213, p90: 341, p99: 552 },
} as const satisfies Record<string, Hop>;

/** What a page passes after ingest has answered: evaluate, escalate, notify. */
export const PAGE_PATH: readonly Hop[] = [HOPS.queue, HOPS.stream, HOPS.stream];

export type Transit = Readonly<Pick<Hop, 'p50' | 'p90' | 'p99'>>;

/**
 * How long hops take one after another: the sum of their medians, and as upper bounds the sums of
 * their 90th and 99th percentiles, since hops are seldom slow together.
 */
export const transitOf = (hops: readonly Hop[]): Transit => {
  const sum = (pick: (hop: Hop) => number): number =>
    hops.reduce((total, hop) => total + pick(hop), 0);
  return { p50: sum(({ p50 }) => p50), p90: sum(({ p90 }) => p90), p99: sum(({ p99 }) => p99) };
};

/** Prints what AWS's own hops would take, to stand beside what was measured here. */
export const printModelledTransit = (line: PrintLine): void => {
  const { p50, p90, p99 } = transitOf(PAGE_PATH);
  const names = PAGE_PATH.map(({ name }) => name).join(', ');
  line('In AWS (modelled, not measured): between the functions that a page passes');
  line(`  p50 about ${p50} ms, p90 at most ${p90} ms, p99 at most ${p99} ms: ${names}.`);
  line(
    '  Published for eu-west-1 in 2022; the functions themselves, and SNS to the phone, are not in it.',
  );
};
