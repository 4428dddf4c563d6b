import type { Building } from './diary.ts';
import { type Point, plus, scaled } from './ground.ts';
import type { Random } from './random.ts';
import type { WorldSettings } from './settings.ts';

const BIAS_CHANGES_MINUTES = 90;
const NOISE_MINUTES = { indoors: 8, outdoors: 2 } as const;

const cross = (random: Random): Point => ({ x: random.normal(), y: random.normal() });

/** How far off a receiver is, moment by moment. */
export type Errors = Readonly<{
  /** The error of a fix so many minutes after the last one, under a roof or the sky. */
  next: (minutes: number, building: Building | null) => Point;
  /** Null, or how far an outlier lies from the truth. */
  outlier: () => Point | null;
}>;

export const errorsOf = (random: Random, settings: WorldSettings): Errors => {
  let noise = cross(random);
  let bias = cross(random);
  let under: Building | null = null;
  let outlier: Point | null = null;
  return {
    next: (minutes, building) => {
      const memory = NOISE_MINUTES[building === null ? 'outdoors' : 'indoors'];
      const kept = Math.exp(-minutes / memory);
      noise = plus(scaled(noise, kept), scaled(cross(random), Math.sqrt(1 - kept * kept)));
      if (building !== under || random.chance(1 - Math.exp(-minutes / BIAS_CHANGES_MINUTES))) {
        bias = cross(random);
      }
      under = building;
      if (building === null) return scaled(noise, settings.outdoorNoiseMetres);
      const changing = scaled(bias, building.biasMetres);
      return plus(plus(building.fixed, changing), scaled(noise, settings.indoorNoiseMetres));
    },
    outlier: () => {
      const goesOn = outlier !== null && random.chance(settings.outlierRepeats);
      if (!goesOn) {
        outlier = random.chance(settings.outlierShare)
          ? scaled(cross(random), random.between(60, 350))
          : null;
      }
      return outlier;
    },
  };
};
