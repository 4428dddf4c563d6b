import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import type { Custody, Put } from '#domain/report/wearer-facts.ts';
import type { LoadDeviceActivations } from '../adapters/dynamodb/device-activations.ts';
import type { KeptVersion, WearerVersions } from '../adapters/dynamodb/wearer-versions.ts';

export type CustodyReaders = Readonly<{
  wearerVersions: Pick<WearerVersions, 'ofWearer'>;
  loadDeviceActivations: LoadDeviceActivations;
}>;

const activationIn = ({ kind, document, ...dates }: KeptVersion): Put<Activation>[] => {
  const read = kind === 'ACTIVATION' ? activationSchema.safeParse(document) : null;
  if (!read?.success) return [];
  const { version, changedAt, inForceAt } = dates;
  return [{ version, changedAt, inForceAt, value: read.data }];
};

const elsewhereOf = async (
  { loadDeviceActivations }: CustodyReaders,
  { agencyId, wearerId }: WearerRef,
  { newest, at }: Readonly<{ newest: Activation; at: Instant }>,
): Promise<Custody['elsewhere']> => {
  const { headEndId, deviceSerial } = newest;
  const all = await loadDeviceActivations({ agencyId, headEndId, deviceSerial }, [], at);
  return all
    .filter((one) => one.wearerId !== wearerId)
    .map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))
    .toSorted((a, b) => a.startsAt - b.startsAt);
};

/** The devices of a wearer in a period, each with every version of its assignment. */
export const gatherCustody =
  (readers: CustodyReaders) =>
  async (wearer: WearerRef, { period, askedAt }: AskedReport): Promise<Custody[]> => {
    const kept = await readers.wearerVersions.ofWearer(wearer);
    const versions = kept.flatMap(activationIn).filter(({ changedAt }) => changedAt <= askedAt);
    const byId = Map.groupBy(versions, ({ value }) => value.activationId);
    const custody = await Promise.all(
      [...byId.values()].map(async (unordered): Promise<Custody[]> => {
        const own = unordered.toSorted((a, b) => a.version - b.version);
        const newest = own.at(-1)?.value;
        if (newest === undefined) return [];
        const isOfPeriod =
          newest.startsAt < period.untilAt &&
          (newest.endsAt === null || newest.endsAt > period.fromAt);
        if (!isOfPeriod) return [];
        const elsewhere = await elsewhereOf(readers, wearer, { newest, at: askedAt });
        return [{ newest, versions: own, elsewhere }];
      }),
    );
    return custody.flat().toSorted((a, b) => a.newest.startsAt - b.newest.startsAt);
  };
