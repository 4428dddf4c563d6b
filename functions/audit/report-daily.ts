import {
  dailyWords,
  onCallAhead,
  type Reported,
  reportDayAt,
  rotasWithGaps,
  unreachableOf,
} from '#domain/audit/daily-report.ts';
import { liaisonTrouble } from '#domain/liaison/references.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { ChangeKept } from '../adapters/dynamodb/kept-item.ts';
import type { LoadNamedLiaisons } from '../adapters/dynamodb/liaison-names.ts';
import type { People } from '../adapters/dynamodb/people.ts';
import type { RotaStore } from '../adapters/dynamodb/rotas.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';

export type DailyDeps = Readonly<{
  agencyId: AgencyId;
  rotas: Pick<RotaStore, 'loadAll' | 'loadHolidays'>;
  loadKnown: People['loadKnown'];
  loadNamedLiaisons: LoadNamedLiaisons;
  changeReported: ChangeKept<Reported>;
  email: Publisher['email'];
  dutyManagerTopicArn: string;
  telemetry: Telemetry;
}>;

/**
 * Once a day, at the first look from six o'clock (UTC) on: tells the duty manager of times ahead at
 * which nobody is on call, of people on call who have no verified contact, and of references that
 * liaisons would reject. A report that could not be told is told at the next look.
 */
export const reportDaily = (deps: DailyDeps) => {
  let known = '';
  return async (now: Instant): Promise<void> => {
    const day = reportDayAt(now);
    if (known === day) return;
    try {
      let before = '';
      await deps.changeReported((reported) => {
        before = reported?.day ?? '';
        return reported ?? { day: '1970-01-01' };
      });
      if (before < day) await report(deps, now);
      if (before < day) await deps.changeReported(() => ({ day }));
      known = day;
    } catch (error) {
      // Retry: at the next look, for as long as the day lasts; what is late is told all the same.
      deps.telemetry.log.error('day not reported', { error: errorName(error) });
    }
  };
};

const report = async (deps: DailyDeps, now: Instant): Promise<void> => {
  const { agencyId, rotas, telemetry } = deps;
  const all = await rotas.loadAll(agencyId);
  const holidays = await rotas.loadHolidays(
    agencyId,
    all.flatMap(({ layers }) => layers.flatMap(({ skipHolidays }) => skipHolidays ?? [])),
  );
  const withGaps = rotasWithGaps(all, holidays, now);
  const onCall = onCallAhead(all, holidays, now);
  const unreachable = unreachableOf(onCall, await deps.loadKnown(agencyId, onCall));
  const known = await deps.loadNamedLiaisons(agencyId);
  const liaisons = known
    .map(({ liaison, named }) => liaisonTrouble(liaison, named, now))
    .filter((trouble) => trouble !== null);
  const words = dailyWords({ withGaps, unreachable, liaisons }, agencyId);
  telemetry.measure('liaisonsToMend', liaisons.length);
  telemetry.measure('onCallUnreachable', unreachable.length);
  telemetry.measure('rotasWithGaps', withGaps.length);
  if (words !== null) await deps.email(deps.dutyManagerTopicArn, words);
};
