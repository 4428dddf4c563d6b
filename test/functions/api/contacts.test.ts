import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { contactCode } from '#functions/adapters/secrets/contact-code.ts';
import { webhookKey } from '#functions/adapters/secrets/webhook-key.ts';
import { person } from '#test/support/alerts.ts';
import { keptApi, LINK_SECRET } from '#test/support/kept-api.ts';

const CONTACTS = '/v1/people/{personId}/contacts';
const SAM = { name: 'Sam', role: 'officer', mobile: '+447700900001', email: 'sam@agency.example' };

const start = async (fields: object = {}, deps: object = {}) => {
  const api = keptApi({ attests: false, deps });
  const path = { personId: 'sam' };
  const put = await api.ask('PUT /v1/people/{personId}', { path, body: { ...SAM, ...fields } });
  const on = (channel: string) => ({ path: { ...path, channel } });
  return {
    ...api,
    put,
    list: async () => (await api.ask(`GET ${CONTACTS}`, { path })).json,
    sendCode: (channel: string) => api.ask(`POST ${CONTACTS}/{channel}/code`, on(channel)),
    verify: (channel: string, body: object) =>
      api.ask(`POST ${CONTACTS}/{channel}/verify`, { ...on(channel), body }),
    /** What was put in the outbox beside the person. */
    rows: () =>
      [...api.items.entries()].flatMap(([name, { body }]) =>
        name.includes(' OUTBOX#CONTACT#') ? [JSON.parse(body?.S ?? '')] : [],
      ),
  };
};

const codeOf = (nonce: string, channel: 'sms' | 'email' = 'sms') =>
  contactCode(
    { agencyId: agencyIdSchema.parse('demo'), personId: person('sam'), channel, nonce },
    LINK_SECRET,
  );
const WORD = { attestedBy: 'sam', reason: 'called, and answered' };

describe('a contact that is new', () => {
  it('is listed as unverified, and reaches nobody', async () => {
    const { list } = await start();
    expect(await list()).toMatchObject({
      personId: 'sam',
      isReachable: false,
      contacts: [
        { channel: 'sms', address: '+447700900001', standing: 'unverified', verifiedAt: null },
        { channel: 'email', standing: 'unverified' },
      ],
    });
  });

  it('is verified by the code that was sent there', async () => {
    const { sendCode, rows, verify, list } = await start();
    expect(await sendCode('sms')).toMatchObject({ statusCode: 202, json: { channel: 'sms' } });
    const [row] = rows();
    expect(row).toMatchObject({ about: 'code', recipient: { mobile: '+447700900001' } });
    expect(await verify('sms', { code: codeOf(row.nonce) })).toMatchObject({
      statusCode: 200,
      json: { standing: 'verified', verifiedBy: { kind: 'code' } },
    });
    expect(await list()).toMatchObject({ isReachable: true });
  });

  it('is verified by the word of somebody who answers for it, with the reason', async () => {
    const { verify } = await start();
    expect(await verify('email', WORD)).toMatchObject({
      statusCode: 200,
      json: { standing: 'verified', verifiedBy: { kind: 'attested', by: 'sam' } },
    });
  });

  it('is not verified by the word of somebody who is not on record', async () => {
    const { verify, list } = await start();
    expect(await verify('email', { ...WORD, attestedBy: 'ghost' })).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'not-on-record', path: 'attestedBy' }] },
    });
    expect(await list()).toMatchObject({ isReachable: false });
  });

  it('is not verified by another channel’s code, nor by guesses', async () => {
    const { sendCode, rows, verify, list } = await start();
    await sendCode('sms');
    const code = codeOf(rows()[0].nonce, 'email');
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await verify('sms', { code })).toMatchObject({
        statusCode: 422,
        json: { code: 'code-wrong' },
      });
    }
    expect(await verify('sms', { code: codeOf(rows()[0].nonce) })).toMatchObject({
      statusCode: 409,
      json: { code: 'code-used-up' },
    });
    expect(await list()).toMatchObject({ isReachable: false });
  });

  it('is kept without its code, and without anything that gives it away', async () => {
    const { sendCode, rows, items } = await start();
    await sendCode('sms');
    const code = codeOf(rows()[0].nonce);
    expect(JSON.stringify([...items.values()])).not.toContain(code);
  });
});

