import { supervisionLevelSchema } from '#domain/casework/supervision-level.ts';
import type { MakeCheck } from './check.ts';

const RETURNED = 'I41 that a level has returned is on record once';
const MOST_UNNOTED_MILLISECONDS = 180_000;

/** I41: a stretch at a level that has ended by itself is noted as ended, at its instant, once. */
export const levels: MakeCheck = ({ db, now, report, saw, plan }) => {
  const noted = new Map<string, number>();
  return {
    onCommit: ({ changes }) => {
      for (const { table, after } of changes) {
        if (table !== 'record' || after?.type?.S !== 'supervision-level-returned') continue;
        const { levelId } = JSON.parse(after.body?.S ?? '{}');
        saw('level returned');
        noted.set(levelId, (noted.get(levelId) ?? 0) + 1);
        if (Date.parse(after.at?.S ?? '') > now()) report(RETURNED, `${levelId} too soon`);
      }
    },
    atEnd: () => {
      for (const { entity, sk, body } of db.itemsOf('monitoring')) {
        if (entity?.S !== 'SUPERVISION_LEVEL' || sk?.S?.startsWith('VERSION#')) continue;
        const { levelId, until, isRevoked } = supervisionLevelSchema.parse(
          JSON.parse(body?.S ?? ''),
        );
        const times = noted.get(levelId) ?? 0;
        const isOver = until !== null && until < now() - MOST_UNNOTED_MILLISECONDS;
        const isMissed = isOver && !isRevoked && !plan.cut.sweeps && times === 0;
        if (isMissed || times > 1) report(RETURNED, `${levelId}: ${times} times`);
      }
    },
  };
};
