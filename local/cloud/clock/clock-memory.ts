/**
 * The clock's state in shared memory, so that every sandbox reads it without asking anybody.
 * Four 64-bit slots: a version (odd while being written), the clock and the machine's time at the
 * last change, both in epoch milliseconds, and the rate in thousandths (0 = stopped, 1000 = real
 * speed).
 */
const VERSION = 0;
const CLOCK_AT = 1;
const REAL_AT = 2;
const RATE = 3;

export type ClockReading = { clockAt: number; realAt: number; ratePerMille: number };

export const createClockMemory = (): SharedArrayBuffer =>
  new SharedArrayBuffer(4 * BigInt64Array.BYTES_PER_ELEMENT);

export const writeReading = (memory: SharedArrayBuffer, reading: ClockReading): void => {
  const slots = new BigInt64Array(memory);
  Atomics.add(slots, VERSION, 1n);
  Atomics.store(slots, CLOCK_AT, BigInt(reading.clockAt));
  Atomics.store(slots, REAL_AT, BigInt(reading.realAt));
  Atomics.store(slots, RATE, BigInt(reading.ratePerMille));
  Atomics.add(slots, VERSION, 1n);
};

const readReading = (memory: SharedArrayBuffer): ClockReading => {
  const slots = new BigInt64Array(memory);
  for (;;) {
    const before = Atomics.load(slots, VERSION);
    const reading = {
      clockAt: Number(Atomics.load(slots, CLOCK_AT)),
      realAt: Number(Atomics.load(slots, REAL_AT)),
      ratePerMille: Number(Atomics.load(slots, RATE)),
    };
    if (before % 2n === 0n && before === Atomics.load(slots, VERSION)) return reading;
  }
};

/**
 * What the clock shows when the machine's own clock shows `realNow`; both in epoch milliseconds.
 */
export const clockTimeAt = (reading: ClockReading, realNow: number): number =>
  reading.clockAt + Math.floor(((realNow - reading.realAt) * reading.ratePerMille) / 1000);

/** What the clock in this memory shows now, given the machine's own time. */
export const readClock = (memory: SharedArrayBuffer, realNow: number): number =>
  clockTimeAt(readReading(memory), realNow);
