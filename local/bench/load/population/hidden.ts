import type { Whereabouts } from './day.ts';
import type { Offset, Wearer } from './wearer.ts';

/**
 * What is hidden in a run, each to be found and paged once: somebody drives into a zone that they
 * must keep from; leaves home in their curfew, under an order without grace; or leaves it and stays
 * away beyond the grace of five minutes, which the clock finds.
 */
export type HiddenKind = 'zone-entry' | 'curfew-departure' | 'curfew-grace';

/** A wearer who breaks a condition from an instant on, epoch milliseconds. */
export type Hidden = Readonly<{ number: number; kind: HiddenKind; fromAt: number }>;

const APPROACH_MILLISECONDS = 8 * 60_000;
const AWAY: Offset = { east: 1_500, north: 1_200 };

const drawnTo = (from: Offset, to: Offset, share: number): Offset => ({
  east: from.east + share * (to.east - from.east),
  north: from.north + share * (to.north - from.north),
});

/** Where somebody is who breaks a condition: on the way there, and there from `fromAt` on. */
export const straying = (
  wearer: Wearer,
  { usual, hidden }: Readonly<{ usual: Whereabouts; hidden: Hidden }>,
  at: number,
): Whereabouts => {
  if (hidden.kind !== 'zone-entry') return at < hidden.fromAt ? usual : there(AWAY);
  const share = 1 - (hidden.fromAt - at) / APPROACH_MILLISECONDS;
  if (share <= 0) return usual;
  if (share >= 1) return there(wearer.zone);
  const on = drawnTo(usual.at, wearer.zone, share);
  return { ...there(on), isTravelling: true, speedMps: 12 };
};

const there = (at: Offset): Whereabouts => ({
  at,
  isTravelling: false,
  speedMps: 0,
  headingDegrees: 0,
  isUnseen: false,
});
