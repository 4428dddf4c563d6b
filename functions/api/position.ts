import * as z from 'zod';

const MOST_DIGITS = 9;

/** A whole number as people write it: what else may pass for one (`0x1`, `1e0`, nothing) is not. */
export const plainNumber = (least: number, most: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,${MOST_DIGITS}}$`), 'a whole number, in digits')
    .transform(Number)
    .pipe(z.number().min(least).max(most));
