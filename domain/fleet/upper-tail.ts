export type Binomial = Readonly<{ hits: number; trials: number; probability: number }>;

/** The probability of so many hits or more among independent trials. */
export const upperTail = ({ hits, trials, probability }: Binomial): number => {
  if (hits <= 0) return 1;
  if (hits > trials || probability <= 0) return 0;
  if (probability >= 1) return 1;
  const odds = Math.log(probability) - Math.log1p(-probability);
  let log = trials * Math.log1p(-probability);
  let sum = 0;
  for (let i = 0; i <= trials; i += 1) {
    if (i >= hits) sum += Math.exp(log);
    log += Math.log(trials - i) - Math.log(i + 1) + odds;
  }
  return Math.min(1, sum);
};
