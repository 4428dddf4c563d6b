import { setTimeout as pause } from 'node:timers/promises';

/** What came back of the API: only what moving a history needs. */
export type Answer = Readonly<{ status: number; text: string; link: string | null }>;

export type Asking = Readonly<{
  method: 'GET' | 'PUT';
  /** Below the API's own address, with its query. */
  path: string;
  body?: string;
}>;

export type Ask = (asking: Asking) => Promise<Answer>;

/** Something behind the API failed, or it is busy: the same request again does no harm. */
const COMES_AGAIN = new Set([429, 500, 502, 503, 504]);
const MOST_TRIES = 6;
const FIRST_PAUSE_MILLISECONDS = 500;

/** Asks an API over HTTP, again where it could not answer; a redirect is never followed. */
export const askApi =
  ({ api, token }: Readonly<{ api: string; token: string }>): Ask =>
  async ({ method, path, body }) => {
    const url = `${api.replace(/\/$/, '')}${path}`;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/x-ndjson' }),
    };
    for (let tries = 1; ; tries += 1) {
      const init: RequestInit = { method, headers, redirect: 'error' };
      const answer = await fetch(url, body === undefined ? init : { ...init, body });
      const text = await answer.text();
      const isDone = !COMES_AGAIN.has(answer.status) || tries === MOST_TRIES;
      if (isDone) return { status: answer.status, text, link: answer.headers.get('link') };
      await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1));
    }
  };

/** The path of the next sheet in a link of RFC 8288; null: there is none. */
export const nextOf = (link: string | null): string | null =>
  /^<(\/v1\/[^>]+)>; rel="next"$/.exec(link ?? '')?.[1] ?? null;

/** What the API said instead of what was asked for. */
export const refusedBy = ({ method, path }: Asking, { status, text }: Answer): Error =>
  new Error(`${method} ${path.split('?')[0]} was answered with ${status}: ${text.slice(0, 2_000)}`);
