import * as z from 'zod';
import { type Addressed, recipientOn } from '#domain/contacts/contact-of.ts';
import {
  addressesOf,
  channelsOf,
  isReachable,
  lapsesAt,
  standingAt,
  stateOf,
} from '#domain/contacts/standing.ts';
import {
  attest,
  type ContactChange,
  type ContactRefusal,
  contactAt,
  sendCode,
  takeCode,
} from '#domain/contacts/verify.ts';
import type { ContactState, ContactStates } from '#domain/model/contact.ts';
import { type AgencyId, type PersonId, personIdSchema } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import { plainWords } from '#domain/model/plain-words.ts';
import { type PersonChannel, personChannelSchema } from '#domain/model/recipient.ts';
import { contactChanges, type NamedMessage } from '../../adapters/dynamodb/contact-changes.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { isSameSecret } from '../../adapters/dynamodb/tokens.ts';
import { contactCode } from '../../adapters/secrets/contact-code.ts';
import type { ReadSecret } from '../../adapters/secrets/secret.ts';
import { webhookKey } from '../../adapters/secrets/webhook-key.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';

export type ContactRouteDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  linkSecret: ReadSecret;
  /** 128 random bits that a code is derived from. */
  newNonce: () => string;
}>;

const STATUS: Readonly<Record<ContactRefusal['code'], number>> = {
  'contact-stopped': 409,
  'no-code-sent': 409,
  'code-expired': 409,
  'code-used-up': 409,
  'code-wrong': 422,
  'too-many-codes': 429,
};

const refused = ({ code, message }: ContactRefusal): HttpResponse =>
  refusal(STATUS[code], { code, message });

const noAddress = (channel: PersonChannel): HttpResponse =>
  refusal(409, {
    code: 'no-address',
    message: `this person has no address for ${channel}: put it there first`,
  });

const personOf = ({ request }: Call) => personIdSchema.parse(request.pathParameters.personId);

const channelOf = ({ request }: Call): PersonChannel =>
  personChannelSchema.parse(request.pathParameters.channel, { error: plainWords });

const contactView = (known: Addressed, channel: PersonChannel, now: Call['now']) => {
  const state = stateOf(known, channel);
  const verified = state?.verified ?? null;
  return {
    channel,
    address: addressesOf(known.person)[channel],
    standing: standingAt(known, channel, now),
    verifiedAt: isoOrNull(verified?.at ?? null),
    verifiedBy: verified?.how ?? null,
    lapsesAt: verified === null ? null : toIso(lapsesAt(verified.at)),
    stoppedAt: isoOrNull(state?.stoppedAt ?? null),
    codeExpiresAt: isoOrNull(state?.code?.expiresAt ?? null),
  };
};

/** A person's contacts, and what each is worth. */
export const getContacts =
  ({ documents, monitoringTable }: ContactRouteDeps): Route =>
  async (call) => {
    const { agencyId, now } = call;
    const personId = personOf(call);
    const found = await contactChanges(documents, monitoringTable).load({ agencyId, personId });
    if (found === null) return notFound(`person ${personId}`);
    const { known } = found;
    return jsonResponse(200, {
      personId,
      isReachable: isReachable(known),
      contacts: channelsOf(known.person).map((channel) => contactView(known, channel, now)),
    });
  };

type Asked = Readonly<{
  /** What becomes of the contact. */
  next: (state: ContactState) => ContactChange;
  /** What is said of it in the same transaction. */
  told?: (known: Addressed, state: ContactState) => NamedMessage[];
}>;

/**
 * Changes one contact of a person; also where that is refused, for tries are counted. Returns it
 * as it then stands, or the answer that refuses.
 */
