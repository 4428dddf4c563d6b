import type { Traffic } from '#domain/liaison/event.ts';
import { webhookHost } from '#domain/model/contact.ts';
import type { Signer } from '../adapters/feed-keys/sign.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import { type HttpsPost, PrivateAddress } from '../adapters/webhook/https-post.ts';
import { NotNow } from './not-now.ts';

export type PostFeedDeps = Readonly<{
  /** The hosts that the stack allows; nothing is posted anywhere else. */
  hosts: readonly string[];
  sign: Pick<Signer, 'detached'>;
  post: HttpsPost;
}>;

/** An event in the format of its recipient. */
export type Written = Readonly<{
  messageId: string;
  status: Traffic;
  text: string;
  contentType: string;
  /** Whether the text carries its own signature; else one goes beside it. */
  isSigned: boolean;
}>;

/** What says that this very message will not be taken, and not how its receiver fares. */
const REFUSES: readonly number[] = [400, 409, 413, 415, 422];

const answerOf = async (
  { post }: PostFeedDeps,
  asked: Parameters<HttpsPost>[0],
): Promise<number> => {
  try {
    return await post(asked);
  } catch (error) {
    // Record what no other try can help; whatever else it is may have passed by the next one.
    if (error instanceof PrivateAddress) throw new NeverAccepted(error.message, error);
    throw new NotNow('the liaison gave no answer', error);
  }
};

/**
 * Posts an event to a liaison's own address, signed, to hosts that the stack allows. Returns what
 * it answered. Throws NeverAccepted where it refuses the message itself, and NotNow where it may
 * take it later: busy, broken, shut, out of reach, or moved to another address, which is not
 * followed.
 */
export const deliverByHttps =
  (deps: PostFeedDeps) =>
  async (url: string, written: Written): Promise<string> => {
    const host = webhookHost(url);
    if (host === null || !deps.hosts.includes(host)) {
      throw new NeverAccepted('the host of this liaison is not allowed', null);
    }
    const { text, contentType, messageId } = written;
    const signature = written.isSigned ? null : await deps.sign.detached({ text, contentType });
    const status = await answerOf(deps, {
      ...{ url, body: text },
      headers: {
        'content-type': contentType,
        'x-homeward-message': messageId,
        'x-homeward-status': written.status,
        ...(signature === null ? {} : { 'x-homeward-signature': signature }),
      },
    });
    if (status >= 200 && status < 300) return `http-${status}`;
    if (REFUSES.includes(status)) {
      throw new NeverAccepted(`the liaison answered ${status}`, null);
    }
    throw new NotNow(`the liaison answered ${status}`, null);
  };
export type DeliverByHttps = ReturnType<typeof deliverByHttps>;
