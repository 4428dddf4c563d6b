import { type Instant, instant } from '#domain/model/instant.ts';

/** The one place that reads the machine's clock. */
export type Clock = () => Instant;
export const systemClock: Clock = () => instant(Date.now());
