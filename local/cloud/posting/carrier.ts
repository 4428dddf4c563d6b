import { type Letter, sealed, snsUrl } from './envelope.ts';
import { postOnce, type Verdict, verdictOn } from './post.ts';
import type { PostedSubscription } from './posted-subscription.ts';
import { createSigner, type Signer } from './signer.ts';

/** Hosts of the addresses that are posted to, each with the loopback port that stands for it. */
export type HttpsHosts = Readonly<Record<string, { port: number }>>;

export type CarrierParts = {
  region: string;
  hosts: HttpsHosts;
  timeoutMilliseconds?: number;
};

/** As SNS: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html */
const TIMEOUT_MILLISECONDS = 15_000;

/** Signs letters, and carries them to what stands for their addresses on this machine. */
export const createCarrier = (parts: CarrierParts) => {
  let making: Promise<Signer> | undefined;
  const signer = (): Promise<Signer> => {
    making ??= createSigner(parts.region);
    return making;
  };

  const seal = async (subscription: PostedSubscription, letter: Letter): Promise<string> => {
    const by = { signer: await signer(), version: subscription.signatureVersion };
    return sealed(letter, by, { url: snsUrl(parts.region), subscriptionArn: subscription.arn });
  };

  const carry = async (subscription: PostedSubscription, letter: Letter): Promise<Verdict> => {
    const { hostname, pathname, search } = new URL(subscription.endpoint);
    const port = parts.hosts[hostname]?.port;
    if (port === undefined) {
      return verdictOn({ problem: `nothing on this machine stands for ${hostname}` });
    }
    const isNotification = letter.Type === 'Notification';
    const answer = await postOnce({
      ...{ port, host: hostname, path: `${pathname}${search}` },
      headers: {
        'content-type': subscription.policy.contentType,
        'user-agent': 'Amazon Simple Notification Service Agent',
        'x-amz-sns-message-type': letter.Type,
        'x-amz-sns-message-id': letter.MessageId,
        'x-amz-sns-topic-arn': subscription.topicArn,
        ...(isNotification ? { 'x-amz-sns-subscription-arn': subscription.arn } : {}),
      },
      body: await seal(subscription, letter),
      timeoutMilliseconds: parts.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
    });
    return verdictOn(answer);
  };

  /** The certificate with this file name; undefined for any other. */
  const certificate = async (fileName: string): Promise<string | undefined> => {
    const made = await signer();
    return made.fileName === fileName ? made.certificate : undefined;
  };

  return { carry, seal, certificate };
};
export type Carrier = ReturnType<typeof createCarrier>;
