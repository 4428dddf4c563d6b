import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { fix } from './events.ts';
import { at } from './supervisions.ts';

/** Half an hour before the curfew of the test supervisions starts. */
export const START = at('2026-06-01T17:30:00Z');
export const minute = (n: number): Instant => instant(START + Math.round(n * 60_000));

export const BETWEEN = { lat: 51.505, lon: -0.1 };

type Spot = Readonly<{ lat: number; lon: number }>;

/** A spot with a few metres of scatter, the same for the same number. */
export const near = (spot: Spot, nth: number): Spot => ({
  lat: spot.lat + Math.sin(nth * 2.4) * 4e-5,
  lon: spot.lon + Math.cos(nth * 1.7) * 5e-5,
});

/** A fix a minute from `START` on, stage after stage. */
export const walk = (
  ...stages: readonly (readonly [minutes: number, spot: Spot])[]
): DeviceEvent[] => {
  const spots = stages.flatMap(([minutes, spot]) => Array.from({ length: minutes }, () => spot));
  return spots.map((spot, i) => fix(minute(i), near(spot, i)));
};

/** Cuts a list into pieces of the sizes given, over and over. */
export const cutInto = <T>(list: readonly T[], sizes: readonly number[]): T[][] => {
  const pieces: T[][] = [];
  let from = 0;
  for (let i = 0; from < list.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(list.slice(from, from + size));
    from += size;
  }
  return pieces;
};
