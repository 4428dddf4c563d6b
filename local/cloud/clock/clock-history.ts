import { type ClockReading, clockTimeAt } from './clock-memory.ts';

const MAXIMUM_READINGS = 10_000;

/**
 * The clock's past readings, to translate time stamps that an engine took from the machine's clock.
 */
export const createClockHistory = () => {
  let readings: ClockReading[] = [];
  return {
    add: (reading: ClockReading): void => {
      readings.push(reading);
      if (readings.length > MAXIMUM_READINGS) readings = readings.slice(MAXIMUM_READINGS / 2);
    },
    /** The clock's time at `realAt`; moments before the oldest reading count as that reading. */
    clockTimeAt: (realAt: number): number => {
      const reading = readings.findLast((candidate) => candidate.realAt <= realAt) ?? readings[0];
      if (reading === undefined) throw new Error('The clock has no reading yet.');
      return clockTimeAt(reading, Math.max(realAt, reading.realAt));
    },
  };
};
