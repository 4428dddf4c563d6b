import type { ContactState, ContactStates } from '../model/contact.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import type { Person } from '../model/person.ts';
import { type PersonChannel, personChannelSchema } from '../model/recipient.ts';

/** People change phones: what was verified a month ago has to be verified again. */
const LAPSES_AFTER_SECONDS = 31 * DAY_SECONDS;

/** What a contact is worth; one that has lapsed is used as if it had not, and the manager told. */
export type Standing = 'verified' | 'lapsed' | 'unverified' | 'stopped';

/** A person with what is known of their contacts; null: nothing yet. */
export type Known = Readonly<{ person: Person; states: ContactStates | null }>;

/** A person's addresses by channel. Nobody is called who neither asks for it nor gives a phone. */
export const addressesOf = (person: Person): Readonly<Record<PersonChannel, string | null>> => {
  const isCalled = person.tellBy.some(({ channel }) => channel === 'voice');
  return {
    sms: person.mobile,
    voice: person.phone ?? (isCalled ? person.mobile : null),
    email: person.email,
    push: person.pushEndpointArn,
    webhook: person.webhook,
  };
};

/** The channels on which a person has an address, in no order. */
export const channelsOf = (person: Person): PersonChannel[] => {
  const addresses = addressesOf(person);
  return personChannelSchema.options.filter((channel) => addresses[channel] !== null);
};

/** What is known of a channel at the address that the person has now. */
export const stateOf = ({ person, states }: Known, channel: PersonChannel): ContactState | null => {
  const state = states?.channels[channel] ?? null;
  return state !== null && state.address === addressesOf(person)[channel] ? state : null;
};

/** When a verification lapses. */
export const lapsesAt = (verifiedAt: Instant): Instant =>
  secondsAfter(verifiedAt, LAPSES_AFTER_SECONDS);

/** When a contact was verified; a number that was verified by text is good for calls as well. */
const verifiedAtOf = (known: Known, channel: PersonChannel): Instant | null => {
  const own = stateOf(known, channel)?.verified?.at ?? null;
  const { mobile } = known.person;
  if (own !== null || channel !== 'voice' || addressesOf(known.person).voice !== mobile) return own;
  const text = stateOf(known, 'sms');
  return text === null || text.stoppedAt !== null ? null : (text.verified?.at ?? null);
};

/** What a person's contact on a channel is worth at an instant. */
export const standingAt = (known: Known, channel: PersonChannel, at: Instant): Standing => {
  if ((stateOf(known, channel)?.stoppedAt ?? null) !== null) return 'stopped';
  const verifiedAt = verifiedAtOf(known, channel);
  if (verifiedAt === null) return 'unverified';
  return at < lapsesAt(verifiedAt) ? 'verified' : 'lapsed';
};

/** Whether a page may go there; what has lapsed still may. */
export const worthOf = (
  known: Known,
  channel: PersonChannel,
): 'usable' | 'unverified' | 'stopped' => {
  if ((stateOf(known, channel)?.stoppedAt ?? null) !== null) return 'stopped';
  return verifiedAtOf(known, channel) === null ? 'unverified' : 'usable';
};

/** Whether a person has a contact that was shown to reach them, however long ago. */
export const isReachable = (known: Known): boolean =>
  channelsOf(known.person).some((channel) => worthOf(known, channel) === 'usable');
