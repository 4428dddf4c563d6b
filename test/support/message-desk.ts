import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { eventIdOf } from '#domain/liaison/event.ts';
import { toIso } from '#domain/model/instant.ts';
import { noteUnusable } from '#functions/adapters/dynamodb/delivery-trouble.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { takenMessages } from '#functions/adapters/dynamodb/taken-messages.ts';
import { later } from './alerts.ts';
import { bodyOf, httpRequest } from './http.ts';
import { keptApi } from './kept-api.ts';
import { keptTransfers } from './kept-transfers.ts';
import { liaison } from './liaisons.ts';
import { WEARER } from './supervisions.ts';
import { INCIDENT } from './transfers.ts';

const ROUTE = 'POST /v1/feeds/{liaisonId}/messages';
const { agencyId } = WEARER;

/** The keys of a liaison, and of somebody else. */
export const DESK_PAIR = generateKeyPairSync('ed25519');
export const STRANGER = generateKeyPairSync('ed25519');
export const DESK_KEYS = [{ ...DESK_PAIR.publicKey.export({ format: 'jwk' }), kid: 'desk-1' }];

export type Fields = Readonly<Record<string, unknown>>;

/** A message of a liaison, written a minute after its incident was sent. */
export const says = (fields: Fields, jti = 'm-1', iat = later(60) / 1_000): Fields => ({
  ...{ jti, iat, incidentId: INCIDENT, ...fields },
});
export const ACCEPT = says({
  ...{ type: 'accept', at: toIso(later(50)), reference: 'EP-7' },
  eventId: eventIdOf(INCIDENT, 1),
});

/** A message as somebody signs it: as the liaison itself, unless said otherwise. */
export const jws = (message: Fields, key: KeyObject = DESK_PAIR.privateKey, kid = 'desk-1') =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(message)))
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .sign(key);

/** The door of a liaison whose incident was sent a minute ago. */
export const messageDesk = async (publicKeys: readonly object[] = []) => {
  const kept = keptTransfers();
  await kept.begin();
  kept.clock.now = later(60);
  const api = keptApi({
    clock: () => kept.clock.now,
    deps: {
      transfers: kept.store,
      changeTransfer: kept.change,
      takenMessages: takenMessages(kept.client, 'monitoring'),
      loadLiaison: async () => liaison({ publicKeys }),
      liaisonFeeds: liaisonFeeds(kept.client, 'monitoring'),
      noteUnusable: noteUnusable(kept.client, 'monitoring'),
    },
  });
  const post = async (
    body: unknown,
    type = 'application/json',
    { who = 'met', path = who }: Readonly<{ who?: string; path?: string }> = {},
  ) => {
    const request = httpRequest({
      ...{ routeKey: ROUTE, headers: { 'content-type': type }, path: { liaisonId: path } },
      ...{ body: body instanceof Uint8Array ? Buffer.from(body).toString('base64') : body },
      who: { role: 'liaison', agencyId, liaisonId: who, tokenId: 't-1' },
    });
    const isBase64Encoded = body instanceof Uint8Array;
    const response = await api.handle({ ...request, isBase64Encoded });
    return { status: response.statusCode, json: Object(bodyOf(response)) };
  };
  return { ...kept, ...api, post };
};
