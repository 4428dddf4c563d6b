import { HOUR_MILLISECONDS, type Instant, toIso } from '#domain/model/instant.ts';
import type { ReplayProgress } from '../replay/replay-world.ts';
import type { World } from '../worlds/world.ts';
import type { Terminal } from './terminal.ts';

const BAR_CELLS = 20;
const MILLISECONDS_BETWEEN_DRAWINGS = 100;

const clockText = (at: Instant): string => `${toIso(at).slice(0, 16).replace('T', ' ')} UTC`;

/** Shows how far a replay is: a moving line in a terminal, else a line for each simulated hour. */
export const showProgress = (
  terminal: Terminal,
  { startsAt, endsAt }: Pick<World, 'startsAt' | 'endsAt'>,
  pagesSent: () => number,
): ((progress: ReplayProgress) => void) => {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let toldHours = 0;
  return ({ at, eventsSent }) => {
    const said = `${clockText(at)}   ${eventsSent} events   ${pagesSent()} messages`;
    const hours = Math.floor((at - startsAt) / HOUR_MILLISECONDS);
    if (!terminal.isLive && hours > toldHours) {
      toldHours = hours;
      terminal.line(`  ${said}`);
    }
    if (performance.now() - drawnAt < MILLISECONDS_BETWEEN_DRAWINGS) return;
    drawnAt = performance.now();
    const full = Math.round((BAR_CELLS * (at - startsAt)) / (endsAt - startsAt));
    const bar = '#'.repeat(full) + '.'.repeat(BAR_CELLS - full);
    terminal.passing(`  ${terminal.paint('cyan', bar)} ${said}`);
  };
};
