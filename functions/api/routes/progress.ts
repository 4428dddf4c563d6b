import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { measure, type Progress } from '#domain/progress/measures.ts';
import {
  MOST_PROGRESS_DAYS,
  namedPeriod,
  type PeriodName,
  periodNameSchema,
} from '#domain/progress/named-periods.ts';
import { knownTimeZone } from '#domain/time/local-clock.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import type { LoadLeadingOrder } from '../../adapters/dynamodb/wearer-orders.ts';
import { loadProgressFacts, type ProgressDeps } from '../../adapters/progress-facts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type ProgressRouteDeps = ProgressDeps &
  Readonly<{
    documents: Pick<Documents, 'load'>;
    loadSupervision: LoadSupervision;
    loadLeadingOrder: LoadLeadingOrder;
  }>;

const tenths = (minutes: number): number => Math.round(minutes * 10) / 10;

const curfewView = ({ keptShare, ...minutes }: Progress['curfew']) => ({
  bound: tenths(minutes.boundMinutes),
  kept: tenths(minutes.keptMinutes),
  broken: tenths(minutes.brokenMinutes),
  excused: tenths(minutes.excusedMinutes),
  unobserved: tenths(minutes.unobservedMinutes),
  permitted: tenths(minutes.permittedMinutes),
  keptPercent: keptShare === null ? null : Math.floor(keptShare * 1_000) / 10,
});

const view = ({ period, curfew, ...progress }: Progress) => ({
  ...{ from: toIso(period.fromAt), to: toIso(period.toAt), ...progress },
  curfewMinutes: curfewView(curfew),
});

const USUAL_ZONE = 'UTC';

/** Several periods by their names, `last-7-days,since-fitted`, each once. */
const namesSchema = z.object({
  periods: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(periodNameSchema).min(1)),
  from: z.never('ask for periods by their names, or for one between two instants').optional(),
  to: z.never('ask for periods by their names, or for one between two instants').optional(),
});

/** Periods by their names, and which of them there are none of. */
const namedView = async (
  deps: ProgressRouteDeps,
  { wearer, now }: Readonly<{ wearer: WearerRef; now: Instant }>,
  names: readonly PeriodName[],
) => {
  const order = await deps.loadLeadingOrder(wearer, now);
  const { activations } = await deps.loadSupervision(wearer);
  const zone = order === null ? undefined : knownTimeZone(order.value.timeZone);
  const orderFrom = order?.value.startsAt ?? null;
  const terms = { now, timeZone: zone ?? USUAL_ZONE, activations, orderFrom };
  const periods: object[] = [];
  const missing: PeriodName[] = [];
  for (const name of names) {
    const period = namedPeriod(name, terms);
    if (period === null) missing.push(name);
    // One after the other: each holds a part of the trail.
    else
      periods.push({ name, ...view(measure(await loadProgressFacts(deps)(wearer, period, now))) });
  }
  return { asOf: toIso(now), periods, missing };
};

/** What went well with a wearer in a period, what did not, and what nobody can say. */
export const getProgress =
  (deps: ProgressRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    if (call.request.queryStringParameters.periods !== undefined) {
      const named = readWith(namesSchema, call.request.queryStringParameters);
      if (!named.ok) return unacceptable(named.problems);
      const { periods } = named.value;
      return jsonResponse(200, await namedView(deps, { wearer, now: call.now }, periods));
    }
    const asked = readPeriod(call.request, call.now, MOST_PROGRESS_DAYS);
    if (!asked.ok) return unacceptable(asked.problems);
    const facts = await loadProgressFacts(deps)(wearer, asked.value, call.now);
    return jsonResponse(200, view(measure(facts)));
  };
