import { type Instant, instant, MINUTE_MILLISECONDS } from '../model/instant.ts';
import type { Period } from '../response/wearer-days.ts';
import { type ActiveInterval, clip, unite } from '../time/interval-sets.ts';

/** A stretch of time whose edges nothing has to be said of. */
export const stretch = (startAt: Instant, endAt: Instant): ActiveInterval => ({
  ...{ startAt, endAt, startsBy: 'validity', endsBy: 'validity' },
});

export const stretchOfPeriod = ({ fromAt, toAt }: Period): ActiveInterval => stretch(fromAt, toAt);

/** What of some stretches lies in a period, in order, each instant once. */
export const within = (all: readonly ActiveInterval[], period: Period): ActiveInterval[] =>
  unite(clip(all, stretchOfPeriod(period)));

/** How long stretches that do not overlap are together, minutes; exact, not rounded. */
export const minutesOf = (all: readonly Readonly<{ startAt: Instant; endAt: Instant }>[]): number =>
  all.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0) / MINUTE_MILLISECONDS;

/** Stretches that follow some instants, each so long, made one where they overlap. */
export const after = (instants: readonly Instant[], seconds: number): ActiveInterval[] =>
  unite(instants.map((at) => stretch(at, instant(at + seconds * 1000))));
