/** Busy, or not up: the one sort of answer that another try may change. */
export const isPassing = (status: number): boolean =>
  status >= 500 || status === 408 || status === 425 || status === 429;
