import { DISTANCES, drawWearer, type Wanted, type WearerDays } from './world/wearer.ts';

/** Homes nearer to the zone than this, metres, and so on: the last row is all others. */
const BANDS = [...DISTANCES.near, ...DISTANCES.usual].map(([, most]) => most);

export const bandOf = ({ homeToZoneMetres }: WearerDays): string => {
  const nth = BANDS.findIndex((most) => homeToZoneMetres <= most);
  const [least, most] = [BANDS[nth - 1] ?? 15, BANDS[nth] ?? 5_000];
  return `home ${least} to ${most} m from the zone`;
};

const DAYS_OF_WEARER = 6;

/** As many wearers as it takes for so many days. */
export const wearersFor = function* (wanted: Omit<Wanted, 'days'>, days: number) {
  const count = Math.ceil(days / DAYS_OF_WEARER);
  for (let n = 0; n < count; n += 1) yield drawWearer({ ...wanted, days: DAYS_OF_WEARER }, n);
};

/** The same wearers, with no days before from which a home could be learned. */
export const withoutHistory = function* (wearers: Iterable<WearerDays>) {
  for (const wearer of wearers) yield { ...wearer, history: [] };
};
