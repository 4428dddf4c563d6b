import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import type { DatedVersion } from '#domain/model/documents.ts';
import { holidaysSchema } from '#domain/model/holidays.ts';
import type { AgencyId, RotaId } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import { type Policy, personSchema, policySchema } from '#domain/model/person.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { holidaysSkippedBy } from '#domain/rota/people-on.ts';
import type { HolidayDates } from '#domain/rota/stretch.ts';
import { sharedKey } from '../adapters/dynamodb/keys.ts';
import type { LoadDocumentAt } from '../adapters/dynamodb/versions.ts';
import { dates } from './as-at-view.ts';

type Asked = Readonly<{ agencyId: AgencyId; clocks: TwoClocks; load: LoadDocumentAt }>;

const officerAt = async ({ agencyId, clocks, load }: Asked, { responsibleOfficer }: Order) => {
  const key = sharedKey(agencyId, 'PERSON', responsibleOfficer);
  const found = await load(key, personSchema, clocks);
  if (found === null) return null;
  const { personId, name, mobile, email } = found.value;
  return { ...dates(found), personId, name, mobile, email };
};

const rotaIdsOf = ({ steps }: Policy) => [
  ...new Set(
    steps.flatMap(({ targets }) =>
      targets.flatMap((target) => (target.kind === 'rota' ? [target.rotaId] : [])),
    ),
  ),
];

/** The holidays that a rota skips, as they stood. */
const holidaysAt = async ({ agencyId, clocks, load }: Asked, rota: Rota): Promise<HolidayDates> => {
  const found = await Promise.all(
    holidaysSkippedBy(rota).map((id) =>
      load(sharedKey(agencyId, 'HOLIDAYS', id), holidaysSchema, clocks),
    ),
  );
  return new Map(
    found.flatMap((one) =>
      one === null ? [] : [[one.value.holidaysId, one.value.days.map(({ date }) => date)] as const],
    ),
  );
};

const rotaAt = async (asked: Asked, rotaId: RotaId) => {
  const { agencyId, clocks, load } = asked;
  const found = await load(sharedKey(agencyId, 'ROTA', rotaId), rotaSchema, clocks);
  if (found === null) return [];
  const holidays = await holidaysAt(asked, found.value);
  const onCall = [...onCallAt(found.value, clocks.time, holidays).people];
  return [{ ...dates(found), rotaId, onCall }];
};

const policyAt = async (asked: Asked, { policyId }: Order) => {
  const { agencyId, clocks, load } = asked;
  const found = await load(sharedKey(agencyId, 'POLICY', policyId), policySchema, clocks);
  if (found === null) return null;
  const rotas = await Promise.all(rotaIdsOf(found.value).map((id) => rotaAt(asked, id)));
  return {
    ...dates(found),
    ...{ policyId, name: found.value.name },
    rotas: rotas.flat(),
  };
};

/** An order as it stood, with its officer and its policy as they stood. */
export const orderAsAt = async (
  asked: Asked,
  order: DatedVersion<Order>,
): Promise<AsAt['orders'][number]> => {
  const { orderId, type, legalBasis, startsAt, endsAt, timeZone, conditions } = order.value;
  const [responsibleOfficer, policy] = await Promise.all([
    officerAt(asked, order.value),
    policyAt(asked, order.value),
  ]);
  return {
    ...dates(order),
    ...{
      orderId,
      type,
      legalBasis,
      startsAt: toIso(startsAt),
      endsAt: isoOrNull(endsAt),
      timeZone,
    },
    ...{ responsibleOfficer, policy },
    conditions: conditions.map((condition) => ({ ...condition })),
  };
};

type Devices = Readonly<{ documents: SupervisionDocuments; clocks: TwoClocks }>;

/** The devices that a wearer had on. */
export const devicesAsAt = ({ documents, clocks: { time } }: Devices): AsAt['devices'] =>
  documents.activations
    .filter(({ startsAt, endsAt }) => startsAt <= time && (endsAt === null || time < endsAt))
    .map(({ activationId, headEndId, deviceSerial, startsAt, endsAt }) => ({
      ...{ activationId, headEndId, deviceSerial },
      ...{ startsAt: toIso(startsAt), endsAt: isoOrNull(endsAt) },
    }));
