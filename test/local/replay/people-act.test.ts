import { describe, expect, it } from 'vitest';
import { type Instant, instant, MINUTE_MILLISECONDS } from '#domain/model/instant.ts';
import type { OutboxEntry } from '#local/cloud/outbox/outbox.ts';
import { plannedActs, readerOfMessages } from '#local/replay/people-act.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';

const SENT: Instant = instant(100 * MINUTE_MILLISECONDS + 300);
const LINK = 'http://127.0.0.1:1/v1/acknowledge/demo.AAAAAAAAAAAAAAAAAAAAAA';

const message = (to: string, text: string): OutboxEntry => ({
  ...{ channel: 'sms', to, text, attributes: {}, messageId: 'm', sequence: 1 },
  ...{ acceptedAt: SENT, acceptedRealAt: 0 },
});

describe('given somebody who will press the link in a text message', () => {
  const [reid, brandt] = DEMO_WORLD.people.map(({ mobile }) => mobile ?? '');
  if (reid === undefined || brandt === undefined)
    throw new Error('The demo world has two officers.');

  it('does so after as many minutes as they take, once', () => {
    const read = readerOfMessages(DEMO_WORLD);
    const text = `URGENT: Daniel Okafor (W-101) ... Take it: ${LINK}`;
    expect(read(message(reid, text))?.at).toBe(103 * MINUTE_MILLISECONDS);
    expect(read(message(reid, text))).toBeNull();
  });

  it('does nothing about a message to another, of another wearer, or without a link', () => {
    const read = readerOfMessages(DEMO_WORLD);
    expect(read(message(brandt, `Daniel Okafor (W-101) Take it: ${LINK}`))).toBeNull();
    expect(read(message(reid, `Lukas Huber (W-102) Take it: ${LINK}`))).toBeNull();
    expect(read(message(reid, 'STAND DOWN: Daniel Okafor (W-101)'))).toBeNull();
  });
});

describe('given what an agency puts on record in the middle of the day', () => {
  it('is put there at its instant, under its name', async () => {
    const asked: unknown[] = [];
    const ask = (method: string) => async (path: string, body?: object) =>
      void asked.push([method, path, body]);
    const api = { get: ask('get'), put: ask('put'), post: ask('post') };
    const call = { name: 'excuse', method: 'put', at: SENT, path: '/v1/a', body: { b: 1 } };
    const acts = [{ kind: 'call' as const, ...call, method: 'put' as const }];
    const [planned] = plannedActs({ ...DEMO_WORLD, acts }, api);
    expect([planned?.name, planned?.at]).toEqual(['excuse', SENT]);
    await planned?.run();
    expect(asked).toEqual([['put', '/v1/a', { b: 1 }]]);
  });
});
