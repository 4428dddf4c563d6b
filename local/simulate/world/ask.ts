import { type Response, responseOf } from './requests.ts';
import type { System } from './system.ts';

const TRIES = 4;

/** Asks of the API, again and again while no answer comes; null: none ever did. */
export const asking =
  (system: System) =>
  async (request: unknown): Promise<Response | null> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const response = responseOf(await system.call('api', request));
      if (response !== null) return response;
    }
    return null;
  };
export type Ask = ReturnType<typeof asking>;
