import type { Hidden } from '../population/hidden.ts';
import type { Upload } from './upload.ts';

export type Alarm = Readonly<{
  hidden: readonly Hidden[];
  /** A device that has something wrong takes a fix so often, and uploads it at once. */
  everyMilliseconds: number;
  endsAt: number;
}>;

/**
 * A device goes on in alarm for so many fixes, which is more than any decision needed in
 * simulation.
 */
const ALARM_FIXES = 5;

const alarmUploadsOf = (own: readonly Upload[], hidden: Hidden, alarm: Alarm): Upload[] => {
  const { number, fromAt } = hidden;
  const before = own.filter(({ dueAt }) => dueAt < fromAt);
  // What was taken since the last upload goes along with the first fix of the alarm.
  const since = before.at(-1)?.dueAt ?? Number.NEGATIVE_INFINITY;
  const next = own.find(({ dueAt }) => dueAt >= fromAt);
  const kept = next?.fixAts.filter((at) => at > since && at < fromAt) ?? [];
  const inAlarm = Array.from(
    { length: ALARM_FIXES },
    (_, i) => fromAt + i * alarm.everyMilliseconds,
  )
    .filter((at) => at < alarm.endsAt)
    .map((at, i) => ({ number, dueAt: at, fixAts: i === 0 ? [...kept, at] : [at] }));
  const endedAt = inAlarm.at(-1)?.dueAt ?? fromAt;
  const after = own
    .filter(({ dueAt }) => dueAt > endedAt)
    .map((upload) => ({ ...upload, fixAts: upload.fixAts.filter((at) => at > endedAt) }));
  return [...before, ...inAlarm, ...after];
};

/** The uploads of a stretch with those of the hidden wearers at once where something is wrong. */
export const withAlarms = (uploads: readonly Upload[], alarm: Alarm): Upload[] => {
  const hiddenOf = new Map(alarm.hidden.map((one) => [one.number, one]));
  const own = Map.groupBy(
    uploads.filter(({ number }) => hiddenOf.has(number)),
    ({ number }) => number,
  );
  const alarmed = alarm.hidden.flatMap((one) =>
    alarmUploadsOf(own.get(one.number) ?? [], one, alarm),
  );
  const others = uploads.filter(({ number }) => !hiddenOf.has(number));
  return [...others, ...alarmed].sort((a, b) => a.dueAt - b.dueAt);
};
