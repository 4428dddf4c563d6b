import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody, MOST_BYTES } from '#functions/ingest/decode-body.ts';
import { httpRequestSchema } from '#functions/middleware/http.ts';
import { bodyOf, httpRequest } from '#test/support/http.ts';

const TEXT = '[{"kind":"fix","place":"Jöran"}]';
const decode = (bytes: Buffer, coding?: string) => {
  const headers = coding === undefined ? {} : { 'content-encoding': coding };
  const plain = httpRequest({ routeKey: 'POST /v1/events', headers });
  const body = bytes.toString('base64');
  const request = httpRequestSchema.parse({ ...plain, body, isBase64Encoded: true });
  return decodeBody(request);
};

const refusalOf = (bytes: Buffer, coding?: string) => {
  const decoded = decode(bytes, coding);
  if (typeof decoded === 'string') return decoded.slice(0, 80);
  return { status: decoded.statusCode, ...Object(bodyOf(decoded)), headers: decoded.headers };
};

const bytes = Buffer.from(TEXT);

describe('a body', () => {
  it.each([
    ['as it is', bytes, undefined],
    ['named identity', bytes, 'identity'],
    ['with a mark of its byte order', Buffer.from(`\u{FEFF}${TEXT}`), undefined],
    ['packed with gzip', gzipSync(bytes), 'gzip'],
    ['packed with GZIP, in capitals', gzipSync(bytes), ' GZIP '],
    [
      'packed with gzip in two members',
      Buffer.concat([gzipSync('[{"ki'), gzipSync(TEXT.slice(5))]),
      'x-gzip',
    ],
    ['packed with deflate', deflateSync(bytes), 'deflate'],
    ['packed with deflate, without its frame', deflateRawSync(bytes), 'deflate'],
  ])('is read %s', (_, sent, coding) => expect(decode(sent, coding)).toBe(TEXT));

  it('that is no UTF-8 is spoilt only where it is not', () => {
    const spoilt = Buffer.concat([
      Buffer.from('["a","'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from('"]'),
    ]);
    expect(decode(spoilt)).toBe('["a","\u{FFFD}\u{FFFD}"]');
  });

  it.each(['br', 'zstd', 'gzip, gzip', 'constructor', '__proto__'])(
    'packed with %s is refused, and told what to send instead',
    (coding) => {
      expect(refusalOf(brotliCompressSync(bytes), coding)).toMatchObject({
        status: 415,
        code: 'unsupported-content-encoding',
        headers: { 'accept-encoding': 'gzip, deflate' },
      });
    },
  );

  it.each([
    ['is cut off', gzipSync(bytes).subarray(0, 20), 'gzip'],
    ['was changed on the way', Buffer.from(gzipSync(bytes).toString('utf8')), 'gzip'],
    ['is not packed at all', bytes, 'gzip'],
    ['is not packed at all', bytes, 'deflate'],
  ])('that %s is refused as malformed-encoding', (_, sent, coding) => {
    expect(refusalOf(sent, coding)).toMatchObject({ status: 400, code: 'malformed-encoding' });
  });
});

describe('a bomb', () => {
  const large = Buffer.alloc(200 * MOST_BYTES, ' ');

  it.each([
    ['gzip', gzipSync(large, { level: 9 })],
    ['deflate', deflateSync(large, { level: 9 })],
    ['deflate', deflateRawSync(large, { level: 9 })],
    [
      'gzip',
      Buffer.concat(Array.from({ length: 200 }, () => gzipSync(large.subarray(0, MOST_BYTES)))),
    ],
    ['gzip', gzipSync(Buffer.alloc(MOST_BYTES + 1))],
  ])('of %s is refused for what it would unpack to', (coding, sent) => {
    expect(sent.length).toBeLessThan(MOST_BYTES);
    expect(refusalOf(sent, coding)).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  it('ends at the limit, which may be reached', () => {
    expect(decode(gzipSync(large.subarray(0, MOST_BYTES)), 'gzip')).toHaveLength(MOST_BYTES);
  });
});
