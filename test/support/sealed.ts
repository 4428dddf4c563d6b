import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Hash, Opening, SealedEntry } from '#domain/record/link.ts';

export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');

/** Any value that JSON can say. */
export const anyJson = fc.jsonValue({ maxDepth: 3 });

const anyEntry: fc.Arbitrary<SealedEntry> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 20 }),
    type: fc.string({ maxLength: 10 }),
    at: fc.constant('2026-10-24T20:05:00.000Z'),
    body: anyJson,
  })
  .map(({ body, ...entry }) => ({ ...entry, body: JSON.parse(JSON.stringify(body)) }));

const anySalt = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

/** An entry and its salt, as a sealer has them. */
export const anyOpening: fc.Arbitrary<Opening> = fc.record({ salt: anySalt, entry: anyEntry });
