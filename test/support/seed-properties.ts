import fc from 'fast-check';

/**
 * The seed every property draws from: one and the same, so that a red run is of the change that it
 * ran on, and runs red again. `HOMEWARD_SEED=random` draws anew; a number asks for that seed.
 */
const asked = process.env.HOMEWARD_SEED ?? '1';

if (asked !== 'random') {
  if (!/^-?\d{1,9}$/.test(asked)) {
    throw new Error(
      `HOMEWARD_SEED is "${asked}": give an integer of at most 9 digits, or "random"`,
    );
  }
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
}
