import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import type { Telemetry } from '#functions/adapters/log/log.ts';
import { later, T } from '#test/support/alerts.ts';
import { badBody, dice, mixedBody, type SentBody } from '#test/support/fuzz-bodies.ts';
import { bodyOf, HEAD_END, httpRequest } from '#test/support/http.ts';
import { activation, eventsIn, keptIngest } from '#test/support/kept-ingest.ts';

const BODIES = 10_000;
const KNOWN = [activation('a-1', 'w-1'), activation('a-2', 'w-2')];
const SILENT: Telemetry = {
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  measure: () => undefined,
  flush: () => undefined,
};

const good = (sequence: number): string =>
  JSON.stringify({
    kind: 'fix',
    activationId: sequence % 2 === 0 ? 'a-1' : 'a-2',
    lat: 51.5,
    lon: -0.1,
    recordedAt: toIso(later(-60)),
    sequence,
    unread: { 'a key': ['of a vendor', 'Jöran'] },
  });

/** The intake, which keeps only what the last POST queued. */
const forgetfulIngest = () => {
  let last: readonly unknown[] = [];
  const sendAll = async (messages: readonly unknown[]): Promise<void> => {
    last = messages;
  };
  const deps = { events: { sendAll }, telemetry: SILENT };
  const { handle } = keptIngest({ activations: KNOWN, now: T, deps });
  const post = ({ routeKey, bytes, headers }: SentBody, isBase64Encoded: boolean) => {
    last = [];
    const plain = httpRequest({ routeKey, who: HEAD_END, headers });
    const body = bytes.toString(isBase64Encoded ? 'base64' : 'utf8');
    return handle({ ...plain, body, isBase64Encoded });
  };
  return { post, queued: () => last.flatMap(eventsIn).map(([, { sequence }]) => sequence) };
};

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
const heapBytes = (): number => {
  if (typeof collectGarbage !== 'function') throw new Error('the collector cannot be called');
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** What a leak of 100 bytes a body would come to over the second half. */
const MOST_GROWTH_BYTES = 100 * (BODIES / 2);

/** Goes through all bodies, and gives by how much the heap grew from the half on. */
const heapGrowth = async (each: (i: number) => Promise<void>): Promise<number> => {
  let halfway = 0;
  for (let i = 0; i < BODIES; i += 1) {
    if (i === BODIES / 2) halfway = heapBytes();
    await each(i);
    // zlib gives back its memory between turns of the event loop, which a Lambda has each time.
    if (i % 20 === 0) await new Promise((done) => setImmediate(done));
  }
  return heapBytes() - halfway;
};

describe('ten thousand bodies that nobody sane would send', () => {
  it('are each answered, none with a 5xx, and leave nothing in memory', async () => {
    const roll = dice(1);
    const sound = Buffer.from(`[${Array.from({ length: 3 }, (_, i) => good(i)).join(',')}]`);
    const { post } = forgetfulIngest();
    const statuses = new Map<number, number>();
    const growth = await heapGrowth(async () => {
      const { statusCode } = await post(badBody(roll, sound), roll.below(2) === 0);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    });
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    // All the ways of refusing were met, or the bodies are too tame.
    expect([...statuses.keys()].sort()).toEqual([200, 202, 400, 413, 415]);
    expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
  });
});

describe('ten thousand bodies with one bad event among good ones', () => {
  it('lose no good event, and name the bad one', async () => {
    const roll = dice(2);
    const { post, queued } = forgetfulIngest();
    const faults: unknown[] = [];
    const growth = await heapGrowth(async () => {
      const count = 1 + roll.below(6);
      const sequences = Array.from({ length: count }, (_, i) => i);
      const { badAt, ...body } = mixedBody(roll, sequences.map(good));
      const response = await post(body, true);
      const { accepted, refused } = Object(bodyOf(response));
      const isNamed = refused.length === 1 && refused[0].index === badAt;
      const isWhole = isDeepStrictEqual(queued().sort(), sequences);
      if (!(accepted === count && isNamed && isWhole)) faults.push({ badAt, response });
    });
    expect(faults).toEqual([]);
    expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
  });
});
