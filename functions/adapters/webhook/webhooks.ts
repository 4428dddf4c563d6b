import { createHmac } from 'node:crypto';
import { webhookHost } from '#domain/model/contact.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { writeWellFormed } from '#domain/model/well-formed.ts';
import { errorName } from '../log/log.ts';
import type { ReadSecret } from '../secrets/secret.ts';
import { webhookKey } from '../secrets/webhook-key.ts';
import { NeverAccepted } from '../sns/publisher.ts';
import type { HttpsPost } from './https-post.ts';
import { isPassing } from './passing.ts';

export type WebhookDeps = Readonly<{
  hosts: readonly string[];
  linkSecret: ReadSecret;
  now: () => Instant;
  post: HttpsPost;
}>;

export type WebhookMessage = Readonly<{
  agencyId: AgencyId;
  personId: PersonId;
  url: string;
  /** The same when it is sent again, so that the receiver can tell. */
  id: string;
  body: object;
}>;

/** So often it is tried at once; then the person's other channels are better than waiting. */
const TRIES = 2;

/** The headers of Standard Webhooks: `v1,` and an HMAC-SHA256 over id, time and body. */
const signedHeaders = (
  { id, body, seconds }: Readonly<{ id: string; body: string; seconds: number }>,
  key: string,
): Record<string, string> => {
  const secret = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const signed = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signed}`,
  };
};

/**
 * Posts to a person's webhook, signed, to hosts that the stack allows and nowhere else. Returns
 * what it answered. Throws NeverAccepted where it does not take it: nobody waits for a webhook.
 */
export const webhooks =
  ({ hosts, linkSecret, now, post }: WebhookDeps) =>
  async ({ agencyId, personId, url, id, body: message }: WebhookMessage): Promise<string> => {
    const host = webhookHost(url);
    if (host === null || !hosts.includes(host)) {
      throw new NeverAccepted('the host of this webhook is not allowed', null);
    }
    const body = writeWellFormed(message);
    const key = webhookKey({ agencyId, personId }, await linkSecret());
    const seconds = Math.floor(now() / 1000);
    const headers = signedHeaders({ id, body, seconds }, key);
    let why = '';
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        const status = await post({ url, headers, body });
        if (status >= 200 && status < 300) return `http-${status}`;
        why = `the webhook answered ${status}`;
        if (!isPassing(status)) break;
      } catch (error) {
        // Record: the row says it, and the person's next channel is tried.
        why = `the webhook gave no answer: ${errorName(error)}`;
      }
    }
    throw new NeverAccepted(why, null);
  };
export type PostToWebhook = ReturnType<typeof webhooks>;
