import type { DeviceStatus } from '../../model/device-event.ts';
import { HOUR_SECONDS, type Instant, instant, secondsBetween } from '../../model/instant.ts';
import type { Memory } from '../rule.ts';

/** What readings of a battery are reckoned by; percent. */
export type DischargeLimits = Readonly<{
  /** Having lost so many points since it was last reckoned, it tells how fast it drains. */
  leastDropPercent: number;
  /** A reading that has risen by more was taken after charging. */
  chargedRisePercent: number;
  /** So full it was charged, whether or not anybody saw it on its charger. */
  fullPercent: number;
}>;

/** Whether a reading shows that it was charged since the one before, which `percent` remembers. */
export const isRecharged = (
  { percent: before }: Memory,
  percent: number | null,
  { fullPercent, chargedRisePercent }: DischargeLimits,
): boolean =>
  percent !== null &&
  (percent >= fullPercent || (before !== undefined && percent - before > chargedRisePercent));

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/**
 * What is remembered of a battery's discharge after one more status: the last reading, the one from
 * which the next reckoning starts, and the rate, points an hour. Each reckoning weighs as much as
 * all before it: a tag drains faster where it finds no network.
 */
export const afterReading = (
  memory: Memory,
  status: DeviceStatus,
  { at, by }: Readonly<{ at: Instant; by: DischargeLimits }>,
): Memory => {
  const { batteryPercent: percent, charging } = status;
  const { markPercent, markAt, rate } = memory;
  // On the charger nothing can be said of when it will be empty.
  if (charging === true) {
    const { percentAt: _, ...known } = memory;
    return { ...known, ...(percent === null ? {} : { percent, markPercent: percent, markAt: at }) };
  }
  if (percent === null) return memory;
  const read = { ...memory, percent, percentAt: at };
  if (isRecharged(memory, percent, by) || markPercent === undefined || markAt === undefined) {
    return { ...read, markPercent: percent, markAt: at };
  }
  const dropped = markPercent - percent;
  const hours = secondsBetween(instant(markAt), at) / HOUR_SECONDS;
  if (dropped < by.leastDropPercent || hours <= 0) return read;
  const seen = dropped / hours;
  const reckoned = hundredths(rate === undefined ? seen : (rate + seen) / 2);
  return { ...read, markPercent: percent, markAt: at, rate: reckoned };
};

/** When the battery will be empty if it goes on as it did; null where that is not known. */
export const emptyAt = ({ percent, percentAt, rate }: Memory): Instant | null => {
  if (percent === undefined || percentAt === undefined || !rate) return null;
  return instant(Math.round(percentAt + (percent / rate) * HOUR_SECONDS * 1000));
};
