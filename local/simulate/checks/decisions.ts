import { type Decision, decisionSchema } from '#domain/casework/decision.ts';
import type { Change } from '../dynamodb/table.ts';
import { alertChangesOf, entriesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';

const WHOLE = 'I39 a decision and all that follows from it are one';

type DecisionChange = Readonly<{ was: Decision | null; is: Decision }>;

const decisionOf = (item: Change['after']): Decision | null =>
  item?.body?.S === undefined ? null : decisionSchema.parse(JSON.parse(item.body.S));

const decisionsOf = (changes: readonly Change[]): DecisionChange[] =>
  changes.flatMap(({ key, before, after }) => {
    if (!key.sk?.S?.startsWith('WEARER_DECISION#')) return [];
    const is = decisionOf(after);
    return is === null ? [] : [{ was: decisionOf(before), is }];
  });

/** What a decision closes is closed with it, on record for good, in its own transaction. */
const checkTaken = ({ report, saw }: Watch, { decisionId, closes }: Decision, of: Closed) => {
  saw('decision taken');
  if (closes.length > 1) saw('decision about several alerts');
  for (const { alertId } of closes) {
    if (of.get(alertId) !== decisionId) report(WHOLE, `${decisionId} does not close ${alertId}`);
  }
};
type Closed = ReadonlyMap<string, string | undefined>;

/** What a decision had closed that does not stand is closed with it no more. */
const checkWithdrawn = ({ db, report, saw }: Watch, { decisionId, closes }: Decision) => {
  saw('decision withdrawn');
  for (const { alertId } of closes) {
    const { body } = db.itemOf('monitoring', `demo#ALERT#${alertId}`, 'ALERT') ?? {};
    if (JSON.parse(body?.S ?? '{}').closed?.decisionId === decisionId) {
      report(WHOLE, `${decisionId} is withdrawn, and ${alertId} closed with it`);
    }
  }
};

/**
 * I39: of a decision everything is on record or nothing, when it is taken and when it is withdrawn;
 * it is withdrawn once, and nothing else of it changes.
 */
export const decisions: MakeCheck = (watch) => ({
  onCommit: ({ changes }) => {
    const found = decisionsOf(changes);
    const alerts = alertChangesOf(changes);
    const closed = new Map(
      alerts
        .filter(({ was, is }) => was?.closed === null && is.closed !== null)
        .map(({ is }) => [String(is.alertId), is.closed?.decisionId] as const),
    );
    const ids = new Set(found.map(({ is }) => String(is.decisionId)));
    for (const [alertId, decisionId] of closed) {
      if (decisionId !== undefined && !ids.has(decisionId))
        watch.report(WHOLE, `${alertId} is closed with ${decisionId}, which is not there`);
    }
    for (const { alertId, event } of entriesOf(changes)) {
      if (event.type === 'closing-withdrawn' && !ids.has(event.decisionId))
        watch.report(WHOLE, `${alertId} is open again, and ${event.decisionId} stands`);
    }
    for (const { was, is } of found) {
      if (was === null) checkTaken(watch, is, closed);
      else if (was.withdrawn === null && is.withdrawn !== null) checkWithdrawn(watch, is);
      else watch.report('I39 a decision is withdrawn once', is.decisionId);
    }
  },
});
