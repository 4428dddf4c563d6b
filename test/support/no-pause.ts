import type { Pause } from '#functions/adapters/clock/pause.ts';

/** Nobody waits. */
export const NO_PAUSE: Pause = async () => undefined;
