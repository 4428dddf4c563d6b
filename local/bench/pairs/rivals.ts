import { distanceMetres } from '#domain/geo/plane.ts';
import type { DeviceEvent, Fix } from '#domain/model/device-event.ts';
import { type Instant, secondsBetween } from '#domain/model/instant.ts';

/** Told of fixes as they come; answers when it first alarms. */
export type Rival = Readonly<{
  name: string;
  make: () => (events: readonly DeviceEvent[], at: Instant) => boolean;
}>;

const fixesOf = (events: readonly DeviceEvent[]): Fix[] =>
  events.flatMap((event) => (event.kind === 'fix' ? [event] : []));

/** Compares each fix with the last that is known of the other; alarms after so many in a row. */
const lastFixes = (alertMetres: number, inRow: number, lagMetresPerSecond: number) => () => {
  const last = new Map<string, Fix>();
  let row = 0;
  return (events: readonly DeviceEvent[]): boolean => {
    let alarms = false;
    for (const fix of fixesOf(events)) {
      last.set(fix.activationId, fix);
      const other = [...last.values()].find((one) => one.activationId !== fix.activationId);
      if (other === undefined) continue;
      const lag = Math.abs(secondsBetween(other.recordedAt, fix.recordedAt));
      const isNear = distanceMetres(fix, other) - lag * lagMetresPerSecond <= alertMetres;
      row = isNear ? row + 1 : 0;
      alarms ||= row >= inRow;
    }
    return alarms;
  };
};

/** What is done elsewhere: no uncertainty, no order of events, one distance for either way. */
export const rivals = (alertMetres: number): readonly Rival[] => [
  { name: 'distance of last fixes', make: lastFixes(alertMetres, 1, 0) },
  { name: 'the same, two in a row', make: lastFixes(alertMetres, 2, 0) },
  { name: 'last fixes, 14 m/s for their lag', make: lastFixes(alertMetres, 1, 14) },
];
