import type { HolidaysId, PersonId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';

/** From an instant until just before another. */
export type Stretch = Readonly<{ startAt: Instant; endAt: Instant }>;

/** One person's time in a layer. */
export type Turn = Stretch & Readonly<{ personId: PersonId }>;

/** The dates that rotas skip, as 2026-12-25; what is not known takes no day away. */
export type HolidayDates = ReadonlyMap<HolidaysId, readonly string[]>;

/** Those that hold an instant, of stretches whose starts and whose ends are in order. */
export const holding = <S extends Stretch>(inOrder: readonly S[], at: Instant): S[] => {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle]?.endAt ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  const found: S[] = [];
  for (let i = low; i < inOrder.length; i += 1) {
    const stretch = inOrder[i];
    if (stretch === undefined || stretch.startAt > at) break;
    found.push(stretch);
  }
  return found;
};