describe('a request about a contact is refused, and changes nothing', () => {
  it.each([
    ['of an unknown channel', 'fax', WORD, 400, 'invalid-path'],
    ['of a channel without an address', 'push', WORD, 409, 'no-address'],
    ['with a code that was never sent', 'sms', { code: '123456' }, 409, 'no-code-sent'],
    ['with a code that is none', 'sms', { code: '12345' }, 422, 'unacceptable'],
    ['with a word without a reason', 'sms', { attestedBy: 'sam' }, 422, 'unacceptable'],
    ['with nothing', 'sms', {}, 422, 'unacceptable'],
  ])('%s', async (_, channel, body, statusCode, code) => {
    const { verify, items } = await start();
    const before = [...items.keys()];
    expect(await verify(channel, body)).toMatchObject({ statusCode, json: { code } });
    expect([...items.keys()]).toEqual(before);
  });

  it('with neither a code nor a word, in words', async () => {
    const { verify } = await start();
    const { json } = await verify('sms', {});
    expect(json.problems).toMatchObject([{ message: expect.stringMatching(/^send the code/) }]);
  });

  it('of an unknown channel, in words', async () => {
    const { sendCode } = await start();
    expect((await sendCode('fax')).json).toMatchObject({
      detail: 'must be one of sms, voice, email, push, webhook',
    });
  });

  it('of a person who is not on record', async () => {
    const api = keptApi();
    const path = { personId: 'ghost', channel: 'sms' };
    const body = { code: '123456' };
    const asked = await api.ask(`POST ${CONTACTS}/{channel}/verify`, { path, body });
    expect(asked.statusCode).toBe(404);
  });

  it('that asks for a sixth code within the hour', async () => {
    const { sendCode } = await start({}, { newNonce: uniqueNonces() });
    for (let count = 0; count < 5; count += 1) await sendCode('sms');
    expect(await sendCode('sms')).toMatchObject({
      statusCode: 429,
      json: { code: 'too-many-codes' },
    });
  });
});

const uniqueNonces = () => {
  let count = 0;
  return () => {
    count += 1;
    return String(count).padStart(32, '0');
  };
};

describe('a person is refused', () => {
  it.each([
    ['a mobile that is not E.164', { mobile: '07700 900001' }, 'mobile'],
    ['a phone that is not E.164', { phone: '020 7946 0001' }, 'phone'],
    [
      'a channel that nobody knows',
      { tellBy: [{ channel: 'fax', afterSeconds: 0 }] },
      'tellBy.0.channel',
    ],
    [
      'two rules for one channel',
      {
        tellBy: [
          { channel: 'sms', afterSeconds: 0 },
          { channel: 'sms', afterSeconds: 60 },
        ],
      },
      'tellBy',
    ],
    [
      'a rule of more than a day',
      { tellBy: [{ channel: 'sms', afterSeconds: 86_401 }] },
      'tellBy.0.afterSeconds',
    ],
    [
      'an endpoint that SNS has not',
      { pushEndpointArn: 'arn:aws:sns:eu-west-2:1:topic' },
      'pushEndpointArn',
    ],
    ['a webhook without TLS', { webhook: 'http://pages.agency.example/' }, 'webhook'],
    ['a webhook at an address', { webhook: 'https://10.0.0.1/' }, 'webhook'],
    ['a webhook at another port', { webhook: 'https://pages.agency.example:8443/' }, 'webhook'],
    ['a webhook with a password', { webhook: 'https://a:b@pages.agency.example/' }, 'webhook'],
    ['a webhook of a host that nobody allowed', { webhook: 'https://evil.example/' }, 'webhook'],
    ['a phone, where there is no number to call from', { phone: '+442079460001' }, 'phone'],
    [
      'calls, where there is no number to call from',
      { tellBy: [{ channel: 'voice', afterSeconds: 0 }] },
      'tellBy',
    ],
    [
      'quiet hours in no zone',
      { quietHours: { timeZone: 'Mars/Base', windows: [] } },
      'quietHours.timeZone',
    ],
  ])('%s', async (_, fields, path) => {
    const { put, items } = await start(fields);
    expect(put.statusCode).toBe(422);
    expect(put.json.problems.map((problem: { path: string }) => problem.path)).toContain(path);
    expect([...items.keys()]).toEqual([]);
  });
});

