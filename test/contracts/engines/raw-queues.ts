import { buildApp } from 'fauxqs';

const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=x/20200101/eu-west-2/${service}/aws4_request`;

/** fauxqs as it comes, without the gateway. */
export const startRawQueues = async () => {
  const app = buildApp({ logger: false, defaultRegion: 'eu-west-2' });
  await app.ready();
  const post = async (service: string, headers: Record<string, string>, body: string) => {
    const signed = { ...headers, authorization: authorization(service) };
    const answer = await app.inject({ method: 'POST', url: '/', headers: signed, body });
    return { status: answer.statusCode, text: answer.body };
  };
  return {
    sqs: (operation: string, input: object) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      };
      return post('sqs', headers, JSON.stringify(input));
    },
    sns: (form: Readonly<Record<string, string>>) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return post('sns', headers, new URLSearchParams(form).toString());
    },
    stop: () => app.close(),
  };
};

export type RawQueues = Awaited<ReturnType<typeof startRawQueues>>;

/** `ok`, or the name of the error, of either protocol. */
export const verdictOf = ({ status, text }: { status: number; text: string }): string => {
  if (status === 200) return 'ok';
  const [, code] = /"__type":"(?:[^"#]*#)?([^"]*)"/.exec(text) ?? /<Code>([^<]*)</.exec(text) ?? [];
  return code ?? text;
};
