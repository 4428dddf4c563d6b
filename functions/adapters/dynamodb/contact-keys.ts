import type { AgencyId, PersonId, WearerId } from '#domain/model/ids.ts';
import type { PersonChannel } from '#domain/model/recipient.ts';
import { type Key, sharedKey } from './keys.ts';

const personPk = (agencyId: AgencyId, personId: PersonId): string =>
  sharedKey(agencyId, 'PERSON', personId).pk;

/** What is known of a person's contacts, beside the person. */
export const contactsKey = (agencyId: AgencyId, personId: PersonId): Key => ({
  pk: personPk(agencyId, personId),
  sk: 'CONTACTS',
});

/** Stands in the index of due instants, for when one of the contacts is to be verified again. */
export const contactsDueKey = (agencyId: AgencyId, personId: PersonId): Key => ({
  pk: personPk(agencyId, personId),
  sk: CONTACTS_DUE,
});
export const CONTACTS_DUE = 'CONTACTS_DUE';

/** Everybody who has, or once had, a mobile number. */
export const mobilePk = (agencyId: AgencyId, mobile: string): string =>
  `${agencyId}#MOBILE#${mobile}`;

export const mobileKey = (agencyId: AgencyId, mobile: string, personId: PersonId): Key => ({
  pk: mobilePk(agencyId, mobile),
  sk: `${MOBILE_OF_PREFIX}${personId}`,
});
export const MOBILE_OF_PREFIX = 'PERSON#';

export const mobileOfWearerKey = (agencyId: AgencyId, mobile: string, wearerId: WearerId): Key => ({
  pk: mobilePk(agencyId, mobile),
  sk: `${MOBILE_OF_WEARER_PREFIX}${wearerId}`,
});
export const MOBILE_OF_WEARER_PREFIX = 'WEARER#';

/** A message to a contact about itself: a code, a reminder; each once. */
export const contactMemoKey = (
  agencyId: AgencyId,
  { personId, channel }: Readonly<{ personId: PersonId; channel: PersonChannel }>,
  name: string,
): Key => ({ pk: personPk(agencyId, personId), sk: `OUTBOX#CONTACT#${channel}#${name}` });
