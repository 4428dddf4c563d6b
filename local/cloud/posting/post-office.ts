import { randomUUID } from 'node:crypto';
import { answerXml, errorXml } from '../gateway/sns-form.ts';
import { type Reply, xmlReply } from '../reply.ts';
import { type CarrierParts, createCarrier } from './carrier.ts';
import { type ConfirmationsParts, createConfirmations } from './confirmations.ts';
import { createPostings, type PostingsParts } from './postings.ts';

type Parts = Omit<CarrierParts & ConfirmationsParts & PostingsParts, 'carrier' | 'confirmations'>;

/** All of SNS that concerns addresses. */
export const openPostOffice = (parts: Parts) => {
  const carrier = createCarrier(parts);
  const confirmations = createConfirmations({ ...parts, carrier });
  const postings = createPostings({ ...parts, carrier, confirmations });

  const confirm = (topicArn: string, token: string): Reply => {
    const arn = confirmations.confirm(topicArn, token);
    if (arn === undefined) {
      const problem = 'Invalid parameter: Token Reason: no token of this topic';
      return xmlReply(400, errorXml('InvalidParameter', problem, randomUUID()));
    }
    const result = `<SubscriptionArn>${arn}</SubscriptionArn>`;
    return xmlReply(200, answerXml('ConfirmSubscription', result, randomUUID()));
  };

  return {
    subscribe: confirmations.subscribe,
    deliver: postings.deliver,
    restore: postings.restore,
    confirm,
    /** What SNS serves to whoever has a post: the SubscribeURL, and the SigningCertURL. */
    page: async (pathAndQuery: string): Promise<Reply | undefined> => {
      const { pathname, searchParams } = new URL(pathAndQuery, 'http://127.0.0.1');
      if (searchParams.get('Action') === 'ConfirmSubscription') {
        const answer = confirm(searchParams.get('TopicArn') ?? '', searchParams.get('Token') ?? '');
        await parts.ledger.flushed();
        return answer;
      }
      const certificate = await carrier.certificate(pathname.slice(1));
      if (certificate === undefined) return undefined;
      const headers = { 'content-type': 'application/x-pem-file' };
      return { status: 200, headers, body: Buffer.from(certificate) };
    },
  };
};
export type PostOffice = ReturnType<typeof openPostOffice>;
