/** "expand 32-byte k": the constant words of the cipher. */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;
const DOUBLE_ROUNDS = 10;
/** Rows of quarter rounds: columns first, then diagonals. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** Adds `from` to `to`, mixes the sum into `mixed`, and rotates that. */
const mix = (
  words: Uint32Array,
  [to, from, mixed]: readonly [number, number, number],
  bits: number,
): void => {
  words[to] = (words[to] ?? 0) + (words[from] ?? 0);
  words[mixed] = rotated((words[mixed] ?? 0) ^ (words[to] ?? 0), bits);
};

const quarterRound = (
  words: Uint32Array,
  [a, b, c, d]: readonly [number, number, number, number],
): void => {
  mix(words, [a, b, d], 16);
  mix(words, [c, d, b], 12);
  mix(words, [a, b, d], 8);
  mix(words, [c, d, b], 7);
};

/**
 * One block of ChaCha20 (RFC 8439, 2.3) as sixteen words of 32 bits: without the key nobody can
 * tell the next from all that went before. Key: eight words; nonce: three.
 */
export const chacha20Block = (
  key: Uint32Array,
  counter: number,
  nonce: readonly [number, number, number],
): Uint32Array => {
  if (key.length !== 8) throw new RangeError(`a key has eight words, not ${key.length}`);
  const start = Uint32Array.from([...CONSTANTS, ...key, counter, ...nonce]);
  const words = Uint32Array.from(start);
  for (let round = 0; round < DOUBLE_ROUNDS; round += 1) {
    for (const quarter of QUARTERS) quarterRound(words, quarter);
  }
  return words.map((word, i) => word + (start[i] ?? 0));
};
