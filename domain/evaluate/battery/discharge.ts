import type { DeviceStatus } from '../../model/device-event.ts';
import { HOUR_SECONDS, type Instant, instant, secondsBetween } from '../../model/instant.ts';
import type { Memory } from '../rule.ts';

/** A battery that has lost so many points since it was last reckoned tells how fast it drains. */
const LEAST_DROP_PERCENT = 5;
/** A reading that has risen by more than a gauge errs was taken after charging. */
const RISE_PERCENT = 3;
/** A full battery was charged, whether or not anybody saw it on its charger. */
const FULL_PERCENT = 95;

/** Whether a reading shows that it was charged since the one before, which `percent` remembers. */
export const isRecharged = ({ percent: before }: Memory, percent: number | null): boolean =>
  percent !== null &&
  (percent >= FULL_PERCENT || (before !== undefined && percent - before > RISE_PERCENT));

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/**
 * What is remembered of a battery's discharge after one more status: the last reading, the one from
 * which the next reckoning starts, and the rate, points an hour. Each reckoning weighs as much as
 * all before it: a tag drains faster where it finds no network.
 */
export const afterReading = (memory: Memory, status: DeviceStatus, at: Instant): Memory => {
  const { batteryPercent: percent, charging } = status;
  const { markPercent, markAt, rate } = memory;
  // On the charger nothing can be said of when it will be empty.
  if (charging === true) {
    const { percentAt: _, ...known } = memory;
    return { ...known, ...(percent === null ? {} : { percent, markPercent: percent, markAt: at }) };
  }
  if (percent === null) return memory;
  const read = { ...memory, percent, percentAt: at };
  if (isRecharged(memory, percent) || markPercent === undefined || markAt === undefined) {
    return { ...read, markPercent: percent, markAt: at };
  }
  const dropped = markPercent - percent;
  const hours = secondsBetween(instant(markAt), at) / HOUR_SECONDS;
  if (dropped < LEAST_DROP_PERCENT || hours <= 0) return read;
  const seen = dropped / hours;
  const reckoned = hundredths(rate === undefined ? seen : (rate + seen) / 2);
  return { ...read, markPercent: percent, markAt: at, rate: reckoned };
};

/** When the battery will be empty if it goes on as it did; null where that is not known. */
export const emptyAt = ({ percent, percentAt, rate }: Memory): Instant | null => {
  if (percent === undefined || percentAt === undefined || !rate) return null;
  return instant(Math.round(percentAt + (percent / rate) * HOUR_SECONDS * 1000));
};
