import { LONGEST_PAYLOAD_BYTES } from '../functions/payload-limits.ts';

/** Below this many characters no batch can come near the limit, and nothing is measured. */
const SURELY_SHORT = LONGEST_PAYLOAD_BYTES / 12;

/** Room for what surrounds the records of an event. */
const AROUND_BYTES = 1024;

/**
 * How many of these records, from the first, fit into one invocation: a batch is handed over when
 * its payload reaches 6 MB. At least one. `roughCharacters` must be cheap; it may be too small by
 * a factor of six, which is what escaping can add.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export const countThatFits = <T>(
  records: readonly T[],
  roughCharacters: (record: T) => number,
): number => {
  let rough = 0;
  for (const record of records) rough += roughCharacters(record);
  if (rough < SURELY_SHORT) return records.length;
  let bytes = AROUND_BYTES;
  for (const [index, record] of records.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > LONGEST_PAYLOAD_BYTES) return Math.max(1, index);
  }
  return records.length;
};
