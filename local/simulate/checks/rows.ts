import type { Alert } from '#domain/model/alert.ts';
import type { Closing } from '#domain/model/closing.ts';
import { DAY_SECONDS } from '#domain/model/instant.ts';
import { type AlertChange, alertChangesOf, entriesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';

const isOneStep = ({ was, is }: AlertChange): boolean => is.epoch === (was?.epoch ?? 0) + 1;

/**
 * Whether somebody who closes an alert is one of as many as it needs; what is over needs one. What
 * is told once a day is in hand for a day.
 */
const isOfEnough = (
  { policy, track, ...was }: Alert,
  { by, at }: Pick<Closing, 'by' | 'at'>,
): boolean => {
  const atLeastSeconds = track === 'review' ? DAY_SECONDS : 0;
  const since = at - Math.max(policy.acknowledgementSeconds, atLeastSeconds) * 1000;
  const others = was.acknowledgements.filter((one) => one.by !== by && one.at > since);
  return was.cleared !== null || others.length + 1 >= was.acknowledgementsNeeded;
};

const checkRow = ({ report }: Watch, { was, is }: AlertChange): void => {
  const { alertId: id, status } = is;
  if (!isOneStep({ was, is }))
    report('I4 epochs follow each other', `${id}: ${was?.epoch} to ${is.epoch}`);
  if ((is.nextDueAt === null) !== (status === 'closed')) {
    report('I5 only what is closed waits for nothing', `${id} is ${status}, due ${is.nextDueAt}`);
  }
  if (was === null) return;
  if (was.closed === null && is.closed?.by && !isOfEnough(was, is.closed)) {
    report('I10 what needs two people is closed by two', id);
  }
  if (JSON.stringify(was.policy) !== JSON.stringify(is.policy)) {
    report('I16 the policy is pinned', id);
  }
  const isTakenBack = is.changed.what === 'closing-withdrawn';
  if (was.closed !== null && was.closed.by !== null && status !== 'closed' && !isTakenBack) {
    report('I3 what a person closed stays closed', id);
  }
};

/** I1 to I5, I16: what must hold each time that an alert's row is written. */
export const rows: MakeCheck = (watch) => ({
  onCommit: ({ changes }) => {
    const entries = entriesOf(changes);
    const changed = alertChangesOf(changes);
    for (const change of changed) {
      checkRow(watch, change);
      const own = entries.filter(({ alertId }) => alertId === change.is.alertId);
      const pages = changes.filter(
        ({ key, before }) =>
          key.pk?.S?.endsWith(`#ALERT#${change.is.alertId}`) &&
          key.sk?.S?.startsWith('OUTBOX#') &&
          before === undefined,
      );
      const wanted = change.is.sequence - (change.was?.sequence ?? 0);
      if (own.length === 0 || own.some(({ epoch }) => epoch !== change.is.epoch)) {
        watch.report('I2 alert, pages and entries are one transaction', change.is.alertId);
      }
      if (pages.length !== wanted) {
        watch.report(
          'I2 alert, pages and entries are one transaction',
          `${change.is.alertId}: ${pages.length} of ${wanted} pages`,
        );
      }
    }
    const alone = entries.find((one) => changed.every(({ is }) => is.alertId !== one.alertId));
    if (alone !== undefined)
      watch.report('I2 alert, pages and entries are one transaction', alone.alertId);
    for (const { table, key, before } of changes) {
      if (table === 'record' && before !== undefined) {
        watch.report('I25 the record only grows', `${key.pk?.S} ${key.sk?.S}`);
      }
    }
  },
});