const changeContact = async (
  { documents, monitoringTable }: ContactRouteDeps,
  call: Call,
  { next, told = () => [] }: Asked,
): Promise<ReturnType<typeof contactView> | HttpResponse> => {
  const { agencyId, now } = call;
  const channel = channelOf(call);
  const personId = personOf(call);
  let answer: ReturnType<typeof contactView> | HttpResponse = notFound(`person ${personId}`);
  await contactChanges(documents, monitoringTable).change({ agencyId, personId }, now, (known) => {
    const address = addressesOf(known.person)[channel];
    if (address === null) {
      answer = noAddress(channel);
      return null;
    }
    const before = contactAt(known.states?.channels[channel], address);
    const { state, refusal: why } = next(before);
    const channels = { ...known.states?.channels, [channel]: state };
    const states: ContactStates = { personId, channels };
    answer = why === null ? contactView({ ...known, states }, channel, now) : refused(why);
    if (state === before) return null;
    return { states, messages: why === null ? told(known, state) : [] };
  });
  return answer;
};

/**
 * Sends a code to a contact of a person. It goes by the outbox like a page, and is kept nowhere:
 * what is kept is what it can be derived from. For a webhook the answer has the key under which it,
 * and every page, is signed.
 */
export const postContactCode =
  (deps: ContactRouteDeps): Route =>
  async (call) => {
    const { agencyId, now } = call;
    const nonce = deps.newNonce();
    const told = (known: Addressed, { code }: ContactState): NamedMessage[] => {
      const channel = channelOf(call);
      const recipient = recipientOn(known, channel);
      if (recipient === null || code === null) return [];
      const { expiresAt } = code;
      const message = { about: 'code', recipient, nonce, expiresAt, createdAt: now } as const;
      return [{ channel, name: `code.${nonce}`, message }];
    };
    const next = (state: ContactState): ContactChange => sendCode(state, { nonce, now });
    const contact = await changeContact(deps, call, { next, told });
    if (isResponse(contact)) return contact;
    const { channel, codeExpiresAt: expiresAt } = contact;
    const signed = { agencyId, personId: personOf(call) };
    const key =
      channel === 'webhook' ? { signingKey: webhookKey(signed, await deps.linkSecret()) } : {};
    return jsonResponse(202, { channel, expiresAt, ...key });
  };

const proofSchema = z.union(
  [
    z.object({ code: z.string().regex(/^\d{6}$/, 'a code has six digits') }).strict(),
    z.object({ attestedBy: personIdSchema, reason: z.string().min(1).max(500) }).strict(),
  ],
  { error: 'send the code of six digits, or attestedBy and a reason of at most 500 characters' },
);

/** Only somebody who is on record can answer for a contact, or the record would name nobody. */
const unknownWitness = ({ documents }: ContactRouteDeps, agencyId: AgencyId, id: PersonId) =>
  unknownAmong(documents, agencyId, [{ path: 'attestedBy', kind: 'PERSON', id }]);

/**
 * Verifies a contact: by the code that was sent there, or by the word of somebody who answers for
 * it, with the reason. It holds for 31 days.
 */
export const verifyContact =
  (deps: ContactRouteDeps): Route =>
  async (call) => {
    const { agencyId, now } = call;
    const channel = channelOf(call);
    const proof = readBody(proofSchema, call.request);
    if (isResponse(proof)) return proof;
    const unknown = 'code' in proof ? [] : await unknownWitness(deps, agencyId, proof.attestedBy);
    if (unknown.length > 0) return unacceptable(unknown);
    const secret = await deps.linkSecret();
    const isRight = (state: ContactState): boolean => {
      if (state.code === null || !('code' in proof)) return false;
      const { nonce } = state.code;
      const codeFor = { agencyId, personId: personOf(call), channel, nonce };
      return isSameSecret(proof.code, contactCode(codeFor, secret));
    };
    const next = (state: ContactState): ContactChange =>
      'code' in proof
        ? takeCode(state, { isRight: isRight(state), now })
        : attest(state, { by: proof.attestedBy, reason: proof.reason, now });
    const contact = await changeContact(deps, call, { next });
    return isResponse(contact) ? contact : jsonResponse(200, contact);
  };
