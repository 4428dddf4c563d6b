/**
 * The position model's numbers, each with its unit and where it comes from. "Calibrated" means
 * chosen in simulation over several thousand wearer-days with known truth; they are starting
 * values, and docs/adr/0005 says what each is worth.
 */

/** Changes of whereabouts a minute while the wearer's motion is unknown. Calibrated. */
export const CHANGES_PER_MINUTE = {
  home: { elsewhere: 0.0045, inside: 0.0005 },
  elsewhere: { home: 0.03, inside: 0.05 },
  inside: { elsewhere: 0.06, home: 0.001 },
} as const;

/** How many times likelier a change is with the motion flag so. Calibrated. */
export const MOTION_FACTOR = { still: 0.15, unknown: 1, moving: 2 } as const;

/** A gap widens what we believe by this many minutes at most: gaps widen, they do not decide. */
export const LONGEST_STEP_MINUTES = 10;

/**
 * The least odds of each other hypothesis against the most likely one: the barrier of Page's CUSUM.
 * Four minutes of the rate of change for most; `inside` lower, so that an opening certainty of 0.98
 * can be reached. Calibrated.
 */
export const ZONE_FLOOR = {
  home: { elsewhere: 0.018, inside: 0.002 },
  elsewhere: { home: 0.12, inside: 0.08 },
  inside: { elsewhere: 0.01, home: 0.002 },
} as const;
/** For "at home or not": `elsewhere` is what opens a violation, so its barrier is the lower one. */
export const PLACE_FLOOR = {
  home: { elsewhere: 0.018 },
  elsewhere: { home: 0.01 },
  inside: {},
} as const;

/** Share of fixes that have nothing to do with where the wearer is. Calibrated. */
export const OUTLIER_SHARE = 0.015;
/** The area over which such fixes fall, square metres. Calibrated. */
export const OUTLIER_AREA_SQUARE_METRES = 3e5;
/**
 * The area over which somebody inside a zone may be, square metres, unless a condition says
 * otherwise; not the zone's own: spread over a whole city "inside" could never win. As strong a
 * dial as the certainty. Calibrated.
 */
export const INSIDE_AREA_SQUARE_METRES = 1e5;
/**
 * The area for which the floor and the rate from elsewhere to inside are given. Over a smaller one
 * each fix speaks louder for "inside", and both are so much lower: else one stray fix would decide.
 */
export const ENTERED_AREA_SQUARE_METRES = 2e5;
/** The area over which somebody "elsewhere" may be, square metres. Calibrated. */
export const ELSEWHERE_AREA_SQUARE_METRES = 2e5;
/**
 * A fix speaks of an area of its own, 2 pi sigma^2; "elsewhere" and "inside" are spread over at
 * least this many times that. Below e^1.05, which is what the scatter of a fix costs "home" on
 * average, fixes that are coarser than the areas above would speak against home from home.
 */
export const LEAST_AREA_OF_FIX = 3;

/**
 * Radius at 68 % and at 95 % over the deviation of one axis, for a round Gaussian:
 * sqrt(-2 ln(1 - p)).
 */
export const SIGMAS_IN_RADIUS = { 68: 1.51, 95: 2.45 } as const;
/** No receiver is better than this, metres: multipath and the datum's own error. */
export const LEAST_SIGMA_METRES = 3;
/**
 * Where a device does not say how good a fix is: NIJ 1004.00 allows 30 m indoors, 10 m outdoors.
 */
export const UNSTATED_SIGMA_METRES = { gnss: 15, wifi: 40, rf: 60, cell: 500 } as const;
/** One unit of horizontal dilution, metres: the usual user range error of a consumer receiver. */
export const METRES_PER_HDOP = 5;
/** However good a cell position claims to be, it is not: it may never decide alone. */
export const LEAST_CELL_SIGMA_METRES = 300;

/** Degrees of freedom of the scatter round a known place: heavy tails. Calibrated. */
export const SCATTER_DEGREES_OF_FREEDOM = 5;
/**
 * A place reaches so far, or as many sigmas of a fix: whoever is seen further off is not there,
 * whatever else speaks for it. Without it a place of wide scatter and a home unit that is stuck
 * would hide a wearer 300 m away for good.
 */
export const PLACE_REACH = { metres: 200, sigmas: 4 } as const;
/** The learned scatter is taken this much wider (in variance) than it was seen. Calibrated. */
export const SCATTER_MARGIN = 1.3;

/**
 * How often each flag is sent under each hypothesis. Calibrated; see also the danger in ADR 0005.
 */
export const MOTION_SEEN = {
  moving: { home: 0.08, elsewhere: 0.4, inside: 0.3 },
  still: { home: 0.92, elsewhere: 0.6, inside: 0.7 },
  unknown: { home: 1, elsewhere: 1, inside: 1 },
} as const;
export const HOME_UNIT_SEEN = {
  seen: { home: 0.97, elsewhere: 0.03, inside: 0.03 },
  'not-seen': { home: 0.03, elsewhere: 0.97, inside: 0.97 },
  unknown: { home: 1, elsewhere: 1, inside: 1 },
} as const;

/**
 * How often a check says present or absent of somebody at home, and of somebody who is not. The
 * home unit's figures are those of its flag; a person who answers a call or is seen is surer
 * evidence of presence than silence is of absence (asleep, in the bath).
 */
export const CHECK_SEEN = {
  'home-unit': { present: { home: 0.97, away: 0.03 }, absent: { home: 0.03, away: 0.97 } },
  door: { present: { home: 0.9, away: 0.2 }, absent: { home: 0.2, away: 0.9 } },
  phone: { present: { home: 0.9, away: 0.03 }, absent: { home: 0.1, away: 0.97 } },
  face: { present: { home: 0.9, away: 0.02 }, absent: { home: 0.1, away: 0.98 } },
  visit: { present: { home: 0.95, away: 0.005 }, absent: { home: 0.05, away: 0.995 } },
} as const;

/**
 * Evidence that repeats the last piece counts this much less, fading over minutes: 0.6 of a fix as
 * fine as `fineSigmaMetres`, 0.9 of one as coarse as `coarseSigmaMetres`. Under a roof a receiver
 * says that it is coarse, and is wrong by the same for an hour; under the sky it is wrong for two
 * minutes. Calibrated.
 */
export const REPEAT_DISCOUNT = {
  fine: 0.6,
  fineSigmaMetres: 5,
  coarse: 0.9,
  coarseSigmaMetres: 10,
} as const;
export const REPEAT_FADES_MINUTES = 10;

/** A violation ends when its probability has fallen to this. Lower than any opening certainty. */
export const CLOSING_PROBABILITY = 0.2;
/** At home (or clear of a zone) is believed from here on; below it the verdict is undetermined. */
export const CLEAR_PROBABILITY = 0.8;

/** Without a fix for so long, what we believe is widened once, seconds. */
export const SILENCE_SECONDS = 1_800;
export const SILENCE_WIDENS_MINUTES = 30;

/** A place further from a zone's edge than this cannot be mistaken for it, metres. */
export const PLACE_NEAR_ZONE_METRES = 400;
