import { request as httpRequest, type IncomingMessage } from 'node:http';

export type Post = Readonly<{
  /** Of this machine's loopback address. */
  port: number;
  /** By its name, as its header `Host` says it. */
  host: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Without an answer for so long, there is none. */
  timeoutMilliseconds: number;
}>;

/** What came back: a status, or in words why there is none. */
export type Answer = Readonly<{ status: number } | { problem: string }>;

/** Nobody reads what an address answers; so much of it is taken, and then the line is cut. */
const MOST_ANSWER_BYTES = 65_536;

const readToBound = (response: IncomingMessage, done: () => void): void => {
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MOST_ANSWER_BYTES) return;
    done();
    response.destroy();
  });
  response.on('end', done);
};

/** Posts once, and follows no redirect. */
export const postOnce = (post: Post): Promise<Answer> =>
  new Promise((resolve) => {
    const { port, host, path, body, timeoutMilliseconds } = post;
    const headers = { ...post.headers, host, 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false };
    const request = httpRequest(options);
    const giveUp = setTimeout(() => {
      request.destroy(new Error(`no answer within ${timeoutMilliseconds / 1000} s`));
    }, timeoutMilliseconds);
    const settle = (answer: Answer): void => {
      clearTimeout(giveUp);
      resolve(answer);
    };
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      readToBound(response, () => settle({ status }));
      response.on('error', (error) => settle({ problem: error.message }));
    });
    request.on('error', (error) => settle({ problem: error.message }));
    request.end(body);
  });

export type Verdict =
  | Readonly<{ kind: 'delivered' }>
  | Readonly<{ kind: 'again' | 'never'; code: string; reason: string }>;

const TOO_MANY_REQUESTS = 429;

/**
 * What SNS makes of an answer: another try mends no fault of ours, which 4xx names.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export const verdictOn = (answer: Answer): Verdict => {
  if ('problem' in answer) return { kind: 'again', code: 'ServerError', reason: answer.problem };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = `the address answered ${status}`;
  const isOurs = status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
  return { kind: isOurs ? 'never' : 'again', code: isOurs ? 'ClientError' : 'ServerError', reason };
};
