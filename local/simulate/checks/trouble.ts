import type { Happened } from '../engine/weather.ts';

/** Clocks of functions are apart by so much, and a call takes a little. */
export const SKEW_MILLISECONDS = 1_500;
/** With one timer dead the next acts within 90 s; and the call itself takes a moment. */
export const MOST_LATE_MILLISECONDS = 95_000;
/** A row that the stream lost is swept a minute after it was written, at the next minute. */
export const MOST_UNSENT_MILLISECONDS = 150_000;
/** So long what goes wrong may go on having effect: a slow call, a late one, a pause, a timeout. */
const AFTERMATH_MILLISECONDS = 240_000;

/** Whether anything went wrong that may have had to do with what happened between two instants. */
export const wasTroubled = (faults: readonly Happened[], from: number, to: number): boolean => {
  for (let i = faults.length - 1; i >= 0; i -= 1) {
    const { at = 0 } = faults[i] ?? {};
    if (at < from - AFTERMATH_MILLISECONDS) return false;
    if (at <= to) return true;
  }
  return false;
};

/** The same of faults of one function's calls, and of deploys, which cut it off, too. */
export const wasTroubledIn = (
  verb: string,
  faults: readonly Happened[],
  [from, to]: readonly [number, number],
): boolean =>
  wasTroubled(
    faults.filter(({ where, fault }) => where.startsWith(`${verb}-`) || fault === 'deploy'),
    from,
    to,
  );
