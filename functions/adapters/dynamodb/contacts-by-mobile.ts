import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { isReachable, stateOf } from '#domain/contacts/standing.ts';
import { contactAt, start, stop } from '#domain/contacts/verify.ts';
import type { ContactState, ContactStates } from '#domain/model/contact.ts';
import { type AgencyId, type PersonId, personIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import type { Person } from '#domain/model/person.ts';
import { contactChangesIn } from './contact-changes.ts';
import { MOBILE_OF_PREFIX, mobileKey, mobilePk } from './contact-keys.ts';
import { keyItem, readText, text } from './items.ts';
import { people } from './people.ts';
import { queryAll, startingWith } from './query.ts';

/** Names a person beside their mobile number, so that who texts us is found by it. */
export const mobilePut = (
  TableName: string,
  agencyId: AgencyId,
  { personId, mobile }: Pick<Person, 'personId' | 'mobile'>,
): TransactWriteItem[] => {
  if (mobile === null) return [];
  const Item = {
    ...keyItem(mobileKey(agencyId, mobile, personId)),
    entity: text('MOBILE'),
    personId: text(personId),
  };
  return [{ Put: { TableName, Item } }];
};

/**
 * People by their mobile numbers. A number may be of several, such as a phone that is handed on;
 * who has another number by now is not among them.
 */
export const contactsByMobile = (client: DynamoDBClient, table: string) => {
  const { loadKnown } = people(client, table);
  const { change } = contactChangesIn(client, table);

  const peopleWithMobile = async (agencyId: AgencyId, mobile: string): Promise<Person[]> => {
    const pk = mobilePk(agencyId, mobile);
    const items = await queryAll(client, startingWith(table, pk, MOBILE_OF_PREFIX));
    const ids = items.map((item) => personIdSchema.parse(readText(item, 'personId')));
    const known = await loadKnown(agencyId, ids);
    return known.flatMap(({ person }) => (person.mobile === mobile ? [person] : []));
  };

  type Sms = Readonly<{ agencyId: AgencyId; mobile: string; now: Instant }>;
  const changeSms = async (
    { agencyId, mobile, now }: Sms,
    next: (state: ContactState) => ContactState,
    isTold: boolean,
  ): Promise<PersonId[]> => {
    const changed: PersonId[] = [];
    for (const { personId } of await peopleWithMobile(agencyId, mobile)) {
      const did = await change({ agencyId, personId }, now, (known) => {
        const before = contactAt(stateOf(known, 'sms') ?? undefined, mobile);
        const sms = next(before);
        if (sms === before || known.person.mobile !== mobile) return null;
        const channels = { ...known.states?.channels, sms };
        const states: ContactStates = { personId, channels };
        const isTheLast = !isReachable({ person: known.person, states });
        const message: Memo = {
          ...{ about: 'stopped' as const, channel: 'sms' as const },
          ...{ personId, createdAt: now, isTheLast },
        };
        const told = { channel: 'sms' as const, name: `stopped.${now}`, message };
        return { states, messages: isTold ? [told] : [] };
      });
      if (did !== null) changed.push(personId);
    }
    return changed;
  };

  return {
    peopleWithMobile,
    /**
     * STOP: nobody with this number is sent a text message any more, and the duty manager hears of
     * it. Returns those of whom that was new.
     */
    stopContact: (agencyId: AgencyId, mobile: string, now: Instant): Promise<PersonId[]> =>
      changeSms({ agencyId, mobile, now }, (state) => stop(state, now), true),
    /** START: takes that back; the number has to be verified again. */
    startContact: (agencyId: AgencyId, mobile: string, now: Instant): Promise<PersonId[]> =>
      changeSms({ agencyId, mobile, now }, start, false),
  };
};
