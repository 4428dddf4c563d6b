import * as z from 'zod';
import { type Heard, heardSchema, type Page, pageSchema } from './wire.ts';

/** Where the feed is, and as whom. */
export type FeedAddress = Readonly<{
  apiUrl: string;
  liaisonId: string;
  token: string;
  /** Which of the two feeds: what is real, or exercises and tests. */
  traffic: 'actual' | 'exercise';
}>;

/** The sender did not do what was asked. It is asked again later; nothing is lost by that. */
export class FeedProblem extends Error {
  readonly status: number;
  constructor(status: number, what: string, said = '') {
    super(`${what}: ${status}${said}`);
    this.status = status;
  }
}

const refusalSchema = z.object({ detail: z.string().max(300) });

/** What the sender says of its refusal in plain words, such as where the feed ends. */
const saidIn = (text: string): string => {
  try {
    return ` (${refusalSchema.parse(JSON.parse(text)).detail})`;
  } catch {
    // Record: without words of theirs the status stands alone.
    return '';
  }
};

/** What is asked wrongly stays wrong. A token may be renewed, and everything else may pass. */
const FOR_GOOD: readonly number[] = [400, 404, 409, 413, 415, 422];

/** Whether asking again for the same can never help. */
export const isForGood = (error: unknown): error is FeedProblem =>
  error instanceof FeedProblem && FOR_GOOD.includes(error.status);

const SECONDS_TO_ANSWER = 20;

/** The pull API: events behind a position, acknowledgements, and messages on incidents. */
export class FeedClient {
  readonly #base: string;
  readonly #token: string;
  readonly #traffic: FeedAddress['traffic'];

  constructor({ apiUrl, liaisonId, token, traffic }: FeedAddress) {
    this.#base = `${apiUrl.replace(/\/$/, '')}/v1/feeds/${encodeURIComponent(liaisonId)}`;
    this.#token = token;
    this.#traffic = traffic;
  }

  /** The events behind a position, in the order of the feed. */
  async events(after: number): Promise<Page> {
    const path = `events?traffic=${this.#traffic}&after=${after}`;
    return pageSchema.parse(JSON.parse(await this.#ask(path)));
  }

  /** Says which events are stored here. Saying it twice does no harm. */
  async acknowledge(ids: readonly string[]): Promise<void> {
    await this.#ask('acks', {
      'content-type': 'application/json',
      body: JSON.stringify({ ack: ids }),
    });
  }

  /** Says of an event why it cannot be used here (RFC 8936, 2.2). */
  async report(id: string, description: string): Promise<void> {
    await this.#ask('acks', {
      'content-type': 'application/json',
      body: JSON.stringify({ setErrs: { [id]: { err: 'invalid_request', description } } }),
    });
  }

  /** Posts a message on an incident, such as that it is accepted; how it stands with it then. */
  async message(contentType: string, body: string): Promise<Heard> {
    const sent = { 'content-type': contentType, body };
    return heardSchema.parse(JSON.parse(await this.#ask('messages', sent)));
  }

  async #ask(path: string, sent?: { 'content-type': string; body: string }): Promise<string> {
    const response = await fetch(`${this.#base}/${path}`, {
      method: sent === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(sent && { 'content-type': sent['content-type'] }),
      },
      ...(sent && { body: sent.body }),
      redirect: 'error',
      signal: AbortSignal.timeout(SECONDS_TO_ANSWER * 1000),
    });
    const text = await response.text();
    if (!response.ok) throw new FeedProblem(response.status, path, saidIn(text));
    return text;
  }
}
