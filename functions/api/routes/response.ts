import * as z from 'zod';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import { groupings, responseTimes, responseTimesBy } from '#domain/response/response-times.ts';
import {
  type CallsOfForce,
  type ResponseReaders,
  responseFacts,
} from '../../adapters/response-facts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type ResponseRouteDeps = ResponseReaders;

const MOST_DAYS = 366;

const querySchema = z.object({ by: z.enum(groupings).default('kind') });

const hundredths = (value: number): number => Math.round(value * 100) / 100;
const per = (count: number, days: number): number | null =>
  days === 0 ? null : Math.round((count / days) * 1e4) / 1e4;

const callsView = ({ wearers, budget, ...calls }: CallsOfForce) => ({
  ...calls,
  wearers: wearers.map((one) => ({ ...one, lastFalseAt: isoOrNull(one.lastFalseAt) })),
  budget,
});

/** How quickly alerts were told, taken in hand and closed; how many were false. */
export const getResponse =
  (deps: ResponseRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const asked = readPeriod(request, now, MOST_DAYS);
    if (!asked.ok) return unacceptable(asked.problems);
    const grouped = readWith(querySchema, request.queryStringParameters);
    if (!grouped.ok) return unacceptable(grouped.problems);
    const { toAt } = asked.value;
    const found = await responseFacts(deps)(agencyId, asked.value);
    const { responses, fromAt, wearerDays: days, police } = found;
    const all = responseTimes(responses);
    const { by } = grouped.value;
    return jsonResponse(200, {
      ...{ from: toIso(fromAt), to: toIso(toAt), isCut: fromAt > asked.value.fromAt, by },
      all,
      groups: responseTimesBy(responses, by),
      wearerDays: hundredths(days),
      alertsPerWearerDay: per(all.alerts, days),
      falseAlertsPerWearerDay: per(all.falseAlerts, days),
      police: { from: toIso(police.fromAt), forces: police.forces.map(callsView) },
    });
  };