describe('where there is a number to call from', () => {
  it('whoever has a mobile is called where nothing else reaches them', async () => {
    const { ask } = await start({}, { canCall: true });
    const { json } = await ask('GET /v1/people/{personId}', { path: { personId: 'sam' } });
    expect(json.document.tellBy).toContainEqual({ channel: 'voice', afterSeconds: null });
  });
});

describe('a webhook', () => {
  it('comes with the key that all it is told is signed under', async () => {
    const { sendCode } = await start({ webhook: 'https://pages.agency.example/sam' });
    const claim = { agencyId: agencyIdSchema.parse('demo'), personId: person('sam') };
    const { json } = await sendCode('webhook');
    expect(json.signingKey).toBe(webhookKey(claim, LINK_SECRET));
    expect(webhookKey(claim, 'another secret')).not.toBe(json.signingKey);
  });
});

describe('a mobile number', () => {
  it('names its person, so that who texts us is found', async () => {
    const { items } = await start();
    expect(items.get('demo#MOBILE#+447700900001 PERSON#sam')).toMatchObject({
      personId: { S: 'sam' },
    });
  });
});

describe('I23: nobody is put on call whom nothing was shown to reach', () => {
  const policy = {
    name: 'Usual',
    steps: [{ delaySeconds: 0, targets: [{ kind: 'person', personId: 'sam' }] }],
    lastResort: { personIds: ['sam'] },
  };
  const PUTS = [
    ['rota', 'PUT /v1/rotas/{rotaId}', { rotaId: 'duty' }, { name: 'Duty', otherwise: 'sam' }],
    ['policy', 'PUT /v1/policies/{policyId}', { policyId: 'usual' }, policy],
  ] as const;

  it.each(PUTS)('by a %s', async (_, route, path, body) => {
    const { ask, verify } = await start();
    const refused = await ask(route, { path, body });
    expect(refused.statusCode).toBe(422);
    expect(refused.json.problems[0]).toMatchObject({ code: 'no-verified-contact' });
    expect(refused.json.problems[0].message).toContain('/v1/people/sam/contacts/');
    await verify('sms', WORD);
    expect((await ask(route, { path, body })).statusCode).toBe(201);
  });

  it('and whoever gives somebody a new number is warned of it', async () => {
    const { ask, verify } = await start();
    await verify('sms', WORD);
    const moved = (mobile: string) =>
      ask('PUT /v1/people/{personId}', { path: { personId: 'sam' }, body: { ...SAM, mobile } });
    expect((await moved('+447700900002')).json).toMatchObject({
      changed: true,
      warnings: [{ code: 'no-verified-contact', path: 'personId' }],
    });
    expect((await moved(SAM.mobile)).json).toEqual({ version: 3, changed: true });
  });

  it.each(PUTS)(
    'but a %s in which they stand already can be changed, with a warning',
    async (_, route, path, body) => {
      const { ask, verify, items } = await start();
      await verify('sms', WORD);
      await ask(route, { path, body });
      items.delete('demo#PERSON#sam CONTACTS');
      const changed = await ask(route, { path, body: { ...body, name: 'Another' } });
      expect(changed.statusCode).toBe(200);
      expect(changed.json.warnings[0]).toMatchObject({ code: 'no-verified-contact' });
    },
  );
});
