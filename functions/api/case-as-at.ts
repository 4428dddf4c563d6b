import { levelAt, supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import type { LoadCaseAsAt } from '../adapters/dynamodb/case-as-at.ts';
import { SUPERVISION_LEVEL_PREFIX } from '../adapters/dynamodb/casework-keys.ts';
import { dates } from './as-at-view.ts';

type Asked = Readonly<{ load: LoadCaseAsAt; wearer: WearerRef; clocks: TwoClocks }>;

/** At which level they were supervised: a stretch counts for the time that it names. */
const levelView = async ({ load, wearer, clocks }: Asked): Promise<AsAt['supervisionLevel']> => {
  const sought = { prefix: SUPERVISION_LEVEL_PREFIX, schema: supervisionLevelSchema };
  const known = await load(wearer, sought, clocks.knownAt);
  const { stretch, level, contactEveryDays, visitEveryDays } = levelAt(
    known.map(({ value }) => value),
    clocks.time,
  );
  const said = known.find(({ value }) => value === stretch);
  if (stretch === null || said === undefined) {
    return { level, contactEveryDays, visitEveryDays, stretch: null };
  }
  const { levelId, from, until, by, reason, policyId } = stretch;
  return {
    ...{ level, contactEveryDays, visitEveryDays },
    stretch: {
      ...{ ...dates(said), levelId, by, reason, policyId },
      ...{ from: toIso(from), until: isoOrNull(until) },
    },
  };
};

/** What people had put on record of somebody's case, as it stood. */
export const caseAsAtView = async (asked: Asked): Promise<Pick<AsAt, 'supervisionLevel'>> => ({
  supervisionLevel: await levelView(asked),
});
