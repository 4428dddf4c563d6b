import { toIso } from '#domain/model/instant.ts';
import { measure, type Progress } from '#domain/progress/measures.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { loadProgressFacts, type ProgressDeps } from '../../adapters/progress-facts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readPeriod } from '../asked-period.ts';
import { unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type ProgressRouteDeps = ProgressDeps & Readonly<{ documents: Pick<Documents, 'load'> }>;

/** A year of a fix a minute is gone through in some seconds, and a request has 29. */
const MOST_PROGRESS_DAYS = 366;

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

/** What went well with a wearer in a period, what did not, and what nobody can say. */
export const getProgress =
  (deps: ProgressRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const asked = readPeriod(call.request, call.now, MOST_PROGRESS_DAYS);
    if (!asked.ok) return unacceptable(asked.problems);
    const facts = await loadProgressFacts(deps)(wearer, asked.value, call.now);
    return jsonResponse(200, view(measure(facts)));
  };
