import type { Random } from './random.ts';

/** What a receiver says of a fix beside its place. */
export type Stated = Readonly<{
  accuracyMetres: number | null;
  accuracyPercentile: 68 | 95;
  hdop: number | null;
  source: 'gnss' | 'wifi';
}>;

/** How a receiver states how good a fix is. `radius68` is what it believes itself, metres. */
export type Receiver = Readonly<{
  name: string;
  state: (random: Random, seen: Readonly<{ radius68: number; isIndoors: boolean }>) => Stated;
}>;

const GNSS = { accuracyPercentile: 68, hdop: null, source: 'gnss' } as const;

const PHONE_STEPS = [4, 6, 9, 12, 15, 20, 25, 35, 50, 75, 100] as const;

export const RECEIVERS: readonly Receiver[] = [
  {
    name: 'tag, 68 %',
    state: (_, { radius68 }) => ({ ...GNSS, accuracyMetres: radius68 }),
  },
  {
    name: 'tag, 95 %, hopeful',
    state: (_, { radius68 }) => ({
      ...GNSS,
      accuracyMetres: 0.85 * (2.45 / 1.51) * radius68,
      accuracyPercentile: 95,
    }),
  },
  {
    name: 'tag, hdop',
    state: (_, { radius68 }) => ({
      ...GNSS,
      accuracyMetres: null,
      hdop: Math.round((radius68 / 1.51 / 5) * 10) / 10,
    }),
  },
  {
    name: 'phone, in steps, Wi-Fi indoors',
    state: (random, { radius68, isIndoors }) => ({
      ...GNSS,
      accuracyMetres: PHONE_STEPS.find((step) => step >= 1.2 * radius68) ?? 100,
      source: isIndoors && random.chance(0.7) ? 'wifi' : 'gnss',
    }),
  },
  { name: 'tag, says nothing', state: () => ({ ...GNSS, accuracyMetres: null }) },
];
