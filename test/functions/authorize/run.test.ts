import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { agencyIdSchema, tokenIdSchema } from '#domain/model/ids.ts';
import type { Key } from '#functions/adapters/dynamodb/keys.ts';
import { sha256Hex, tokenSchema, tokenText } from '#functions/adapters/dynamodb/tokens.ts';
import { run } from '#functions/authorize/run.ts';
import { principalSchema } from '#functions/middleware/http.ts';
import { later, T } from '#test/support/alerts.ts';
import { HEAD_END } from '#test/support/http.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const NAMED = { agencyId: agencyIdSchema.parse('demo'), tokenId: tokenIdSchema.parse('t-1') };
const TOKEN = tokenText(NAMED, 'S'.repeat(43));
const OTHER = tokenText(NAMED, 'X'.repeat(43));

const stored = (fields = {}) => ({
  ...NAMED,
  sha256: sha256Hex(TOKEN),
  role: 'head-end',
  headEndId: 'head-end',
  label: '',
  isRevoked: false,
  ...fields,
});

const authorize = (row: unknown = stored()) => {
  const asked: Key[] = [];
  const told = recordedTelemetry();
  const handle = run({
    now: () => T,
    documents: {
      load: async <S extends z.ZodType>(key: Key, schema: S) => {
        asked.push(key);
        return row === null ? null : { version: 1, value: schema.parse(row) };
      },
    },
    administratorToken: async () => 'the-first-administrator',
    agencyId: NAMED.agencyId,
    telemetry: told.telemetry,
  });
  const ask = (...identitySource: string[]) => handle({ identitySource });
  return { ask, handle, asked, ...told };
};

const NO = { isAuthorized: false };

describe('a token is good', () => {
  it('for its head-end', async () => {
    const { ask, asked } = authorize();
    const answer = await ask(`Bearer ${TOKEN}`);
    expect(answer).toEqual({ isAuthorized: true, context: HEAD_END });
    expect(principalSchema.safeParse(HEAD_END).success).toBe(true);
    expect(asked).toEqual([{ pk: 'demo#TOKEN#t-1', sk: 'TOKEN' }]);
  });

  it('for an administrator', async () => {
    const row = stored({ role: 'administrator', headEndId: null });
    const context = { role: 'administrator', agencyId: 'demo' };
    expect(await authorize(row).ask(`Bearer ${TOKEN}`)).toEqual({ isAuthorized: true, context });
  });

  it('as the deployed secret, for the agency of this stack, without any look-up', async () => {
    const { ask, asked } = authorize();
    const context = { role: 'administrator', agencyId: 'demo' };
    expect(await ask('Bearer the-first-administrator')).toEqual({ isAuthorized: true, context });
    expect(asked).toEqual([]);
  });
});

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('a token as the password of Basic credentials', () => {
  it.each(['phone', '', 'Jöran'])(
    'is good for its head-end, whoever the user %j is',
    async (user) => {
      const answer = await authorize().ask(basic(user, TOKEN));
      expect(answer).toMatchObject({ isAuthorized: true, context: { headEndId: 'head-end' } });
    },
  );

  it('names the one device that it speaks for, and its limits', async () => {
    const limits = { requestsPerMinute: 1, eventsPerMinute: 1_000 };
    const row = stored({ deviceSerial: 'jo/phone', limits });
    const answer = await authorize(row).ask(basic('jo', TOKEN));
    const context = { deviceSerial: 'jo/phone', ...limits };
    expect(answer).toMatchObject({ isAuthorized: true, context });
  });

  it.each([
    ['opens nothing of an administrator', TOKEN, { role: 'administrator', headEndId: null }],
    ['is not the deployed secret', 'the-first-administrator', {}],
  ])('%s', async (_, password, fields) => {
    expect(await authorize(stored(fields)).ask(basic('admin', password))).toEqual(NO);
  });
});

describe('the secret before a rotation', () => {
  const rotated = (worksUntil: unknown, fields = {}) =>
    stored({
      sha256: sha256Hex(OTHER),
      earlier: { sha256: sha256Hex(TOKEN), worksUntil },
      ...fields,
    });

  it('works beside the new one until its time', async () => {
    const { ask } = authorize(rotated(later(0.001)));
    expect(await ask(`Bearer ${TOKEN}`)).toMatchObject({ isAuthorized: true });
    expect(await ask(`Bearer ${OTHER}`)).toMatchObject({ isAuthorized: true });
  });

  it.each([
    ['at that time', rotated(T)],
    ['when the token is revoked', rotated(later(60), { isRevoked: true })],
  ])('is refused %s', async (_, row) => {
    expect(await authorize(row).ask(`Bearer ${TOKEN}`)).toEqual(NO);
  });
});

describe('a token is not good', () => {
  it.each([
    ['with another secret', `Bearer ${OTHER}`, stored()],
    ['that is not on record', `Bearer ${TOKEN}`, null],
    ['that has been revoked', `Bearer ${TOKEN}`, stored({ isRevoked: true })],
    ['of a head-end that names none', `Bearer ${TOKEN}`, stored({ headEndId: null })],
    ['without Bearer', TOKEN, stored()],
    ['under another scheme', `Digest ${TOKEN}`, stored()],
    ['as the user of Basic credentials', basic(TOKEN, ''), stored()],
    ['that is empty', 'Bearer ', stored()],
    ['with something behind it', `Bearer ${TOKEN} x`, stored()],
    ['that is not the deployed secret', 'Bearer the-second-administrator', stored()],
    ['with our form and a broken id', `Bearer hw~demo~-~${'S'.repeat(43)}`, stored()],
  ])('%s', async (_, header, row) => {
    const { ask, measured, lines } = authorize(row);
    expect(await ask(header)).toEqual(NO);
    expect(measured).toEqual([['requestsUnauthorized', 1]]);
    expect(lines).toEqual([]);
  });

  it.each([{}, { identitySource: null }, { identitySource: [] }])(
    'where none was sent: %j',
    async (input) => expect(await authorize().handle(input)).toEqual(NO),
  );
});

describe('what is kept of a token', () => {
  it('never is the token', () => {
    const kept = JSON.stringify(tokenSchema.parse(stored()));
    expect(kept).not.toContain('S'.repeat(43));
  });
});
