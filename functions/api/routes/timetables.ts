import { timetableLabelSchema } from '#domain/model/documents.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { type CompileHorizon, compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { compiledTimetableAttributes } from '../../adapters/dynamodb/timetable-item.ts';
import { readInForceAt } from '../in-force.ts';
import { isResponse, jsonBody, pathText, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';
import { noticeOf, type ZoneRouteDeps } from './zones.ts';

export type TimetableRouteDeps = ZoneRouteDeps &
  Readonly<{
    /** The version of the time zone database that timetables are compiled with. */
    tzdataVersion: string;
  }>;

/**
 * Events come up to 30 days late, and an order lasts at most two years: hours are known for both.
 */
const horizonFrom = (now: Instant, tzdataVersion: string): CompileHorizon => ({
  fromAt: instant(Math.max(0, secondsAfter(now, -60 * DAY_SECONDS))),
  untilAt: secondsAfter(now, 3 * 366 * DAY_SECONDS),
  tzdataVersion,
});

/** At ten bytes each half of what an item holds: 17 windows on every day of three years. */
const MOST_INTERVALS = 20_000;

export const putTimetable =
  (deps: TimetableRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const { agencyId, request, now } = call;
    const timetableId = request.pathParameters.timetableId;
    const label = readWith(timetableLabelSchema, { ...body, timetableId });
    if (!label.ok) return unacceptable(label.problems);
    const inForce = readInForceAt(body, now);
    if (!inForce.ok) return unacceptable(inForce.problems);
    const read = parseTimetable(body);
    if (!read.ok) {
      return unacceptable(read.problems.map((p) => ({ ...p, path: pathText(p.path) })));
    }
    const compiled = compileTimetable(read.timetable, horizonFrom(now, deps.tzdataVersion));
    if (compiled.intervals.length > MOST_INTERVALS) {
      const message = 'more windows than can be kept: at most 17 on every day of the week';
      return unacceptable([{ path: 'windows', code: 'too-many-windows', message }]);
    }
    const key = sharedKey(agencyId, 'TIMETABLE', label.value.timetableId);
    return putDocument(deps.documents, {
      agencyId,
      key,
      entity: 'TIMETABLE',
      body: { ...read.timetable, ...label.value },
      ...{ changedAt: now, inForceAt: inForce.value },
      extra: compiledTimetableAttributes(compiled),
      beside: noticeOf(deps, call, { key, inForceAt: inForce.value }),
      warnings: read.warnings.map((warning) => ({ ...warning, path: pathText(warning.path) })),
    });
  };
