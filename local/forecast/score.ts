/** What was said of one example, and whether it came. */
export type Said = Readonly<{ probability: number; happened: boolean }>;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean squared error of probabilities. Source: Brier, Monthly Weather Review 78 (1950). */
export const brier = (said: readonly Said[]): number =>
  mean(said.map(({ probability, happened }) => (probability - (happened ? 1 : 0)) ** 2));

/** Mean surprise, in nats. */
export const logLoss = (said: readonly Said[]): number =>
  mean(said.map(({ probability: p, happened }) => -Math.log(happened ? p : 1 - p)));

/** How much of the error of others is spared: 1 all of it, 0 none, below 0 it is worse. */
export const skill = (said: readonly Said[], others: readonly Said[]): number =>
  1 - brier(said) / brier(others);

/** Examples of which about the same was said: what was said, and how often it came. */
export type Bin = Readonly<{ said: number; came: number; count: number }>;

/** Ten bins of equal size, by what was said. */
export const reliability = (all: readonly Said[], bins = 10): Bin[] => {
  const sorted = all.toSorted((a, b) => a.probability - b.probability);
  return Array.from({ length: bins }, (_, i) => {
    const from = Math.floor((i * sorted.length) / bins);
    const some = sorted.slice(from, Math.floor(((i + 1) * sorted.length) / bins));
    return {
      said: mean(some.map(({ probability }) => probability)),
      came: mean(some.map(({ happened }) => (happened ? 1 : 0))),
      count: some.length,
    };
  });
};

/** The mean distance between what was said and what came, over all examples. */
export const calibrationError = (bins: readonly Bin[]): number => {
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + (bin.count / count) * Math.abs(bin.said - bin.came), 0);
};
