import { type Asked, type Response, readRequest, responseOf } from './requests.ts';
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

/**
 * What somebody reads about one person; null: no answer came, or there is nothing to read. Throws
 * where it was asked wrongly: whatever hangs on it would never be done, and nobody would notice.
 */
export const reading =
  (ask: Ask) =>
  async (asked: Asked, by: string): Promise<unknown> => {
    const response = await ask(readRequest(asked, by));
    if (response?.statusCode === 200) return JSON.parse(response.body);
    if (response?.statusCode !== 400 && response?.statusCode !== 422) return null;
    throw new Error(`${asked.routeKey} is asked wrongly: ${response.body}`);
  };
