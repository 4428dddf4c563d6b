import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { messageSchema } from '#domain/liaison/message.ts';
import { rejectionCauseSchema } from '#domain/model/transfer-trouble.ts';
import {
  decide,
  messageOf,
  readDecision,
  sendDecided,
  signerFrom,
} from '../../../examples/police-subscriber/answers.ts';
import { FeedProblem } from '../../../examples/police-subscriber/feed-client.ts';
import { Journal } from '../../../examples/police-subscriber/journal.ts';
import type { Heard } from '../../../examples/police-subscriber/wire.ts';
import { anEvent } from './given-events.ts';

const INCIDENT = 'k3v7q2mzj5x4wd6hbtyr2nae3c';
const event = { ...anEvent(INCIDENT, 1), type: 'homeward.alert.raised.v1' };
const NOW = new Date('2026-11-21T18:43:00.000Z');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sentSchema = z.object({ type: z.string(), jti: z.string(), at: z.string() });

const NOTED: Heard = { changes: [] };

/** A desk whose agency answers what `fail` throws. */
const aDesk = (fail: (nth: number) => Error | null = () => null, heard: Heard = NOTED) => {
  const sent: [contentType: string, body: string][] = [];
  const client = {
    message: async (...message: [contentType: string, body: string]) => {
      sent.push(message);
      const failure = fail(sent.length);
      if (failure !== null) throw failure;
      return heard;
    },
  };
  /** In a process of its own, as far as it remembers: all it has is the journal. */
  const open = () => {
    const journal = new Journal(join(folder, 'journal.jsonl'));
    journal.store(event);
    const parts = { journal, client, sign: null, say: () => undefined };
    return { journal, send: () => sendDecided(parts), parts };
  };
  const messages = () => sent.map(([, body]) => sentSchema.parse(JSON.parse(body)));
  return { sent, open, messages };
};

describe('a decision', () => {
  it.each([
    'accept',
    'accept WY-20261121-0412',
    ...rejectionCauseSchema.options.map((cause) => `reject ${cause}`),
  ])('%s is a message that the agency reads', (words) => {
    const message = { ...messageOf(event, readDecision(words), NOW), iat: 1_764_000_000 };
    expect(messageSchema.safeParse(message).error).toBeUndefined();
  });

  it.each(['', 'maybe', 'reject', 'reject because'])('is not read from "%s"', (words) => {
    expect(() => readDecision(words)).toThrow();
  });

  it('that is made again after another one is another message, and a later one', async () => {
    const desk = aDesk();
    const { journal, send } = desk.open();
    for (const words of ['accept', 'reject no-power', 'accept']) {
      decide(journal, event, readDecision(words));
    }
    await send();
    const messages = desk.messages();
    expect(messages.map(({ type }) => type)).toEqual(['accept', 'reject', 'accept']);
    expect(new Set(messages.map(({ jti }) => jti)).size).toBe(3);
    const instants = messages.map(({ at }) => at);
    expect([...new Set(instants)].sort()).toEqual(instants);
    expect(journal.inbox.answers.to(event.id)).toBe('accept');
    journal.close();
  });

  it('is the same message when it is sent again, also after a crash', async () => {
    const desk = aDesk((nth) => (nth === 1 ? new FeedProblem(503, 'messages') : null));
    const first = desk.open();
    decide(first.journal, event, { type: 'accept' });
    await expect(first.send()).rejects.toThrow('503');
    first.journal.close();
    const second = desk.open();
    await second.send();
    await second.send();
    second.journal.close();
    const [once, again, ...more] = desk.messages();
    expect(again).toEqual(once);
    expect(more).toEqual([]);
  });

  it('is signed with the key that is given, and noted', async () => {
    const agency = await generateKeyPair('ES256', { extractable: true });
    const path = join(folder, 'key.jwk');
    writeFileSync(path, JSON.stringify({ ...(await exportJWK(agency.privateKey)), kid: 'a' }));
    const desk = aDesk();
    const { journal, parts } = desk.open();
    decide(journal, event, { type: 'accept' });
    await sendDecided({ ...parts, sign: await signerFrom(path) });
    const [[contentType, jws] = ['', '']] = desk.sent;
    expect(contentType).toBe('application/jose');
    const { payload } = await compactVerify(jws, agency.publicKey);
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ type: 'accept' });
    expect(journal.inbox.answers.to(event.id)).toBe('accept');
    expect(journal.inbox.unanswered).toEqual([]);
    journal.close();
  });

  it('goes under the token where there is no key', async () => {
    const desk = aDesk();
    const { journal, send } = desk.open();
    decide(journal, event, { type: 'reject', cause: 'no-power' });
    await send();
    expect(desk.sent[0]?.[0]).toBe('application/json');
    journal.close();
  });

  it.each([
    ['rejected', true, true],
    ['accepted', true, true],
    ['accepted', false, false],
    ['completed', false, false],
    [null, false, true],
  ])('to accept where %s stands (people called: %s) is told to the desk', async (...said) => {
    const [stands, peopleCalled, isTold] = said;
    const desk = aDesk(() => null, { changes: [{ stands, peopleCalled }] });
    const { journal, send } = desk.open();
    decide(journal, event, { type: 'accept' });
    await send();
    expect(journal.inbox.answers.to(event.id)?.includes('DOES NOT COUNT')).toBe(isTold);
    expect(journal.inbox.answers.unsent).toEqual([]);
    journal.close();
  });

  it('that the agency will never take is noted as refused, and not sent again', async () => {
    const desk = aDesk(() => new FeedProblem(422, 'messages'));
    const { journal, send } = desk.open();
    decide(journal, event, { type: 'accept' });
    await send();
    await send();
    expect(desk.sent).toHaveLength(1);
    expect(journal.inbox.answers.to(event.id)).toBe('refused 422');
    journal.close();
  });

  it.each([401, 403, 429, 500, 503])(
    'that is answered with %d holds up no other',
    async (status) => {
      const desk = aDesk((nth) => (nth === 1 ? new FeedProblem(status, 'messages') : null));
      const { journal, send } = desk.open();
      const other = { ...anEvent('other', 1), type: 'homeward.alert.raised.v1' };
      journal.store(other);
      decide(journal, event, { type: 'accept' });
      decide(journal, other, { type: 'accept' });
      await expect(send()).rejects.toThrow(String(status));
      expect(journal.inbox.answers.to(other.id)).toBe('accept');
      expect(journal.inbox.answers.unsent).toHaveLength(1);
      await send();
      expect(journal.inbox.answers.unsent).toEqual([]);
      journal.close();
    },
  );
});
