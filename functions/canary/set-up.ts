import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { DEVICE_LIMITS } from '#domain/ingest/allowance.ts';
import {
  type AgencyId,
  activationIdSchema,
  headEndIdSchema,
  tokenIdSchema,
} from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { policySchema } from '#domain/model/person.ts';
import { CANARY, TEST_WEARER } from '#domain/model/test-wearer.ts';
import { type Activation, wearerSchema } from '#domain/model/wearer.ts';
import type { Documents, DocumentWrite } from '../adapters/dynamodb/documents.ts';
import { json, keyItem, number, text } from '../adapters/dynamodb/items.ts';
import {
  activationKey,
  orderKey,
  sharedKey,
  tokenKey,
  wearerKey,
  wornKey,
} from '../adapters/dynamodb/keys.ts';
import { noticePut } from '../adapters/dynamodb/notice.ts';
import {
  type StoredToken,
  sha256Hex,
  tokenSchema,
  tokenText,
} from '../adapters/dynamodb/tokens.ts';

const ID = String(TEST_WEARER);
export const TEST_ACTIVATION = activationIdSchema.parse(ID);
const HEAD_END = headEndIdSchema.parse(ID);
const TOKEN = tokenIdSchema.parse(ID);
const DAY_SECONDS = 86_400;

export type SetUpDeps = Readonly<{
  agencyId: AgencyId;
  documents: Documents;
  monitoringTable: string;
}>;

const policy = policySchema.parse({
  ...{ policyId: ID, name: 'Test alerts', secondPersonFor: [], repeat: 20 },
  steps: [{ delaySeconds: 0, targets: [{ kind: 'canary' }] }],
  lastResort: { personIds: [CANARY], everySeconds: DAY_SECONDS },
});

/** A strap that is closed again has been opened again the next time it is. */
const orderFrom = (startsAt: Instant) => ({
  ...{ orderId: ID, type: 'civil', legalBasis: 'none: a test of the system itself' },
  ...{ startsAt: toIso(startsAt), timeZone: 'Etc/UTC', policyId: ID, responsibleOfficer: ID },
  ...{ conditions: [], earlySigns: null },
  deviceCare: { thresholds: { tamper: { staysClosedSeconds: 0 } } },
});

type Written = Pick<DocumentWrite, 'key' | 'entity' | 'body' | 'beside'>;

const activationOf = (
  { agencyId, monitoringTable: TableName }: SetUpDeps,
  now: Instant,
): Written => {
  const wearer = { agencyId, wearerId: TEST_WEARER };
  const body: Activation = {
    ...{ activationId: TEST_ACTIVATION, wearerId: TEST_WEARER, headEndId: HEAD_END },
    ...{ deviceSerial: ID, startsAt: secondsAfter(now, -DAY_SECONDS), endsAt: null },
    registeredAt: now,
  };
  const lookUp: TransactWriteItem = {
    Put: {
      TableName,
      Item: {
        ...keyItem(activationKey(agencyId, TEST_ACTIVATION)),
        ...{ wearerId: text(TEST_WEARER), entity: text('ACTIVATION-LOOKUP') },
        ...{ version: number(1), body: json(body) },
      },
    },
  };
  const key = wornKey(wearer, TEST_ACTIVATION);
  return { key, entity: 'ACTIVATION', body, beside: [lookUp] };
};

const documentsOf = (deps: SetUpDeps, now: Instant): readonly Written[] => {
  const { agencyId, monitoringTable } = deps;
  const wearer = { agencyId, wearerId: TEST_WEARER };
  const person = wearerSchema.parse({ wearerId: ID, name: 'Test alert' });
  const order = orderFrom(secondsAfter(now, -DAY_SECONDS));
  orderSchema.parse(order);
  const key = orderKey(wearer, orderSchema.shape.orderId.parse(ID));
  const notice = { ...wearer, changedAt: now, inForceAt: null };
  const beside = [noticePut(monitoringTable, key, { version: 1, notice })];
  return [
    { key: wearerKey(wearer), entity: 'WEARER', body: person },
    { key: sharedKey(agencyId, 'POLICY', ID), entity: 'POLICY', body: policy },
    activationOf(deps, now),
    { key, entity: 'ORDER', body: order, beside },
  ];
};

/**
 * Puts the test wearer on record, with a device, a policy that comes to nobody but the canary, and
 * an order. `made`: they were not there yet.
 */
export const setUp =
  (deps: SetUpDeps) =>
  async (now: Instant): Promise<'made' | 'there'> => {
    const written = documentsOf(deps, now);
    const found = await Promise.all(written.map(({ key }) => deps.documents.loadItem(key)));
    const lacking = written.filter((_, i) => found[i] === null);
    for (const { beside = [], ...one } of lacking) {
      const extra = { agencyId: text(deps.agencyId) };
      const changedAt = now;
      await deps.documents.save({ ...one, ...{ extra, beside, changedAt, readVersion: 0 } });
    }
    return lacking.length === 0 ? 'there' : 'made';
  };

/**
 * Makes a head-end's token for the one test device, which speaks for no feed. Its secret lives in
 * one sandbox; the sandbox before it loses its own.
 */
export const makeToken =
  ({ agencyId, documents }: SetUpDeps, newSecret: () => string) =>
  async (now: Instant): Promise<string> => {
    const key = tokenKey(agencyId, TOKEN);
    const known = await documents.load(key, tokenSchema);
    const token = tokenText({ agencyId, tokenId: TOKEN }, newSecret());
    const body: StoredToken = {
      ...{ tokenId: TOKEN, agencyId, sha256: sha256Hex(token), role: 'head-end' },
      ...{ headEndId: HEAD_END, liaisonId: null, deviceSerial: ID, limits: DEVICE_LIMITS },
      earlier: null,
      ...{ label: 'test alerts', isRevoked: false },
    };
    const readVersion = known?.version ?? 0;
    const saved = await documents.save({ key, entity: 'TOKEN', body, readVersion, changedAt: now });
    if (saved === 'conflict') throw new Error('another sandbox has just made its token');
    return token;
  };
