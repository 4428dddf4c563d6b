import type { ContactState } from '../model/contact.ts';
import type { PersonId } from '../model/ids.ts';
import { HOUR_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';

/** An e-mail may take some minutes, and whoever asked for the code reads it out over the phone. */
export const CODE_SECONDS = 1_800;
/** Of a million codes: five guesses at each of at most five codes an hour. */
const TRIES = 5;
const MOST_CODES_AN_HOUR = 5;

export type ContactRefusal = Readonly<{
  code:
    | 'contact-stopped'
    | 'too-many-codes'
    | 'no-code-sent'
    | 'code-expired'
    | 'code-wrong'
    | 'code-used-up';
  message: string;
}>;

/** A contact after something was asked of it; where that was refused, why. */
export type ContactChange = Readonly<{ state: ContactState; refusal: ContactRefusal | null }>;

const refuse = (
  state: ContactState,
  code: ContactRefusal['code'],
  message: string,
): ContactChange => ({ state, refusal: { code, message } });

/** A contact at an address of which nothing is known. Codes sent before stay counted. */
export const newContact = (
  address: string,
  codesSentAt: readonly Instant[] = [],
): ContactState => ({
  address,
  verified: null,
  stoppedAt: null,
  code: null,
  codesSentAt: [...codesSentAt],
  reminded: { soonOf: null, lapseOf: null },
});

/** The state to go on from: what was known, if it is of this address. */
export const contactAt = (known: ContactState | undefined, address: string): ContactState =>
  known?.address === address ? known : newContact(address, known?.codesSentAt);

const isStopped = ({ stoppedAt }: ContactState): boolean => stoppedAt !== null;
const STOPPED = 'its owner has stopped messages there, and can take that back by texting START';

/** Sends a code that can be derived from a nonce; it replaces the one before. */
export const sendCode = (
  state: ContactState,
  { nonce, now }: Readonly<{ nonce: string; now: Instant }>,
): ContactChange => {
  if (isStopped(state)) return refuse(state, 'contact-stopped', STOPPED);
  const lastHour = state.codesSentAt.filter((at) => at > secondsAfter(now, -HOUR_SECONDS));
  if (lastHour.length >= MOST_CODES_AN_HOUR) {
    return refuse(state, 'too-many-codes', `at most ${MOST_CODES_AN_HOUR} codes an hour: wait`);
  }
  const code = { nonce, expiresAt: secondsAfter(now, CODE_SECONDS), triesLeft: TRIES };
  return { state: { ...state, code, codesSentAt: [...lastHour, now] }, refusal: null };
};

const verified = (state: ContactState, verification: ContactState['verified']): ContactState => ({
  ...state,
  verified: verification,
  code: null,
});

/** Takes the code that came back: right or wrong, by whoever can derive it. */
export const takeCode = (
  state: ContactState,
  { isRight, now }: Readonly<{ isRight: boolean; now: Instant }>,
): ContactChange => {
  const { code } = state;
  if (isStopped(state)) return refuse(state, 'contact-stopped', STOPPED);
  if (code === null) return refuse(state, 'no-code-sent', 'ask for a code first');
  if (now >= code.expiresAt) return refuse(state, 'code-expired', 'ask for a new code');
  if (code.triesLeft === 0) return refuse(state, 'code-used-up', 'ask for a new code');
  if (isRight) {
    return { state: verified(state, { at: now, how: { kind: 'code' } }), refusal: null };
  }
  const triesLeft = code.triesLeft - 1;
  const message = triesLeft === 0 ? 'ask for a new code' : `${triesLeft} more tries`;
  return refuse({ ...state, code: { ...code, triesLeft } }, 'code-wrong', message);
};

/** Somebody answers for it that the person is reached there. */
export const attest = (
  state: ContactState,
  { by, reason, now }: Readonly<{ by: PersonId; reason: string; now: Instant }>,
): ContactChange =>
  isStopped(state)
    ? refuse(state, 'contact-stopped', STOPPED)
    : {
        state: verified(state, { at: now, how: { kind: 'attested', by, reason } }),
        refusal: null,
      };

/** The person wants no more messages there. Stopped already: nothing changes. */
export const stop = (state: ContactState, now: Instant): ContactState =>
  isStopped(state) ? state : { ...state, stoppedAt: now, code: null };

/** The person takes their STOP back: it has to be verified as if it were new. */
export const start = (state: ContactState): ContactState =>
  isStopped(state) ? { ...state, stoppedAt: null, verified: null } : state;
