import type { ActivationId, WearerId } from '../model/ids.ts';
import { DAY_SECONDS, earlierOf, type Instant, laterOf, secondsBetween } from '../model/instant.ts';
import { upperTail } from './upper-tail.ts';

/** A device of a batch on a wearer. */
export type Worn = Readonly<{
  deviceBatch: string;
  activationId: ActivationId;
  wearerId: WearerId;
  startsAt: Instant;
  endsAt: Instant | null;
}>;

export type Tampered = Readonly<{ wearerId: WearerId; openedAt: Instant }>;

/** How often the devices of a batch are tampered with, or seem to be. */
export type BatchRate = Readonly<{
  deviceBatch: string;
  deviceDays: number;
  /** Of them, days on which some part of a device was found open or moved: each counts once. */
  tamperDays: number;
  per1000DeviceDays: number;
  /** How likely so many or more are, if the batch is like the others. */
  chance: number;
  isOutOfLine: boolean;
}>;

/** A batch is out of line at this chance, shared among all batches that are looked at. */
const OUT_OF_LINE_CHANCE = 0.001;
/** One wearer who tampers each day is no batch that fails. */
const LEAST_DEVICES = 3;

export type Period = Readonly<{ fromAt: Instant; untilAt: Instant }>;

const daysIn = ({ startsAt, endsAt }: Worn, { fromAt, untilAt }: Period): number => {
  const until = endsAt === null ? untilAt : earlierOf(endsAt, untilAt);
  return Math.max(0, secondsBetween(laterOf(startsAt, fromAt), until)) / DAY_SECONDS;
};

const isOn = ({ wearerId, startsAt, endsAt }: Worn, tampered: Tampered): boolean =>
  wearerId === tampered.wearerId &&
  startsAt <= tampered.openedAt &&
  (endsAt === null || tampered.openedAt < endsAt);

/** Of one device the days on which it was tampered with, as numbers of a UTC day. */
const daysOf = (one: Worn, tampers: readonly Tampered[], { fromAt, untilAt }: Period) =>
  new Set(
    tampers
      .filter((found) => found.openedAt >= fromAt && found.openedAt < untilAt && isOn(one, found))
      .map(({ openedAt }) => Math.floor(openedAt / (DAY_SECONDS * 1000))),
  );

type Counted = Readonly<{ deviceDays: number; tamperDays: number; devices: number }>;

const counted = (worn: readonly Worn[], tampers: readonly Tampered[], period: Period): Counted => {
  const days = worn.map((one) => daysOf(one, tampers, period).size);
  return {
    deviceDays: worn.reduce((sum, one) => sum + daysIn(one, period), 0),
    tamperDays: days.reduce((sum, count) => sum + count, 0),
    devices: days.filter((count) => count > 0).length,
  };
};

/**
 * The rate of each batch, and whether it is out of line with all others. By the conditional test of
 * two Poisson rates: of all tamper days, each falls to the batch with the share that it has of the
 * device-days, so their number is binomial. It is exact, and holds for counts of two or three.
 * Source: Przyborowski and Wilenski, Homogeneity of results in testing samples from Poisson series,
 * Biometrika 31 (1940). The chance is divided by the number of batches (Bonferroni).
 */
export const batchRates = (
  worn: readonly Worn[],
  tampers: readonly Tampered[],
  period: Period,
): BatchRate[] => {
  const byBatch = Map.groupBy(worn, ({ deviceBatch }) => deviceBatch);
  const all = counted(worn, tampers, period);
  return [...byBatch].map(([deviceBatch, ones]): BatchRate => {
    const { deviceDays, tamperDays, devices } = counted(ones, tampers, period);
    const share = all.deviceDays === 0 ? 0 : deviceDays / all.deviceDays;
    const chance = upperTail({ hits: tamperDays, trials: all.tamperDays, probability: share });
    const isRare = chance < OUT_OF_LINE_CHANCE / byBatch.size;
    const per1000 = deviceDays === 0 ? 0 : (1000 * tamperDays) / deviceDays;
    return {
      ...{ deviceBatch, deviceDays, tamperDays, per1000DeviceDays: per1000, chance },
      isOutOfLine: isRare && devices >= LEAST_DEVICES,
    };
  });
};
