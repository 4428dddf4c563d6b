import { createServer, type Server } from 'node:http';
import { readBody } from './read-body.ts';
import { doubtOf, type SnsMessage, snsMessageSchema } from './sns-message.ts';

const SECONDS_TO_ANSWER = 10;

/** SNS has one at a time in a region; whoever names more of them gets nothing kept. */
const MOST_CERTIFICATES = 10;

type Parts = Readonly<{
  topicArns: readonly string[];
  /** What stood in a message that is to be believed. Throws where it could not be kept; awaited. */
  onMessage: (body: string) => unknown;
  say: (what: string) => void;
  fetchText?: (url: string) => Promise<string>;
}>;

const fetchPlainly = async (url: string): Promise<string> => {
  const signal = AbortSignal.timeout(SECONDS_TO_ANSWER * 1000);
  const response = await fetch(url, { redirect: 'error', signal });
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
  return response.text();
};

/** Gets what a local cloud serves in place of SNS: addresses of SNS are checked, not visited. */
export const fetchFrom =
  (servedAt: URL) =>
  (url: string): Promise<string> => {
    const { pathname, search } = new URL(url);
    return fetchPlainly(`${servedAt.origin}${servedAt.pathname}${pathname}${search}`);
  };

const read = (body: string): SnsMessage | null => {
  try {
    return snsMessageSchema.parse(JSON.parse(body));
  } catch {
    // Record: the sender is told 400, and the line it gets here says so.
    return null;
  }
};

/**
 * The address that SNS posts to. What it answers decides: 2xx says that the message is kept here;
 * on 5xx SNS tries again; on 4xx never. Stands behind whatever speaks TLS.
 */
export const openSnsDoor = (parts: Parts): Server => {
  const certificates = new Map<string, Promise<string>>();
  const fetchText = parts.fetchText ?? fetchPlainly;

  const certificateAt = (url: string): Promise<string> => {
    const known = certificates.get(url) ?? fetchText(url);
    if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
    certificates.set(url, known);
    // Retry: what could not be fetched is not remembered.
    known.catch(() => certificates.delete(url));
    return known;
  };

  const take = async (body: string | null): Promise<number> => {
    if (body === null) return 413;
    const message = read(body);
    if (message === null) {
      parts.say('refused a post: it is none of SNS, or its topic signs with SHA-1 (version 1)');
      return 400;
    }
    const now = new Date();
    const doubt = await doubtOf(message, { topicArns: parts.topicArns, certificateAt, now });
    if (doubt !== null) {
      parts.say(`refused a message: ${doubt}`);
      return 403;
    }
    if (message.Type === 'SubscriptionConfirmation') {
      await fetchText(message.SubscribeURL);
      parts.say(`confirmed the subscription to ${message.TopicArn}`);
    }
    if (message.Type === 'UnsubscribeConfirmation') parts.say('a subscription was ended: renew it');
    if (message.Type === 'Notification') await parts.onMessage(message.Message);
    return 200;
  };

  return createServer(async (request, response) => {
    try {
      const status = request.method === 'POST' ? await take(await readBody(request)) : 405;
      response.writeHead(status).end();
    } catch (error) {
      // Retry: SNS sends it again.
      parts.say(`could not take a message: ${error}`);
      response.writeHead(503).end();
    }
  });
};
