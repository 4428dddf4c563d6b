import { compileZone } from '#domain/geo/compiled-zone.ts';
import { encodeZone } from '#domain/geo/zone-codec.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { timetableLabelSchema, zoneLabelSchema } from '#domain/model/documents.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { type CompileHorizon, compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { binary } from '../../adapters/dynamodb/items.ts';
import { type Key, sharedKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import { compiledTimetableAttributes } from '../../adapters/dynamodb/timetable-item.ts';
import { readInForceAt } from '../in-force.ts';
import { isResponse, jsonBody, pathText, readWith, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';

export type ZoneRouteDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  /** The version of the time zone database that timetables are compiled with. */
  tzdataVersion: string;
}>;

type Change = Readonly<{ key: Key; inForceAt: Instant | null }>;

/** Everybody whose order refers to it hears of a new version. */
const noticeOf = (deps: ZoneRouteDeps, call: Call, change: Change) => (version: number) => [
  noticePut(deps.monitoringTable, change.key, {
    version,
    notice: {
      ...{ agencyId: call.agencyId, wearerId: null },
      ...{ changedAt: call.now, inForceAt: change.inForceAt },
    },
  }),
];

export const putZone =
  (deps: ZoneRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const { agencyId, request } = call;
    const label = readWith(zoneLabelSchema, { ...body, zoneId: request.pathParameters.zoneId });
    const shape = parseZoneShape(body.shape);
    const inForce = readInForceAt(body, call.now);
    if (!label.ok) return unacceptable(label.problems);
    if (!inForce.ok) return unacceptable(inForce.problems);
    if (!shape.ok) {
      const at = (path: readonly PropertyKey[]) => pathText(['shape', ...path]);
      return unacceptable(shape.problems.map((p) => ({ ...p, path: at(p.path) })));
    }
    const key = sharedKey(agencyId, 'ZONE', label.value.zoneId);
    return putDocument(deps.documents, {
      agencyId,
      key,
      entity: 'ZONE',
      body: { ...label.value, shape: body.shape },
      ...{ changedAt: call.now, inForceAt: inForce.value },
      extra: { compiled: binary(encodeZone(compileZone(shape.shape))) },
      beside: noticeOf(deps, call, { key, inForceAt: inForce.value }),
    });
  };

export const getZone =
  ({ documents }: ZoneRouteDeps): Route =>
  ({ agencyId, request }) =>
    getDocument(
      documents,
      sharedKey(agencyId, 'ZONE', String(request.pathParameters.zoneId)),
      'this zone',
    );

const DAY_SECONDS = 86_400;
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
  (deps: ZoneRouteDeps): Route =>
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

export const getTimetable =
  ({ documents }: ZoneRouteDeps): Route =>
  ({ agencyId, request }) => {
    const key = sharedKey(agencyId, 'TIMETABLE', String(request.pathParameters.timetableId));
    return getDocument(documents, key, 'this timetable');
  };
