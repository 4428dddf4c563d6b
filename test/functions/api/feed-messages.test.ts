import { generateKeyPairSync } from 'node:crypto';
import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { NO_ANSWERS } from '#domain/liaison/answers.ts';
import { capSenderOf } from '#domain/liaison/cap.ts';
import { eventIdOf, incidentIdSchema } from '#domain/liaison/event.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import { noteReceipt } from '#functions/adapters/note-receipt.ts';
import { later, T } from '#test/support/alerts.ts';
import { bodyOf } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { liaison } from '#test/support/liaisons.ts';
import {
  ACCEPT,
  DESK_KEYS,
  DESK_PAIR,
  jws,
  messageDesk,
  STRANGER,
  says,
} from '#test/support/message-desk.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { INCIDENT } from '#test/support/transfers.ts';

const { agencyId } = WEARER;
const eventId = eventIdOf(INCIDENT, 1);

const known = (stands: string) => ({
  ...{ incidentId: INCIDENT, outcome: 'nothing-new', reason: 'message-known', stands },
  peopleCalled: false,
});

describe('given a liaison without keys on record', () => {
  it('somebody there accepts it, under the reference of theirs', async () => {
    const { post, load } = await messageDesk();
    expect(await post(ACCEPT)).toMatchObject({
      ...{ status: 200, json: { outcome: 'taken', changes: [{ outcome: 'taken' }] } },
    });
    expect(await load()).toMatchObject({
      answers: { accepted: { is: 'accepted', at: later(50) }, refused: null },
      live: { reference: 'EP-7', confirmedAt: later(50) },
      newest: { receipt: { code: 'stored' } },
    });
  });

  it('the same again is known, and changes nothing, also when it is old', async () => {
    const { post, load, clock } = await messageDesk();
    await post(ACCEPT);
    const before = await load();
    clock.now = later(7_200);
    expect(await post(ACCEPT)).toEqual({
      ...{ status: 200, json: { outcome: 'known', changes: [known('accepted')] } },
    });
    expect(await load()).toEqual(before);
  });

  it('what says nothing new is taken, and says so', async () => {
    const { post } = await messageDesk();
    await post(ACCEPT);
    const older = says({ type: 'accept', at: toIso(later(40)) }, 'm-2');
    const changes = [{ outcome: 'nothing-new', reason: 'answer-superseded', stands: 'accepted' }];
    expect(await post(older)).toMatchObject({ json: { changes } });
    expect(await post(older)).toMatchObject({ json: { outcome: 'known' } });
  });

  it('hears which answer stands, which may be another than its own', async () => {
    const { post, clock } = await messageDesk();
    const stored = says({ type: 'receipt', eventId, code: 'stored' }, 'm-0');
    expect(await post(stored)).toMatchObject({
      json: { changes: [{ outcome: 'taken', stands: null, peopleCalled: false }] },
    });
    const reject = says({ type: 'reject', at: toIso(later(40)), cause: 'too-old' }, 'm-2');
    expect(await post(reject)).toMatchObject({
      json: { changes: [{ outcome: 'taken', stands: 'rejected', peopleCalled: true }] },
    });
    expect(await post(ACCEPT)).toMatchObject({
      json: { changes: [{ outcome: 'taken', stands: 'rejected', peopleCalled: true }] },
    });
    clock.now = later(400);
    const again = says({ type: 'accept', at: toIso(later(390)) }, 'm-3', later(390) / 1_000);
    expect(await post(again)).toMatchObject({
      json: { changes: [{ outcome: 'taken', stands: 'accepted', peopleCalled: false }] },
    });
  });

  it('two of the same at once are one', async () => {
    const { post, load } = await messageDesk();
    const both = await Promise.all([post(ACCEPT), post(ACCEPT)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await load()).epoch).toBe(2);
  });

  it('of two at once under one id one is taken, and the other is known', async () => {
    const { post } = await messageDesk();
    const reject = says({ type: 'reject', at: toIso(later(55)), cause: 'no-power' });
    const both = await Promise.all([post(ACCEPT), post(reject)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const outcomes = both.map(({ json }) => json.changes[0].reason ?? json.changes[0].outcome);
    expect(outcomes.toSorted()).toEqual(['message-known', 'taken']);
  });

  it.each([
    ['an old message', { iat: later(60 - 901) / 1_000 }, 'stale'],
    ['one that has run out', { exp: later(59) / 1_000 }, 'expired'],
    ['one of the future', { iat: later(60 + 301) / 1_000 }, 'from-the-future'],
    ['one of before it was sent', { at: toIso(instant(T - 901_000)) }, 'dated-before-sent'],
    ['an event that was never sent', { eventId: eventIdOf(INCIDENT, 9) }, 'event-unknown'],
  ])('%s is refused with the reason, and not remembered', async (_, fields, code) => {
    const { post, load } = await messageDesk();
    expect(await post({ ...ACCEPT, ...fields })).toMatchObject({ status: 422, json: { code } });
    expect((await load()).answers).toEqual(NO_ANSWERS);
    expect(await post(ACCEPT)).toMatchObject({ status: 200, json: { outcome: 'taken' } });
  });

  it('an incident of another is as unknown as none', async () => {
    const { post, load } = await messageDesk();
    const other = await post(ACCEPT, 'application/json', { who: 'essex' });
    const none = await post({ ...ACCEPT, incidentId: incidentIdSchema.parse('b'.repeat(26)) });
    expect(other).toEqual(none);
    expect(none).toMatchObject({ status: 404, json: { code: 'incident-unknown' } });
    expect((await load()).answers).toEqual(NO_ANSWERS);
  });

  it('what is said of the incident of another is counted and logged, by ids', async () => {
    const { post, lines, measured } = await messageDesk();
    const bId = incidentIdSchema.parse('b'.repeat(26));
    await post({ ...ACCEPT, incidentId: bId });
    expect(measured).not.toContainEqual(['feedMessagesNotTheirs', 1]);
    await post(ACCEPT, 'application/json', { who: 'essex' });
    expect(measured).toContainEqual(['feedMessagesNotTheirs', 1]);
    const said = { agencyId, liaisonId: 'essex', incidentId: INCIDENT, reason: 'of-another' };
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', fields: said }));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: { agencyId, liaisonId: 'met', incidentId: bId, reason: 'of-none' },
      }),
    );
  });

  it('what was taken says nothing of the incident of another when it comes again', async () => {
    const { post } = await messageDesk();
    await post(says({ type: 'live', reference: 'A', asOf: toIso(T) }));
    const again = says({ type: 'live', reference: 'A', asOf: toIso(T) });
    const incidentId = incidentIdSchema.parse('b'.repeat(26));
    expect(await post({ ...again, incidentId })).toEqual({
      ...{ status: 200, json: { outcome: 'known', changes: [] } },
    });
  });

  it("another's door stays shut", async () => {
    const { post } = await messageDesk();
    const refused = await post(ACCEPT, 'application/json', { who: 'essex', path: 'met' });
    expect(refused).toMatchObject({ status: 403, json: { code: 'not-this-liaison' } });
  });

  it.each([
    ['what is no JSON', '{', 'application/json', 400],
    ['what is no message', { type: 'hello' }, 'application/json', 422],
    ['another type', 'a,b', 'text/csv', 415],
    ['more than 64 KiB', 'x'.repeat(64 * 1024 + 1), 'application/json', 413],
    ['a JWS that nobody on record can have signed', 'a.b.c', 'application/jose', 401],
    ['XML with entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'application/xml', 400],
  ])('%s is refused', async (_, body, type, status) => {
    const { post } = await messageDesk();
    expect(await post(body, type)).toMatchObject({ status });
  });

  it('an answer in CAP says that their system has it', async () => {
    const { post, load } = await messageDesk();
    const sender = capSenderOf({ agency: 'demo' });
    const xml = [
      '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
      '<identifier>ack-1</identifier><sender>met</sender>',
      '<sent>2026-03-02T20:00:55-00:00</sent><status>Exercise</status><msgType>Ack</msgType>',
      '<scope>Private</scope><addresses>demo</addresses>',
      `<references>${sender},${eventId},2026-03-02T20:00:00-00:00</references></alert>`,
    ].join('');
    expect(await post(xml, 'application/cap+xml')).toMatchObject({ status: 200 });
    expect((await load()).newest.receipt).toEqual({ code: 'stored', at: later(60) });
    expect(await post(xml, 'application/cap+xml')).toMatchObject({ json: { outcome: 'known' } });
  });
});

