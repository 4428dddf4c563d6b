import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { bodyBytes, type HttpRequest, type HttpResponse, refusal } from '../middleware/http.ts';

/** Of a body as sent, and of what it unpacks to: a bomb ends here. */
export const MOST_BYTES = 1_048_576;

const CODINGS = 'gzip, deflate';

type Unpack = (bytes: Buffer) => Buffer;

const BOUNDED = { maxOutputLength: MOST_BYTES };

/** Most senders mean zlib's form by "deflate", as RFC 9110 does; some send the bare stream. */
const inflate: Unpack = (bytes) => {
  try {
    return inflateSync(bytes, BOUNDED);
  } catch (error) {
    // Record: the caller answers what neither form can read.
    if (isTooLarge(error)) throw error;
    return inflateRawSync(bytes, BOUNDED);
  }
};

const gunzip: Unpack = (bytes) => gunzipSync(bytes, BOUNDED);

const UNPACKERS: ReadonlyMap<string, Unpack> = new Map([
  ['', (bytes) => bytes],
  ['identity', (bytes) => bytes],
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
]);

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && Reflect.get(error, 'code') === 'ERR_BUFFER_TOO_LARGE';

const tooLarge = (): HttpResponse =>
  refusal(413, {
    code: 'body-too-large',
    message: 'send at most 1 MiB at a time, packed and unpacked',
  });

/**
 * The text of a body, unpacked, or the refusal of it. What is no UTF-8 becomes U+FFFD: no id and
 * no number can hold that, so it spoils the event that it stands in and no other.
 */
export const decodeBody = (request: HttpRequest): string | HttpResponse => {
  const coding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  const unpack = UNPACKERS.get(coding);
  if (unpack === undefined) {
    const message = 'send the body as it is, or packed with gzip or deflate';
    const headers = { 'accept-encoding': CODINGS };
    return refusal(415, { code: 'unsupported-content-encoding', message, headers });
  }
  const bytes = bodyBytes(request);
  if (bytes.length > MOST_BYTES) return tooLarge();
  try {
    return unpack(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  } catch (error) {
    // Record: the refusal says why the body cannot be read.
    if (isTooLarge(error)) return tooLarge();
    const message =
      'the body is not what its content-encoding says; API Gateway spoils packed bytes that come ' +
      'as application/json: send them as application/x-ndjson';
    return refusal(400, { code: 'malformed-encoding', message });
  }
};
