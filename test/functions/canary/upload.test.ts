import { describe, expect, it } from 'vitest';
import { sentEventSchema } from '#domain/model/device-event.ts';
import { type Answer, upload } from '#functions/canary/upload.ts';
import { T } from '#test/support/alerts.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';

const ACCEPTED: Answer = { status: 202, body: { accepted: 2, refused: [] } };

const uploading = (answers: (Answer | Error)[]) => {
  const posted: (readonly [token: string, body: string])[] = [];
  let tokens = 0;
  const send = upload({
    post: async (body, token) => {
      posted.push([token, body]);
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      return answer;
    },
    makeToken: async () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    log: recordedTelemetry().telemetry.log,
  });
  return { send: () => send(T), tokensUsed: () => posted.map(([token]) => token), posted };
};

describe('a round', () => {
  it('is two events of one device: what was open is closed, and opened again', async () => {
    const { send, posted } = uploading([ACCEPTED]);
    expect(await send()).toBe(true);
    const [, body = ''] = posted[0] ?? [];
    const events = body
      .trim()
      .split('\n')
      .map((line) => sentEventSchema.parse(JSON.parse(line)));
    expect(events).toMatchObject([
      { strap: 'closed', recordedAt: T - 1000 },
      { strap: 'open', recordedAt: T },
    ]);
  });

  it('is sent under one token, made anew where it is not known any more', async () => {
    const { send, tokensUsed } = uploading([ACCEPTED, { status: 401, body: '' }, ACCEPTED]);
    expect(await send()).toBe(true);
    expect(await send()).toBe(true);
    expect(tokensUsed()).toEqual(['token-1', 'token-1', 'token-2']);
  });

  it.each([
    ['with no answer', new Error('timeout')],
    ['with an error', { status: 503, body: 'no' }],
    ['for one of its events', { status: 202, body: { accepted: 1, refused: [{}] } }],
  ] as const)('is refused %s', async (_, answer) => {
    const { send } = uploading([answer]);
    expect(await send()).toBe(false);
  });

  it('is refused where no token helps, after one try more', async () => {
    const { send, tokensUsed } = uploading([
      { status: 403, body: '' },
      { status: 403, body: '' },
    ]);
    expect(await send()).toBe(false);
    expect(tokensUsed()).toHaveLength(2);
  });
});