describe('given a liaison with keys on record', () => {
  it('takes what it has signed', async () => {
    const { post, load } = await messageDesk(DESK_KEYS);
    expect(await post(await jws(ACCEPT), 'application/jose')).toMatchObject({ status: 200 });
    expect((await load()).answers.accepted).toMatchObject({ is: 'accepted' });
  });

  it.each([
    ['by a stranger', () => jws(ACCEPT, STRANGER.privateKey), 'application/jose'],
    ['under another name', () => jws(ACCEPT, DESK_PAIR.privateKey, 'desk-2'), 'application/jose'],
    ['by nobody, although under its token', async () => JSON.stringify(ACCEPT), 'application/json'],
  ])('what is signed %s is forged: refused, logged and counted', async (_, made, type) => {
    const { post, load, lines, measured } = await messageDesk(DESK_KEYS);
    expect(await post(await made(), type)).toMatchObject({
      ...{ status: 401, json: { code: 'not-signed-by-them' } },
    });
    expect((await load()).answers).toEqual(NO_ANSWERS);
    expect(measured).toContainEqual(['feedMessagesForged', 1]);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: { agencyId, liaisonId: 'met' } }),
    );
  });
});

describe('given a liaison that signs what is no text', () => {
  it('is told so, and nobody has forged anything', async () => {
    const { post, measured } = await messageDesk(DESK_KEYS);
    const signed = await new CompactSign(Uint8Array.of(123, 255, 254, 125))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'desk-1' })
      .sign(DESK_PAIR.privateKey);
    expect(await post(signed, 'application/jose')).toMatchObject({
      ...{ status: 400, json: { code: 'malformed-message' } },
    });
    expect(measured).toEqual([]);
  });
});

