import fc from 'fast-check';
import { CompactSign } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { standingAnswer, type Transfer } from '#domain/liaison/transfer.ts';
import { toIso } from '#domain/model/instant.ts';
import { later } from '#test/support/alerts.ts';
import {
  ACCEPT,
  DESK_KEYS,
  DESK_PAIR,
  type Fields,
  jws,
  messageDesk,
  STRANGER,
  says,
} from '#test/support/message-desk.ts';

const TYPES = [
  ...['application/jose', 'application/json', 'application/cap+xml', 'text/xml'],
  ...['application/secevent+jwt', 'APPLICATION/JOSE; charset=utf-8', '__proto__', ''],
];
const KIB = 1_024;
const base64url = (text: string) => Buffer.from(text).toString('base64url');

type Desk = Awaited<ReturnType<typeof messageDesk>>;
let desk: Desk;
let before: Transfer;
const doorOf = (keys: readonly object[]) => async () => {
  desk = await messageDesk(keys);
  before = await desk.load();
};

/** Sends something that nobody may be believed by: it is refused as such, and changes nothing. */
const expectRefused = async (body: string | Uint8Array, type: string): Promise<void> => {
  const { status } = await desk.post(body, type);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(await desk.load()).toEqual(before);
};

const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc.constantFrom('[', '{"a":', '<a>').map((open) => open.repeat(10 * KIB)),
  fc.array(fc.string({ unit: 'grapheme-ascii' }), { maxLength: 5 }).map((parts) => parts.join('.')),
);

/** A header as a forger may write it, with algorithms, names, keys of their own, extensions. */
const headers = fc.record(
  {
    alg: fc.constantFrom<unknown>(
      ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'HS256', 'RS256', 'none', 'None', '', 7, null],
    ),
    kid: fc.oneof(fc.constantFrom<unknown>('desk-1', 'desk-2', '__proto__'), fc.jsonValue()),
    jwk: fc.constant({ ...STRANGER.publicKey.export({ format: 'jwk' }) }),
    jku: fc.constant('https://forger.example/jwks.json'),
    crit: fc.constantFrom<unknown>(['b64'], ['exp'], [], 'b64'),
    b64: fc.boolean(),
    zip: fc.constant('DEF'),
    typ: fc.constantFrom('JWT', 'secevent+jwt'),
  },
  { requiredKeys: [] },
);

const signatures = fc.oneof(
  fc.constantFrom('', '.', 'AAAA', '!', base64url('\u0000'.repeat(64))),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
);

/** What they say, in the form of RFC 8417, which nobody has asked for. */
const SET = { jti: 'm-1', iat: later(60) / 1_000, iss: 'met', events: { 'urn:accept': ACCEPT } };

/** Anything at all, truly signed. */
const signed = (payload: string | Uint8Array) =>
  new CompactSign(typeof payload === 'string' ? new TextEncoder().encode(payload) : payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: 'desk-1' })
    .sign(DESK_PAIR.privateKey);

