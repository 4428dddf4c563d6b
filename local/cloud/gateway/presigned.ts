import { AwsClient } from 'aws4fetch';
import type { Instant } from '#domain/model/instant.ts';
import { type Reply, xmlReply } from '../reply.ts';
import { LOCAL_SECRET, type RawRequest } from './call.ts';

const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** The parts of a signature by query, and the address without them. */
type Presigned = Readonly<{
  accessKeyId: string;
  region: string;
  datetime: string;
  expiresSeconds: number;
  signature: string;
  plain: URL;
}>;

const readPresigned = ({ path, headers }: RawRequest): Presigned | null => {
  const url = new URL(path, `http://${headers.host}`);
  const credential = url.searchParams.get('X-Amz-Credential');
  if (credential === null) return null;
  const [accessKeyId = '', , region = ''] = credential.split('/');
  const of = (name: string): string => url.searchParams.get(name) ?? '';
  const [datetime, signature] = [of('X-Amz-Date'), of('X-Amz-Signature')];
  const expiresSeconds = Number(of('X-Amz-Expires'));
  const plain = new URL(url);
  for (const name of url.searchParams.keys()) {
    if (name.startsWith('X-Amz-') && name !== 'X-Amz-Expires') plain.searchParams.delete(name);
  }
  return { accessKeyId, region, datetime, expiresSeconds, signature, plain };
};

const denied = (code: string, message: string): Reply =>
  xmlReply(403, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);

const signatureOf = async (method: string, presigned: Presigned): Promise<string> => {
  const { accessKeyId, region, datetime, plain } = presigned;
  const client = new AwsClient({
    ...{ accessKeyId, region, service: 's3' },
    ...{ secretAccessKey: LOCAL_SECRET, sessionToken: LOCAL_SECRET },
  });
  const { url } = await client.sign(plain, { method, aws: { signQuery: true, datetime } });
  return new URL(url).searchParams.get('X-Amz-Signature') ?? '';
};

/**
 * A link that carries its signature: what S3 says against it by the clock, or undefined. Links of
 * other services, and calls that are signed by their headers, pass.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const presignedProblem = async (
  request: RawRequest,
  now: Instant,
): Promise<Reply | undefined> => {
  const presigned = readPresigned(request);
  if (presigned === null) return undefined;
  const { datetime, expiresSeconds, signature } = presigned;
  const signedAt = Date.parse(datetime.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (!(now <= signedAt + expiresSeconds * 1000)) {
    return denied('AccessDenied', 'Request has expired');
  }
  if (signature === (await signatureOf(request.method, presigned))) return undefined;
  const message = 'The request signature we calculated does not match the signature you provided.';
  return denied('SignatureDoesNotMatch', message);
};
