import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attest,
  CODE_SECONDS,
  contactAt,
  newContact,
  sendCode,
  start,
  stop,
  takeCode,
} from '#domain/contacts/verify.ts';
import type { ContactState } from '#domain/model/contact.ts';
import { HOUR_SECONDS } from '#domain/model/instant.ts';
import { later, person, T } from '#test/support/alerts.ts';

const NEW = newContact('+447700900001');
const sent = (state: ContactState = NEW, now = T) =>
  sendCode(state, { nonce: 'n'.repeat(32), now }).state;
const give = (state: ContactState, isRight: boolean, now = later(60)) =>
  takeCode(state, { isRight, now });

describe('a code', () => {
  it('verifies the contact when it comes back in time, once', () => {
    const { state, refusal } = give(sent(), true);
    expect(refusal).toBeNull();
    expect(state).toMatchObject({ verified: { at: later(60), how: { kind: 'code' } }, code: null });
    expect(give(state, true).refusal?.code).toBe('no-code-sent');
  });

  it.each([
    ['never asked for', NEW, T, 'no-code-sent'],
    ['that comes too late', sent(), later(CODE_SECONDS), 'code-expired'],
  ])('%s is refused', (_, state, now, code) => {
    expect(give(state, true, now)).toEqual({ state, refusal: expect.objectContaining({ code }) });
  });

  it('is of no use after five wrong guesses, though it be right', () => {
    let state = sent();
    for (let tries = 0; tries < 5; tries += 1) {
      const taken = give(state, false);
      expect(taken.refusal?.code).toBe('code-wrong');
      state = taken.state;
    }
    expect(give(state, true).refusal?.code).toBe('code-used-up');
  });

  it('is sent five times an hour at most, whatever the address', () => {
    let state = NEW;
    for (let count = 0; count < 5; count += 1) state = sent(state, later(count));
    const another = contactAt(state, '+447700900002');
    const asked = sendCode(another, { nonce: 'x', now: later(10) });
    expect(asked.refusal?.code).toBe('too-many-codes');
    expect(sendCode(another, { nonce: 'x', now: later(HOUR_SECONDS) }).refusal).toBeNull();
  });
});

describe('STOP', () => {
  const verified = give(sent(), true).state;

  it('holds against codes and attestations alike, until START', () => {
    const stopped = stop(verified, later(100));
    expect(sendCode(stopped, { nonce: 'x', now: later(200) }).refusal?.code).toBe(
      'contact-stopped',
    );
    const told = { by: person('manager'), reason: 'called', now: later(200) };
    expect(attest(stopped, told).refusal?.code).toBe('contact-stopped');
    expect(give(stopped, true).refusal?.code).toBe('contact-stopped');
  });

  it('said twice changes nothing the second time', () => {
    const stopped = stop(verified, later(100));
    expect(stop(stopped, later(200))).toBe(stopped);
  });

  it('is taken back by START, and the contact is to be verified anew', () => {
    expect(start(stop(verified, later(100)))).toMatchObject({ stoppedAt: null, verified: null });
    expect(start(verified)).toBe(verified);
  });
});

describe('whatever is done to a contact, in whatever order', () => {
  const act = fc.constantFrom('send', 'right', 'wrong', 'attest', 'stop', 'start');

  it('is verified only by a right code that was sent, or by somebody who answers for it', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let state = NEW;
        let hasProof = false;
        for (const [i, what] of acts.entries()) {
          const now = later(i);
          const by = { by: person('manager'), reason: 'called', now };
          const before = state;
          if (what === 'send') state = sendCode(state, { nonce: 'x'.repeat(16), now }).state;
          if (what === 'right') state = give(state, true, now).state;
          if (what === 'wrong') state = give(state, false, now).state;
          if (what === 'attest') state = attest(state, by).state;
          if (what === 'stop') state = stop(state, now);
          if (what === 'start') state = start(state);
          const isProof =
            before.stoppedAt === null &&
            (what === 'attest' || (what === 'right' && (before.code?.triesLeft ?? 0) > 0));
          if (isProof) hasProof = true;
          if (what === 'start' && before.stoppedAt !== null) hasProof = false;
          expect(state.verified !== null).toBe(hasProof);
        }
      }),
    );
  });
});
