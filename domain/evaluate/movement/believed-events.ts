import type { DeviceEvent } from '../../model/device-event.ts';
import type { Core } from '../core.ts';
import { sigmaMetres } from '../position/likelihood.ts';
import { type Plausibility, plausibility } from './plausibility.ts';

type Known = Pick<Core, 'lastFix' | 'movement'>;

/** Events in their order, without the fixes that nobody can have gone to. */
export const believedEvents = (
  events: readonly DeviceEvent[],
  by: Plausibility | undefined,
): readonly DeviceEvent[] => {
  if (by === undefined) return events;
  let known: Known = { lastFix: null, movement: null };
  return events.filter((event) => {
    if (event.kind !== 'fix' || event.source === 'cell') return true;
    const { isBelieved, movement } = plausibility(known, event, by);
    const { recordedAt: at, lat, lon } = event;
    const here = { at, lat, lon, sigmaMetres: Math.ceil(sigmaMetres(event)) };
    known = { lastFix: isBelieved ? here : known.lastFix, movement };
    return isBelieved;
  });
};
