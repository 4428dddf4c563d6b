import type { DemographicsLine } from '#domain/exchange/demographics-line.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import { personSchema } from '#domain/model/person.ts';
import { referencesOf } from '#domain/model/references.ts';
import { activationSchema, wearerSchema } from '#domain/model/wearer.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { KeptVersion, WearerVersions } from '../../adapters/dynamodb/wearer-versions.ts';
import { type ReadPortion, UnknownPosition } from './portion.ts';

export type DemographicsDeps = Readonly<{
  documents: Pick<Documents, 'load'>;
  wearerVersions: WearerVersions;
}>;

const datesOf = ({ version, changedAt, inForceAt }: KeptVersion) => ({
  ...{ version, recordedAt: toIso(changedAt), inForceAt: toIso(inForceAt) },
});

/**
 * Any document as it is kept; also one that can be read as nothing else any more. What there is one
 * of, such as a plan, goes by what it is.
 */
const documentLine = (kept: KeptVersion): DemographicsLine => {
  const of = kept.kind.toLowerCase();
  return {
    ...{ kind: 'document', of, id: kept.id === '' ? of : kept.id },
    ...{ ...datesOf(kept), document: { ...kept.document } },
  };
};

const orderLine = (kept: KeptVersion): DemographicsLine => {
  const read = orderSchema.safeParse(kept.document);
  if (!read.success) return documentLine(kept);
  const { orderId, type, legalBasis, startsAt, endsAt, timeZone, responsibleOfficer } = read.data;
  return {
    ...{ kind: 'order', orderId, type, legalBasis, timeZone, responsibleOfficer },
    ...{ startsAt: toIso(startsAt), endsAt: isoOrNull(endsAt) },
    ...{ ...datesOf(kept), document: { ...kept.document } },
  };
};

const subjectLine = (kept: KeptVersion): DemographicsLine => {
  const read = wearerSchema.safeParse(kept.document);
  if (!read.success) return documentLine(kept);
  const { wearerId: subjectId, name, mobile } = read.data;
  const { version, recordedAt } = datesOf(kept);
  return { kind: 'subject', subjectId, name, mobile, version, recordedAt };
};

const deviceLine = (kept: KeptVersion): DemographicsLine => {
  const read = activationSchema.safeParse(kept.document);
  if (!read.success) return documentLine(kept);
  const worn = read.data;
  const { version, recordedAt } = datesOf(kept);
  return {
    ...{ kind: 'device', deviceId: worn.deviceSerial, activationId: worn.activationId },
    ...{ headEndId: worn.headEndId, deviceBatch: worn.deviceBatch ?? null },
    ...{ startsAt: toIso(worn.startsAt), endsAt: isoOrNull(worn.endsAt), version, recordedAt },
  };
};

const LINE_OF: Readonly<Record<string, (kept: KeptVersion) => DemographicsLine>> = {
  WEARER: subjectLine,
  ACTIVATION: deviceLine,
  ORDER: orderLine,
};
const FIRST = ['WEARER', 'ACTIVATION', 'ORDER'];

const rank = ({ kind }: KeptVersion): number => {
  const found = FIRST.indexOf(kind);
  return found < 0 ? FIRST.length : found;
};

/** The orders among versions of documents, as far as they can be read. */
export const ordersIn = (versions: readonly KeptVersion[]): Order[] =>
  versions.flatMap(({ kind, document }) => {
    const read = kind === 'ORDER' ? orderSchema.safeParse(document) : null;
    return read?.success ? [read.data] : [];
  });

/** Zones, timetables and thresholds without which an order says little. */
const sharedOf = async (
  { wearerVersions }: DemographicsDeps,
  agencyId: AgencyId,
  orders: readonly Order[],
): Promise<KeptVersion[]> => {
  const keys = orders.flatMap(referencesOf).map(({ kind, id }) => sharedKey(agencyId, kind, id));
  const once = new Map(keys.map((key) => [key.pk, key]));
  const inOrder = [...once].sort(([a], [b]) => (a < b ? -1 : 1));
  const found = await Promise.all(inOrder.map(([, key]) => wearerVersions.ofShared(key)));
  return found.flat();
};

const officerLines = async (
  { documents }: DemographicsDeps,
  agencyId: AgencyId,
  orders: readonly Order[],
): Promise<DemographicsLine[]> => {
  const ids = new Set<PersonId>(orders.map(({ responsibleOfficer }) => responsibleOfficer));
  const found = await Promise.all(
    [...ids].sort().map((id) => documents.load(sharedKey(agencyId, 'PERSON', id), personSchema)),
  );
  return found.flatMap((person) => {
    if (person === null) return [];
    const { personId: officerId, name, role, team } = person.value;
    return [{ kind: 'officer', officerId, name, role, team }];
  });
};

/** What evaluation has learned by itself is machinery, and means nothing elsewhere. */
const isTheirs = ({ kind }: KeptVersion): boolean => kind !== 'LEARNED';

const isKnownBy =
  (at: Instant) =>
  ({ changedAt }: KeptVersion): boolean =>
    changedAt <= at;

const readIndex = (position: string | null): number => {
  if (position === null) return 0;
  if (!/^\d{1,9}$/.test(position)) throw new UnknownPosition();
  return Number(position);
};

/**
 * Who the wearer is, what they wore, what they were ordered and permitted, and who was responsible:
 * every version that was on record by the end of the stretch, whenever it began.
 */
export const demographics =
  (deps: DemographicsDeps): ReadPortion =>
  async ({ wearer, toAt, position }) => {
    const all = await deps.wearerVersions.ofWearer(wearer);
    const own = all.filter(isTheirs).filter(isKnownBy(toAt));
    const orders = ordersIn(own);
    const [shared, officers] = await Promise.all([
      sharedOf(deps, wearer.agencyId, orders),
      officerLines(deps, wearer.agencyId, orders),
    ]);
    const ranked = own.toSorted((a, b) => rank(a) - rank(b));
    const versions = [...ranked, ...shared.filter(isKnownBy(toAt))];
    const lines = [
      ...versions.map((kept) => (LINE_OF[kept.kind] ?? documentLine)(kept)),
      ...officers,
    ];
    const placed = lines.map((line, i) => ({ line, after: String(i + 1) }));
    return { placed: placed.slice(readIndex(position)), rest: null };
  };
