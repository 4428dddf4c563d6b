import { instant, instantSchema } from '#domain/model/instant.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { MovableClock } from './clock.ts';

const BETWEEN_NOTES_MILLISECONDS = 250;
/** More than lies between two notes, so that the clock never goes back over a restart. */
const AHEAD_MILLISECONDS = 1000;

/**
 * Lets the clock go on from where it was when it was last noted, and notes it from now on. A clock
 * that follows the machine's stays with it. Returns what ends the notes.
 */
export const keepClock = (clock: MovableClock, ledger: Ledger): (() => void) => {
  const kept = ledger.collection('clock', instantSchema);
  const was = kept.get('now');
  if (was !== undefined) {
    clock.continueFrom(instant(was + Math.round(clock.ratePerSecond * AHEAD_MILLISECONDS)));
  }
  let noted = clock.now();
  const note = (): void => {
    const now = clock.now();
    if (now === noted) return;
    noted = now;
    kept.set('now', now);
  };
  kept.set('now', noted);
  const timer = setInterval(note, BETWEEN_NOTES_MILLISECONDS);
  timer.unref();
  const stopFollowing = clock.onMove(note);
  return () => {
    clearInterval(timer);
    stopFollowing();
    note();
  };
};
