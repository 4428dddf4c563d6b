/**
 * What is taken for granted of two moving people, each number with its unit and where it comes
 * from. What an order may set is a threshold of its rule instead.
 */

/** Share of fixes, of either of the two, that have nothing to do with where they are. */
export const OUTLIER_SHARE_OF_TWO = 0.03;

/** Somebody of whom nothing else is known may be on foot, metres a second. */
export const ON_FOOT_METRES_PER_SECOND = 1.5;
/** Who moves may be on a bicycle, metres a second. */
export const MOVING_METRES_PER_SECOND = 4;
/** How much faster than it was last seen to be somebody may be by now. */
export const SPEED_MARGIN = 1.5;
/** No car goes faster for long: 130 km/h, in metres a second. */
export const TOP_METRES_PER_SECOND = 36;

/** A leash shorter than this spares nothing: the usual upload comes every four minutes. */
export const LEAST_HOLD_SECONDS = 300;
/** However far apart two people are, each is heard of once in so long. */
export const LONGEST_HOLD_SECONDS = 3_600;
/**
 * Who has gone further than this says so. It keeps the other's leash from running short by more
 * than an upload's time at once: 5 km at twice the top speed is 70 s.
 */
export const LONGEST_LEASH_METRES = 5_000;
/** Of the room that two people have, each may use up so much unseen. */
export const LEASH_SHARE = 0.25;