describe('given a liaison with keys on record', () => {
  beforeEach(doorOf(DESK_KEYS));

  it('whatever bytes come, of whatever type, nothing fails and nothing changes', async () => {
    await fc.assert(fc.asyncProperty(garbage, fc.constantFrom(...TYPES), expectRefused), {
      numRuns: 500,
    });
  });

  it('whatever a forger writes into a header, and signs with, nothing changes', async () => {
    await fc.assert(
      fc.asyncProperty(headers, signatures, async (header, signature) => {
        const jose = [base64url(JSON.stringify(header)), base64url(JSON.stringify(ACCEPT))];
        await expectRefused([...jose, signature].join('.'), 'application/jose');
      }),
      { numRuns: 500 },
    );
  });

  it('a real signature holds for nothing else than what was signed', async () => {
    const real = await jws(ACCEPT);
    const [header = '', , signature = ''] = real.split('.');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: real.length - 1 }), fc.nat(63), async (at, by) => {
        const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const changed = `${real.slice(0, at)}${digits[by]}${real.slice(at + 1)}`;
        // The last digit of each part has bits to spare, that no byte is made of.
        const bytesOf = (text: string) => text.split('.').map((s) => Buffer.from(s, 'base64url'));
        fc.pre(JSON.stringify(bytesOf(changed)) !== JSON.stringify(bytesOf(real)));
        await expectRefused(changed, 'application/jose');
      }),
    );
    const other = says({ type: 'reject', at: toIso(later(50)), cause: 'other' }, 'm-2');
    const swapped = [header, base64url(JSON.stringify(other)), signature].join('.');
    await expectRefused(swapped, 'application/jose');
  });

  it.each([
    ['by a stranger', () => jws(ACCEPT, STRANGER.privateKey)],
    ['by nobody', async () => JSON.stringify(ACCEPT)],
    ['as a security event token', () => signed(JSON.stringify(SET))],
    ['with more than 64 KiB', () => signed(`${JSON.stringify(ACCEPT)}${' '.repeat(64 * KIB)}`)],
    ['with a remark without end', () => jws({ ...ACCEPT, text: 'x'.repeat(40 * KIB) })],
    ['with what is no text', () => signed(Uint8Array.of(123, 255, 254, 125))],
  ])('what is signed %s changes nothing', async (_, made) => {
    for (const type of TYPES) await expectRefused(await made(), type);
  });

  it('what another liaison has overheard does it no good', async () => {
    const overheard = await jws(ACCEPT);
    const replayed = await desk.post(overheard, 'application/jose', { who: 'essex' });
    expect(replayed.status).toBe(404);
    expect(await desk.load()).toEqual(before);
    expect(await desk.post(overheard, 'application/jose')).toMatchObject({ status: 200 });
  });
});

describe('given a liaison without keys on record', () => {
  beforeEach(doorOf([]));

  it('whatever bytes come, of whatever type, nothing fails and nothing changes', async () => {
    await fc.assert(fc.asyncProperty(garbage, fc.constantFrom(...TYPES), expectRefused), {
      numRuns: 500,
    });
  });

  it('a message with any field changed is taken or refused, and nothing fails', async () => {
    const fields = fc.constantFrom(...Object.keys(ACCEPT), 'exp', 'cause', 'outcome', '__proto__');
    const changes = fc.dictionary(fields, fc.oneof(fc.jsonValue(), fc.string()));
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const { status } = await desk.post(JSON.stringify({ ...ACCEPT, ...changed }));
        expect([200, 404, 422]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });

  it('messages that come again and again, in any order and at once, count once', async () => {
    const said: readonly Fields[] = [
      ACCEPT,
      says({ type: 'reject', at: toIso(later(40)), cause: 'other' }, 'm-2'),
      says({ type: 'live', reference: 'EP-7', asOf: toIso(later(55)) }, 'm-3'),
      says({ type: 'receipt', eventId: ACCEPT.eventId, code: 'stored' }, 'm-4'),
    ];
    const order = fc.array(fc.constantFrom(...said), { minLength: 8, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(order, async (messages) => {
        const { post, load, entries } = await messageDesk();
        for (let i = 0; i < messages.length; i += 4) {
          const answers = await Promise.all(messages.slice(i, i + 4).map((one) => post(one)));
          expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
        }
        const transfer = await load();
        const isRejected = messages.some(({ type }) => type === 'reject');
        const isAccepted = messages.some(({ type }) => type === 'accept');
        const stands = isRejected ? 'rejected' : isAccepted ? 'accepted' : undefined;
        expect(standingAnswer(transfer)?.is).toBe(stands);
        expect(transfer.spells).toBe(isRejected ? 1 : 0);
        const answered = entries().filter((type) => type === 'transfer-answered');
        expect(answered).toHaveLength(Number(isRejected) + Number(isAccepted));
      }),
      { numRuns: 100 },
    );
  });
});
