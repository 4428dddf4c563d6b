import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('given properties that are run twice', () => {
  it.skipIf(process.env.HOMEWARD_SEED === 'random')('draws the same for them', () => {
    const drawn = () => fc.sample(fc.integer(), 5);
    expect(drawn()).toEqual(drawn());
  });
});
