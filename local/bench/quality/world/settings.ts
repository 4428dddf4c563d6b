import { type Position, position } from '#domain/geo/position.ts';
/** What makes one world harder than another. Metres, minutes and shares throughout. */
export type WorldSettings = Readonly<{
  name: string;
  origin: Position;
  /** Axis deviation of the part of an indoor bias that changes about every 90 minutes. */
  biasMetres: number;
  badBuildingShare: number;
  /** Axis deviation of the noise on top of it: indoors over 8 minutes, outdoors over 2. */
  indoorNoiseMetres: number;
  outdoorNoiseMetres: number;
  /** Power with which the stated accuracy follows the error: 0 tells nothing. */
  telling: number;
  outlierShare: number;
  /** How likely an outlier is followed by another beside it. */
  outlierRepeats: number;
  /** Axis deviation of the address on record from where the wearer lives. */
  addressErrorMetres: number;
  entriesPerDay: number;
  nearMissesPerDay: number;
  /** Of the entries, how many go straight next door and stay within 60 m of the edge. */
  nextDoorShare: number;
  motionMissed: number;
  motionFalse: number;
  /** How often the home unit loses a wearer at home for some while, a day. */
  unitDropoutsPerDay: number;
  /** How far the home unit still hears the tag now and then. */
  unitReachMetres: number;
  gapDays: number;
}>;

/** The world on which numbers were chosen: streets, homes near zones, honest but wrong tags. */
export const TOWN: WorldSettings = {
  name: 'town',
  origin: position(51.5, -0.1),
  biasMetres: 14,
  badBuildingShare: 0.2,
  indoorNoiseMetres: 7,
  outdoorNoiseMetres: 4.5,
  telling: 0.3,
  outlierShare: 0.004,
  outlierRepeats: 0.15,
  addressErrorMetres: 4,
  entriesPerDay: 0.25,
  nearMissesPerDay: 1.2,
  nextDoorShare: 0.15,
  motionMissed: 0.07,
  motionFalse: 0.06,
  unitDropoutsPerDay: 0.3,
  unitReachMetres: 35,
  gapDays: 0.3,
};

/**
 * A world on which nothing was tuned: entries from next door, worse flags, an address that is off,
 * accuracies that tell less, worse buildings.
 */
export const HARSH: WorldSettings = {
  ...TOWN,
  name: 'harsh',
  origin: position(59.3, 18.05),
  biasMetres: 17,
  badBuildingShare: 0.3,
  indoorNoiseMetres: 9,
  outdoorNoiseMetres: 6,
  telling: 0.1,
  outlierShare: 0.007,
  outlierRepeats: 0.3,
  addressErrorMetres: 14,
  nextDoorShare: 0.6,
  motionMissed: 0.2,
  motionFalse: 0.15,
  unitDropoutsPerDay: 1,
  unitReachMetres: 70,
  gapDays: 0.5,
};
