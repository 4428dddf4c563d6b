import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompactSign,
  type CryptoKey,
  compactVerify,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
} from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageSchema } from '#domain/liaison/message.ts';
import { rejectionCauseSchema } from '#domain/model/transfer-trouble.ts';
import {
  answer,
  type Decision,
  messageOf,
  readDecision,
  signerFrom,
} from '../../../examples/police-subscriber/answers.ts';
import { FeedProblem } from '../../../examples/police-subscriber/feed-client.ts';
import { Journal } from '../../../examples/police-subscriber/journal.ts';
import { openPushDoor } from '../../../examples/police-subscriber/push-door.ts';
import { anEvent } from './given-events.ts';

const JOSE = 'application/jose';
const CLOUD = 'application/cloudevents+json';
const TEXT = '{"headline":"Siân is out"}';

let agency: Awaited<ReturnType<typeof generateKeyPair>>;
let stranger: Awaited<ReturnType<typeof generateKeyPair>>;
let findKey: ReturnType<typeof createLocalJWKSet>;
let folder = '';

beforeAll(async () => {
  agency = await generateKeyPair('ES256', { extractable: true });
  stranger = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(agency.publicKey)), kid: 'a', alg: 'ES256', use: 'sig' };
  findKey = createLocalJWKSet({ keys: [jwk] });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
});
let server: Server | undefined;
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Signed = Readonly<{ cty?: string; kid?: string; key?: CryptoKey | null }>;
const sign = (text: string, { cty = CLOUD, kid = 'a', key = null }: Signed = {}) =>
  new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ES256', kid, cty })
    .sign(key ?? agency.privateKey);

const beside = (jws: string): string => jws.replace(/\..*\./, '..');

const aDoor = async (couldRead = true) => {
  const read: string[] = [];
  server = openPushDoor({
    findKey,
    readFeed: async () => {
      read.push('read');
      return couldRead;
    },
    say: () => undefined,
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const post = async (body: string, contentType: string, signature?: string) => {
    const headers = {
      'content-type': contentType,
      ...(signature && { 'x-homeward-signature': signature }),
    };
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).status;
  };
  return { read, post };
};

describe('the address that the agency posts to', () => {
  it('reads the feed for what the agency has signed, within the body or beside it', async () => {
    const door = await aDoor();
    expect(await door.post(await sign(TEXT), JOSE)).toBe(200);
    expect(await door.post(TEXT, CLOUD, beside(await sign(TEXT)))).toBe(200);
    expect(door.read).toHaveLength(2);
  });

  it('has the agency post again where the feed could not be read', async () => {
    const door = await aDoor(false);
    expect(await door.post(await sign(TEXT), JOSE)).toBe(503);
  });

  it.each<[string, () => Promise<[string, string, string?]>]>([
    ['no signature', async () => [TEXT, CLOUD]],
    ['another body', async () => ['{}', CLOUD, beside(await sign(TEXT))]],
    [
      'the signature of something else',
      async () => [TEXT, 'application/cap+xml', beside(await sign(TEXT))],
    ],
    ["a stranger's signature", async () => [await sign(TEXT, { key: stranger.privateKey }), JOSE]],
    ['a key that is not published', async () => [await sign(TEXT, { kid: 'b' }), JOSE]],
    ['no JWS', async () => ['hello', JOSE]],
    [
      'a JWS without a signature',
      async () => [`${(await sign(TEXT)).replace(/\.[^.]*$/, '')}.`, JOSE],
    ],
    ['a payload beside that was not asked for', async () => [TEXT, CLOUD, await sign(TEXT)]],
  ])('refuses %s, and reads nothing', async (_, posted) => {
    const door = await aDoor();
    expect(await door.post(...(await posted()))).toBe(403);
    expect(door.read).toEqual([]);
  });
});

const INCIDENT = 'k3v7q2mzj5x4wd6hbtyr2nae3c';
const event = anEvent(INCIDENT, 1);
const NOW = new Date('2026-11-21T18:43:00.000Z');

describe('a decision', () => {
  it.each([
    'accept',
    'accept WY-20261121-0412',
    ...rejectionCauseSchema.options.map((cause) => `reject ${cause}`),
  ])('%s is a message that the agency reads', (words) => {
    const message = messageOf(event, readDecision(words), NOW);
    expect(messageSchema.safeParse(message).error).toBeUndefined();
    expect(messageOf(event, readDecision(words), NOW).jti).toBe(message.jti);
  });

  it.each(['', 'maybe', 'reject', 'reject because'])('is not read from "%s"', (words) => {
    expect(() => readDecision(words)).toThrow();
  });

  const decide = async (decision: Decision, failure: Error | null, signed = false) => {
    const journal = new Journal(join(folder, 'journal.jsonl'));
    journal.store({ ...event, type: 'homeward.alert.raised.v1' });
    const sent: [contentType: string, body: string][] = [];
    const client = {
      message: async (...message: [contentType: string, body: string]) => {
        sent.push(message);
        if (failure !== null) throw failure;
      },
    };
    const path = join(folder, 'key.jwk');
    const jwk = { ...(await exportJWK(agency.privateKey)), kid: 'a' };
    writeFileSync(path, JSON.stringify(jwk));
    const parts = { journal, client, sign: signed ? await signerFrom(path) : null };
    try {
      return { said: await answer(parts, event, decision), sent, inbox: journal.inbox };
    } catch (error) {
      return { said: String(error), sent, inbox: journal.inbox };
    } finally {
      journal.close();
    }
  };

  it('is signed with the key that is given, and noted', async () => {
    const { sent, inbox } = await decide({ type: 'accept' }, null, true);
    const [[contentType, jws] = ['', '']] = sent;
    expect(contentType).toBe(JOSE);
    const { payload } = await compactVerify(jws, agency.publicKey);
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ type: 'accept' });
    expect(inbox.answerTo(event.id)).toBe('accept');
    expect(inbox.unanswered).toEqual([]);
  });

  it('goes under the token where there is no key', async () => {
    const { sent } = await decide({ type: 'reject', cause: 'no-power' }, null);
    expect(sent[0]?.[0]).toBe('application/json');
  });

  it('that the agency will never take is noted as refused', async () => {
    const { inbox } = await decide({ type: 'accept' }, new FeedProblem(409, 'messages'));
    expect(inbox.answerTo(event.id)).toBe('refused 409');
  });

  it.each([429, 503])('that is answered with %d is made again', async (status) => {
    const { inbox } = await decide({ type: 'accept' }, new FeedProblem(status, 'messages'));
    expect(inbox.unanswered).toHaveLength(1);
  });
});