describe('given a liaison with a key on record that is none', () => {
  const ofBytes = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const OFF_CURVE = { kty: 'EC', crv: 'P-256', kid: 'off', x: ofBytes(1), y: ofBytes(1) };

  it('what it signs by that key is not signed by it', async () => {
    const { post, load } = await messageDesk([OFF_CURVE]);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(ACCEPT)))
      .setProtectedHeader({ alg: 'ES256', kid: 'off' })
      .sign(privateKey);
    expect(await post(signed, 'application/jose')).toMatchObject({ status: 401 });
    expect((await load()).answers).toEqual(NO_ANSWERS);
  });

  it('it is not put on record in the first place', async () => {
    const { ask } = keptApi();
    const asked = { path: { liaisonId: 'met' }, body: liaison({ publicKeys: [OFF_CURVE] }) };
    expect(await ask('PUT /v1/liaisons/{liaisonId}', asked)).toMatchObject({
      ...{ statusCode: 422, json: { problems: [{ code: 'unusable-key', path: 'publicKeys.0' }] } },
    });
    const good = { ...asked, body: liaison({ publicKeys: DESK_KEYS }) };
    expect((await ask('PUT /v1/liaisons/{liaisonId}', good)).statusCode).toBeLessThan(300);
  });
});

describe('an acknowledgement by id', () => {
  it('is a receipt: it is not sent again', async () => {
    const { change, load } = await messageDesk();
    await noteReceipt(change)({ agencyId }, eventId);
    expect((await load()).newest).toMatchObject({ nextTryAt: null, receipt: { code: 'stored' } });
  });

  it('of what nobody has to accept is nothing to us', async () => {
    const { change } = await messageDesk();
    const other = eventIdOf(incidentIdSchema.parse('b'.repeat(26)), 1);
    await expect(noteReceipt(change)({ agencyId }, other)).resolves.toBe(undefined);
  });
});

describe('what is left lying at liaisons', () => {
  it('is listed with what they have said of it, and how long ago', async () => {
    const { post, clock, ask } = await messageDesk();
    const listed = async () => Object(bodyOf(await ask('GET /v1/ageing'))).transfers;
    expect(await listed()).toMatchObject([
      {
        ...{ incidentId: INCIDENT, liaisonId: 'met', ageSeconds: 60, received: 'not-yet' },
        ...{ answer: null, live: null, notAccepted: null, status: 'Exercise' },
      },
    ]);
    await post(ACCEPT);
    clock.now = later(650);
    expect(await listed()).toMatchObject([
      {
        ...{ received: 'stored', answer: { is: 'accepted' } },
        live: { reference: 'EP-7', confirmedSecondsAgo: 600, since: toIso(later(50)) },
      },
    ]);
    expect(T).toBeLessThan(clock.now);
  });
});
