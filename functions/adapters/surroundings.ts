import type { Clock } from './clock/system-clock.ts';
import type { Telemetry } from './log/log.ts';

/** What a function has of the world beside its clients: the time, and where it says what it did. */
export type Surroundings = Readonly<{ now: Clock; telemetry: Telemetry }>;
