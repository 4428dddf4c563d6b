import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';

/** An alert's row as it was and is. */
export type AlertChange = Readonly<{ was: Alert | null; is: Alert }>;

const alertOf = (item: Item | undefined): Alert | null => {
  if (item?.entity?.S !== 'ALERT') return null;
  const alert: Alert = JSON.parse(item.body?.S ?? '');
  return alert;
};

/** Several checks look at the same commit: what it changes is read once. */
const once = <T>(read: (changes: readonly Change[]) => T) => {
  const known = new WeakMap<readonly Change[], T>();
  return (changes: readonly Change[]): T => {
    const found = known.get(changes) ?? read(changes);
    known.set(changes, found);
    return found;
  };
};

/** What a commit changes of alerts' rows. */
export const alertChangesOf = once((changes): readonly AlertChange[] =>
  changes.flatMap(({ table, before, after }) => {
    const is = table === 'monitoring' ? alertOf(after) : null;
    // Woken, and nothing more.
    const isSame = before?.body?.S === after?.body?.S;
    return is === null || isSame ? [] : [{ was: alertOf(before), is }];
  }),
);

export type Entry = Readonly<{ alertId: string; epoch: number; event: AlertEvent }>;

/** The entries of the record about alerts that a commit puts there, in their order. */
export const entriesOf = once((changes): readonly Entry[] =>
  changes.flatMap(({ table, key, after }) => {
    const [, kind, alertId = '', epoch] = key.sk?.S?.split('#') ?? [];
    if (table !== 'record' || kind !== 'ESCALATE' || epoch === 'nudge' || after === undefined)
      return [];
    const event: AlertEvent = JSON.parse(after.body?.S ?? '');
    return [{ alertId, epoch: Number(epoch), event }];
  }),
);
