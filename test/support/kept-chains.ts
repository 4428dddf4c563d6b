import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type AgencyId, agencyIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { type Anchor, signedTextOf } from '#domain/record/anchor.ts';
import {
  commitmentOf,
  hashOfLink,
  type Link,
  NOTHING_BEFORE,
  type Opening,
} from '#domain/record/link.ts';
import { anchors } from '#functions/adapters/dynamodb/anchors.ts';
import { LINK_PREFIX, sealedPk } from '#functions/adapters/dynamodb/chain-keys.ts';
import { chainStretches } from '#functions/adapters/dynamodb/chain-stretches.ts';
import { chains, linkFrom } from '#functions/adapters/dynamodb/chains.ts';
import { text } from '#functions/adapters/dynamodb/items.ts';
import { queryAll, startingWith } from '#functions/adapters/dynamodb/query.ts';
import { entryPut } from '#functions/adapters/dynamodb/record.ts';
import { recordExports } from '#functions/adapters/dynamodb/record-exports.ts';
import { unsealed } from '#functions/adapters/dynamodb/unsealed.ts';
import type { SigningKey } from '#functions/adapters/kms/signing-key.ts';
import { anchorObjects } from '#functions/adapters/s3/anchor-objects.ts';
import { recordArchive } from '#functions/adapters/s3/record-archive.ts';
import type { RunDeps } from '#functions/seal/run.ts';
import { fakeObjects } from './fakes/fake-objects.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { sha256 } from './sealed.ts';
import { at } from './supervisions.ts';

export const KENT: AgencyId = agencyIdSchema.parse('kent');
export const SEALING_AT = at('2026-10-24T20:05:02Z');

/** A key as KMS has it, that can also verify what it signed. */
export const madeKey = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const key: SigningKey = {
    sign: async (said) => sign('sha256', Buffer.from(said), privateKey).toString('base64'),
    loadPublicKey: async () => ({
      publicKey: der.toString('base64'),
      keyId: createHash('sha256').update(der).digest('hex'),
    }),
  };
  return key;
};

/** Whether a signature is that of the key over the anchor, told as a verifier tells. */
export const isSigned = (anchor: Anchor, signature: string, publicKey: string): boolean => {
  const key = createPublicKey({
    ...{ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' },
  });
  return verify('sha256', Buffer.from(signedTextOf(anchor)), key, Buffer.from(signature, 'base64'));
};

type Tables = Readonly<{ record: string; chain: string }>;

/** Chains over a store: what the function needs, and what a test looks at. */
export const keptChains = (client: DynamoDBClient, tables: Tables) => {
  const told = recordedTelemetry();
  const bucket = fakeObjects();
  const archive = fakeObjects();
  let now = SEALING_AT;
  let salts = 0;
  const deps: RunDeps = {
    now: () => now,
    hash: sha256,
    newSalt: () => {
      salts += 1;
      return createHash('sha256').update(`salt ${salts}`).digest('base64url');
    },
    agencyId: KENT,
    chains: chains(client, tables, sha256),
    loadUnsealed: unsealed(client, tables.record),
    anchors: anchors(client, tables.chain, sha256),
    key: madeKey(),
    anchorObjects: anchorObjects(bucket.objects),
    stretches: chainStretches(client, tables),
    recordArchive: recordArchive(archive.objects, sha256),
    telemetry: told.telemetry,
  };

  /** Puts the nth entry of a chain on record, and gives its item. */
  const putEntry = async (chain: string, nth: number, day: Instant = SEALING_AT) => {
    const happenedAt = secondsAfter(day, -3600 + nth);
    const key = { pk: chain, sk: `${toIso(happenedAt)}#EVALUATE#${nth}` };
    const entry = { at: happenedAt, type: 'violation-opened', body: { nth, says: 'é' } };
    const { Put } = entryPut(tables.record, key, entry);
    await client.send(new PutItemCommand(Put));
    return Put.Item ?? {};
  };

  const linksOf = async (chain: string): Promise<Link[]> =>
    (await queryAll(client, startingWith(tables.chain, chain, LINK_PREFIX))).map(linkFrom);

  const saltsOf = async (chain: string): Promise<Map<string, string>> => {
    const items = await queryAll(client, {
      ...{ TableName: tables.record, ConsistentRead: true },
      ...{ KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': text(sealedPk(chain)) },
    });
    return new Map(items.map((item) => [item.sk?.S ?? '', item.salt?.S ?? '']));
  };

  /** What is wrong with a chain; null: each entry has one link, and each leads to the next. */
  const problemOf = async (chain: string): Promise<string | null> => {
    const [links, salts] = [await linksOf(chain), await saltsOf(chain)];
    const entries = await deps.chains.loadEntries(chain);
    let previous = NOTHING_BEFORE;
    for (const [i, link] of links.entries()) {
      if (link.position !== i + 1 || link.previous !== previous) return `broken at ${i + 1}`;
      const entry = entries.find(({ name }) => name === link.name);
      const salt = salts.get(link.name);
      if (entry === undefined || salt === undefined) return `nothing opens ${i + 1}`;
      const opening: Opening = { salt, entry };
      if (commitmentOf(sha256, opening) !== link.commitment) return `not committed to ${i + 1}`;
      previous = hashOfLink(sha256, link);
    }
    const names = new Set(links.map(({ name }) => name));
    if (names.size !== links.length) return 'an entry is sealed twice';
    return names.size === entries.length ? null : `${entries.length - names.size} are not sealed`;
  };

  return {
    loadAnchorsOf: async (chain: string) =>
      (await recordExports(client, tables, sha256).loadAnchors(KENT, chain, null)).found,
    ...{ deps, told, bucket, archive, putEntry, linksOf, saltsOf, problemOf },
    moveTo: (then: Instant) => {
      now = then;
    },
  };
};
