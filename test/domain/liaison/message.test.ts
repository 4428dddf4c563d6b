import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventIdOf } from '#domain/liaison/event.ts';
import { commandOf, messageSchema, whyNotNow } from '#domain/liaison/message.ts';
import { later, T } from '#test/support/alerts.ts';
import { INCIDENT } from '#test/support/transfers.ts';

const iat = T / 1_000;
const said = (fields: Readonly<Record<string, unknown>>) =>
  messageSchema.parse({ jti: 'm-1', iat, incidentId: INCIDENT, ...fields });
const AT = '2026-03-02T20:01:00Z';
const eventId = eventIdOf(INCIDENT, 1);

describe('given a message of a liaison', () => {
  it('its examples are messages', () => {
    const examples = z.array(z.unknown()).parse(messageSchema.meta()?.examples);
    expect(examples.map((one) => messageSchema.safeParse(one).success)).toEqual([true, true]);
  });

  it.each([
    [
      { type: 'receipt', eventId, code: 'stored' },
      { type: 'receipt', eventId, code: 'stored' },
    ],
    [
      { type: 'accept', at: AT, eventId, reference: 'EP-7' },
      {
        ...{ type: 'answer', answer: { is: 'accepted', at: later(60), text: '' } },
        ...{ eventId, reference: 'EP-7' },
      },
    ],
    [
      { type: 'reject', at: AT, cause: 'no-power', text: 'no order on record' },
      {
        answer: { is: 'rejected', cause: 'no-power', text: 'no order on record' },
        ...{ eventId: null, reference: null },
      },
    ],
    [{ type: 'complete', at: AT, outcome: 'aborted' }, { answer: { is: 'aborted' } }],
    [
      { type: 'live', reference: 'EP-7', asOf: AT },
      { type: 'live', asOf: later(60) },
    ],
  ])('%j is a command', (message, command) => {
    expect(commandOf(said(message))).toMatchObject(command);
  });

  it.each([
    ['of no type', { type: 'hello' }],
    ['with a field that there is none of', { type: 'live', reference: 'A', asOf: AT, more: 1 }],
    ['with a reference of two lines', { type: 'live', reference: 'A\nB', asOf: AT }],
    ['with a remark that commands a terminal', { type: 'accept', at: AT, text: '\u001b[2J' }],
    ['with a remark of two lines', { type: 'accept', at: AT, text: 'one\u2028two' }],
    ['with a remark of two paragraphs', { type: 'accept', at: AT, text: 'one\u2029two' }],
    ['with a remark that turns letters', { type: 'accept', at: AT, text: '\u202egnp.exe' }],
    ['with a remark that sets letters apart', { type: 'accept', at: AT, text: '\u2066a\u2069' }],
    ['with a remark cut within a character', { type: 'accept', at: AT, text: 'yes \ud83d' }],
    ['without an id', { type: 'live', reference: 'A', asOf: AT, jti: '' }],
    ['with a local time', { type: 'live', reference: 'A', asOf: '2026-03-02T20:01:00' }],
    ['of an incident that is none', { type: 'live', reference: 'A', asOf: AT, incidentId: '1' }],
    ['with a cause of their own', { type: 'reject', at: AT, cause: 'raining' }],
  ])('%s it is refused', (_, fields) => {
    expect(() => said(fields)).toThrow();
  });

  it('whatever is sent is a message or is not, and nothing else comes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect([true, false]).toContain(messageSchema.safeParse(value).success);
      }),
    );
  });
});

describe('when a message may be taken', () => {
  it.each([
    ['now', { iat }, null],
    ['after a quarter of an hour', { iat: iat - 901 }, 'stale'],
    ['within a quarter of an hour', { iat: iat - 899 }, null],
    ['with a clock a little ahead', { iat: iat + 299 }, null],
    ['from the future', { iat: iat + 301 }, 'from-the-future'],
    ['past its end', { iat, exp: iat }, 'expired'],
    ['before its end', { iat, exp: iat + 1 }, null],
  ])('%s', (_, times, why) => {
    expect(whyNotNow(times, T)).toBe(why);
  });
});
