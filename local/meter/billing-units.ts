/**
 * How AWS rounds what it bills. Amounts in, billed units out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const KIB = 1024;

/** At least one, also for an empty payload. */
const unitsOf = (bytes: number, unitBytes: number): number =>
  Math.max(1, Math.ceil(bytes / unitBytes));

/** HTTP API requests: each 512 KB. https://aws.amazon.com/api-gateway/pricing/ */
export const httpRequests = (bytes: number): number => unitsOf(bytes, 512 * KIB);

/** Requests of SQS and SNS: each 64 KB of a call's payload. https://aws.amazon.com/sqs/pricing/ */
export const messageRequests = (bytes: number): number => unitsOf(bytes, 64 * KIB);

/** Write units of one item: each KB begun; twice that within a transaction. */
export const writeUnits = (itemBytes: number, isTransaction = false): number =>
  unitsOf(itemBytes, KIB) * (isTransaction ? 2 : 1);

export type ReadMode = 'eventual' | 'consistent' | 'transaction';

const READ_FACTOR: Readonly<Record<ReadMode, number>> = {
  eventual: 0.5,
  consistent: 1,
  transaction: 2,
};

/** Read units: each 4 KB begun; half for an eventual read, twice for a transactional one. */
export const readUnits = (bytes: number, mode: ReadMode): number =>
  unitsOf(bytes, 4 * KIB) * READ_FACTOR[mode];

/**
 * GB-seconds of an invocation. Its duration is rounded up to the millisecond, and since August 2025
 * that of its initialization is billed with it.
 * https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
 */
export const gbSeconds = (memoryMegabytes: number, milliseconds: number): number =>
  (memoryMegabytes / KIB) * (Math.ceil(milliseconds) / 1000);
