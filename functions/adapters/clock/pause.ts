import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for so many milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;
export const pause: Pause = (milliseconds) => sleep(milliseconds);
