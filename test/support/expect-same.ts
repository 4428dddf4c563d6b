import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Expects both to be the same to the bit. What says where they differ is slow; most never do. */
export const expectSame = (one: unknown, other: unknown): void => {
  if (!isDeepStrictEqual(one, other)) expect(one).toStrictEqual(other);
};
