import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { sentEventSchema } from '#domain/model/device-event.ts';
import {
  agencyIdSchema,
  timetableIdSchema,
  wearerIdSchema,
  zoneIdSchema,
} from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, instant, MINUTE_MILLISECONDS } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import { deviceFix } from '#local/bench/load/population/device-fix.ts';
import { orderOf, timetableOf, zoneOf } from '#local/bench/load/population/documents.ts';
import type { Hidden } from '#local/bench/load/population/hidden.ts';
import type { Wearer } from '#local/bench/load/population/wearer.ts';
import { zoneOfShape } from '#test/support/zones.ts';

/** Midnight, UTC, of a day in whose neighbourhood hours are compiled. */
export const MIDNIGHT = Date.parse('2026-11-20T00:00:00Z');

const zonesOf = (wearer: Wearer) => {
  const { zoneId, name, shape } = zoneOf(wearer);
  const id = zoneIdSchema.parse(zoneId);
  const value = { zoneId: id, name, kind: 'exclusion', zone: zoneOfShape(shape) } as const;
  return new Map([[id, { version: 1, value }]]);
};

const timetablesOf = ({ aheadMinutes }: Wearer) => {
  const { timetableId, name, ...hours } = timetableOf(aheadMinutes);
  const read = parseTimetable(hours);
  if (!read.ok) throw new Error('the timetable is unsound');
  const compiled = compileTimetable(read.timetable, {
    fromAt: instant(MIDNIGHT - 3 * DAY_MILLISECONDS),
    untilAt: instant(MIDNIGHT + 5 * DAY_MILLISECONDS),
    tzdataVersion: 'test',
  });
  const id = timetableIdSchema.parse(timetableId);
  return new Map([[id, { version: 1, value: { timetableId: id, name, compiled } }]]);
};

const superviseWearer = (
  wearer: Wearer,
  hidden: Hidden | undefined,
  wornFrom: number,
): Supervision => {
  const { wearerId, activationId } = wearer;
  return compileSupervision({
    wearer: { agencyId: agencyIdSchema.parse('load'), wearerId: wearerIdSchema.parse(wearerId) },
    orders: [{ version: 1, value: orderSchema.parse(orderOf(wearer, hidden?.kind)) }],
    zones: zonesOf(wearer),
    timetables: timetablesOf(wearer),
    activations: [
      activationSchema.parse({
        ...{ wearerId, activationId, headEndId: 'load', deviceSerial: wearerId },
        startsAt: instant(wornFrom),
        endsAt: null,
      }),
    ],
  });
};

export type Stretch = Readonly<{ from: number; minutes: number; uploadEveryMinutes: number }>;

/** Lets a wearer live through a stretch, a fix a minute; what was found, and at which minute. */
export const found = (
  wearer: Wearer,
  { from, minutes, uploadEveryMinutes }: Stretch,
  hidden?: Hidden,
): { conditionId: string; kind: string; minute: number }[] => {
  const supervision = superviseWearer(wearer, hidden, from);
  const changes: { conditionId: string; kind: string; minute: number }[] = [];
  let state: WearerState | null = null;
  for (let minute = 0; minute < minutes; minute += uploadEveryMinutes) {
    const until = instant(from + (minute + uploadEveryMinutes) * MINUTE_MILLISECONDS);
    const events = Array.from({ length: uploadEveryMinutes }, (_, i) => minute + i).flatMap((m) => {
      const fix = deviceFix({ wearer, hidden, at: from + m * MINUTE_MILLISECONDS, sequence: m });
      return fix === null ? [] : [{ ...sentEventSchema.parse(fix), receivedAt: until }];
    });
    const result = evaluate({ supervision, state, events, until });
    state = result.state;
    for (const { kind, mark } of result.changes) {
      changes.push({ conditionId: mark.watchId, kind, minute });
    }
  }
  return changes;
};
