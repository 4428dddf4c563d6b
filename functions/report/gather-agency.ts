import { batchRates } from '#domain/fleet/device-batches.ts';
import type { Alert } from '#domain/model/alert.ts';
import { earlierOf, instant } from '#domain/model/instant.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import type { Ageing, AgencyFacts } from '#domain/report/dashboard.ts';
import { responseTimes, responseTimesBy } from '#domain/response/response-times.ts';
import type { LoadDeviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { type ResponseReaders, responseFacts } from '../adapters/response-facts.ts';

export type AgencyReaders = ResponseReaders & Readonly<{ loadDeviceBatches: LoadDeviceBatches }>;

/** So many of each status are read; a reader is told where there may be more. */
const MOST_AGEING = 200;

const ageingOf = (alert: Alert): Ageing => {
  const { alertId, conditionKind: kind, severity, status, openedAt, facts } = alert;
  return { alertId, kind, severity, status, openedAt, isOver: facts.violation.status !== 'open' };
};

const loadAgeing = async ({ loadListed }: AgencyReaders, { agencyId, askedAt }: AskedReport) => {
  const asked = { fromAt: instant(0), toAt: instant(askedAt + 1), first: 'oldest' } as const;
  const lists = await Promise.all(
    (['open', 'acknowledged'] as const).map((status) =>
      loadListed(agencyId, { ...asked, status, most: MOST_AGEING }),
    ),
  );
  return {
    ageing: lists
      .flat()
      .toSorted((a, b) => a.openedAt - b.openedAt || (a.alertId < b.alertId ? -1 : 1))
      .map(ageingOf),
    mayBeMore: lists.some((list) => list.length >= MOST_AGEING),
  };
};

/**
 * What an agency's dashboard is made of. What lies there is as it lies when it is gathered: of that
 * nobody keeps how it stood before.
 */
export const gatherAgency =
  (readers: AgencyReaders) =>
  async (asked: AskedReport): Promise<AgencyFacts> => {
    const { agencyId, period, askedAt } = asked;
    const toAt = earlierOf(period.untilAt, askedAt);
    const until = { fromAt: period.fromAt, untilAt: toAt };
    const [found, ageing, { worn, tampers }] = await Promise.all([
      responseFacts(readers)(agencyId, { fromAt: period.fromAt, toAt }),
      loadAgeing(readers, asked),
      readers.loadDeviceBatches(agencyId, until),
    ]);
    const { responses, fromAt, wearerDays, police } = found;
    return {
      ...{ asked, timeZone: 'UTC', reckonedFromAt: fromAt, wearerDays, ...ageing },
      all: responseTimes(responses),
      byKind: responseTimesBy(responses, 'kind'),
      byTeam: responseTimesBy(responses, 'team'),
      batches: batchRates(worn, tampers, until).toSorted(
        (a, b) => a.chance - b.chance || (a.deviceBatch < b.deviceBatch ? -1 : 1),
      ),
      forces: police.forces,
    };
  };
