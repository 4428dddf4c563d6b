import { onCallAt } from '#domain/escalate/roster.ts';
import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import type { DatedVersion } from '#domain/model/documents.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import { type Policy, personSchema, policySchema, rotaSchema } from '#domain/model/person.ts';
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

const policyAt = async ({ agencyId, clocks, load }: Asked, { policyId }: Order) => {
  const found = await load(sharedKey(agencyId, 'POLICY', policyId), policySchema, clocks);
  if (found === null) return null;
  const rotas = await Promise.all(
    rotaIdsOf(found.value).map((id) => load(sharedKey(agencyId, 'ROTA', id), rotaSchema, clocks)),
  );
  return {
    ...dates(found),
    ...{ policyId, name: found.value.name },
    rotas: rotas.flatMap((rota) =>
      rota === null
        ? []
        : [
            {
              ...dates(rota),
              rotaId: rota.value.rotaId,
              onCall: onCallAt(rota.value, clocks.time),
            },
          ],
    ),
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
