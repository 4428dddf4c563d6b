import { assessmentSchema, isReviewOverdue } from '#domain/casework/assessment.ts';
import { planSchema } from '#domain/casework/plan.ts';
import { type GoalView, planView } from '#domain/casework/plan-view.ts';
import { levelAt, supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import type { LoadCaseAsAt } from '../adapters/dynamodb/case-as-at.ts';
import { ASSESSMENT, PLAN, SUPERVISION_LEVEL_PREFIX } from '../adapters/dynamodb/casework-keys.ts';
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

/** Who reads at one instant what was so at another knows no more than was on record by both. */
const knownBy = ({ time, knownAt }: TwoClocks): Instant => earlierOf(time, knownAt);

const assessmentView = async ({ load, wearer, clocks }: Asked): Promise<AsAt['assessment']> => {
  const sought = { prefix: `${ASSESSMENT}#`, schema: assessmentSchema };
  const [said] = await load(wearer, sought, knownBy(clocks));
  if (said === undefined) return null;
  const { level, by, assessedAt, reasons, reviewDueAt } = said.value;
  return {
    ...{ ...dates(said), level, by, reasons },
    ...{ assessedAt: toIso(assessedAt), reviewDueAt: toIso(reviewDueAt) },
    isReviewOverdue: isReviewOverdue(said.value, clocks.time),
  };
};

const goalAtView = ({ goalId, kind, aim, steps, stepsAchieved, achievedAt }: GoalView) => ({
  ...{ goalId, kind, aim, steps, stepsAchieved, achievedAt: isoOrNull(achievedAt) },
});

const planAtView = async ({ load, wearer, clocks }: Asked): Promise<AsAt['plan']> => {
  const sought = { prefix: `${PLAN}#`, schema: planSchema };
  const [said] = await load(wearer, sought, knownBy(clocks));
  if (said === undefined) return null;
  const { time } = clocks;
  const { achieved, underWay, letGo, ...view } = planView(said.value, { fromAt: time, toAt: time });
  return {
    ...{ ...dates(said), by: said.value.by, nextReviewAt: isoOrNull(view.nextReviewAt) },
    isReviewOverdue: view.isReviewOverdue,
    achieved: achieved.map(goalAtView),
    underWay: underWay.map(goalAtView),
    letGo: letGo.map((goal) => ({ ...goal, letGoAt: toIso(goal.letGoAt) })),
  };
};

/** What people had put on record of somebody's case, as it stood. */
export const caseAsAtView = async (
  asked: Asked,
): Promise<Pick<AsAt, 'supervisionLevel' | 'assessment' | 'plan'>> => {
  const [supervisionLevel, assessment, plan] = await Promise.all([
    levelView(asked),
    assessmentView(asked),
    planAtView(asked),
  ]);
  return { supervisionLevel, assessment, plan };
};
