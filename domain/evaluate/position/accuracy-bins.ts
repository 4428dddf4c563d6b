/** Upper edges of the bins of a fix's sigma, metres; coarser fixes are in none. */
export const ACCURACY_BINS_METRES = [4.5, 6.5, 9, 13, 19, 30, 60] as const;

/** The bin of a sigma; -1 for one too coarse for any. */
export const binOf = (sigmaMetres: number): number =>
  ACCURACY_BINS_METRES.findIndex((edge) => edge >= sigmaMetres);
