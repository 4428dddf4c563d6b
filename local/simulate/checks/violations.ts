import type { Alert } from '#domain/model/alert.ts';
import type { Commit } from '../dynamodb/database.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';

/** What evaluation has found reaches its alert within so long after the last fault. */
const MOST_UNSEEN_MILLISECONDS = 300_000;

/** I1, I22: whatever becomes of a violation reaches its alert, which there is one of. */
export const violations: MakeCheck = ({ db, now, report, count }) => {
  const changedAt = new Map<string, number>();
  const seen = new Map<string, Alert>();
  return {
    onCommit: ({ at, changes }: Commit) => {
      for (const { before, after, key } of changes) {
        const isChanged = before?.life?.S !== after?.life?.S;
        if (after?.entity?.S === 'VIOLATION' && isChanged) changedAt.set(key.sk?.S ?? '', at);
      }
      for (const { is } of alertChangesOf(changes)) seen.set(is.violationId, is);
    },
    atEnd: () => {
      for (const { entity, sk, life } of db.itemsOf('monitoring')) {
        if (entity?.S !== 'VIOLATION') continue;
        const { revision, status } = JSON.parse(life?.S ?? '{}');
        const id = sk?.S?.split('#')[1] ?? '';
        const isYoung = (changedAt.get(sk?.S ?? '') ?? 0) > now() - MOST_UNSEEN_MILLISECONDS;
        const alert = seen.get(id);
        // That nobody accepts is over when somebody does, and nobody was called.
        const isTaken = status === 'ended' && sk?.S?.startsWith('RAISED#') === true;
        const isOver = status === 'withdrawn' || isTaken;
        const isSeen = alert?.facts.violation.revision === revision;
        if (isYoung || isSeen || (alert === undefined && isOver)) continue;
        count('miss');
        const known =
          alert === undefined ? 'no alert' : `revision ${alert.facts.violation.revision}`;
        report(
          'I1 what is found reaches its alert',
          `${id}: ${known}, not ${revision} (${status})`,
        );
      }
    },
  };
};
