import type { Addressed } from '#domain/contacts/contact-of.ts';
import { addressesOf } from '#domain/contacts/standing.ts';
import { newContact } from '#domain/contacts/verify.ts';
import type { ContactState } from '#domain/model/contact.ts';
import type { Instant } from '#domain/model/instant.ts';
import { personSchema } from '#domain/model/person.ts';
import type { PersonChannel } from '#domain/model/recipient.ts';

/** Somebody with an address on each channel. */
const REACHED = {
  personId: 'sam',
  name: 'Sam Field',
  role: 'officer',
  mobile: '+447700900001',
  phone: '+442079460001',
  email: 'sam@agency.example',
  pushEndpointArn: 'arn:aws:sns:eu-west-2:123456789012:endpoint/APNS/pager/0a1b-2c3d',
  webhook: 'https://pages.agency.example/sam',
} as const;

type States = Partial<Record<PersonChannel, Partial<ContactState>>>;

/** A person with what is known of their contacts, each at the address that they have. */
export const known = (
  states: States = {},
  fields: Readonly<Record<string, unknown>> = {},
): Addressed => {
  const person = personSchema.parse({ ...REACHED, ...fields });
  const addresses = addressesOf(person);
  const stateOf = ([channel, state]: [string, Partial<ContactState>]) => {
    const address = Object(addresses)[channel] ?? '';
    return [channel, { ...newContact(address), ...state }];
  };
  return {
    person,
    topicArn: person.email === null ? null : 'arn:topic',
    states: {
      personId: person.personId,
      channels: Object.fromEntries(Object.entries(states).map(stateOf)),
    },
  };
};

export const verifiedAt = (at: Instant): Partial<ContactState> => ({
  verified: { at, how: { kind: 'code' } },
});
