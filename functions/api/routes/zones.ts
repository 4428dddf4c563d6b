import { compileZone } from '#domain/geo/compiled-zone.ts';
import { encodeZone } from '#domain/geo/zone-codec.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { zoneLabelSchema } from '#domain/model/documents.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { binary } from '../../adapters/dynamodb/items.ts';
import { type Key, sharedKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import { checkArea } from '../area-check.ts';
import { readInForceAt } from '../in-force.ts';
import { isResponse, jsonBody, pathText, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { loadArea } from './area.ts';

export type ZoneRouteDeps = Readonly<{ documents: Documents; monitoringTable: string }>;

type Change = Readonly<{ key: Key; inForceAt: Instant | null }>;

/** Everybody whose order refers to it hears of a new version. */
export const noticeOf = (deps: ZoneRouteDeps, call: Call, change: Change) => (version: number) => [
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
    const zone = compileZone(shape.shape);
    const area = await loadArea(deps.documents, agencyId);
    const fit = checkArea(area, { zone, sent: body.shape });
    if (fit.problems.length > 0) return unacceptable(fit.problems);
    const key = sharedKey(agencyId, 'ZONE', label.value.zoneId);
    return putDocument(deps.documents, {
      agencyId,
      key,
      entity: 'ZONE',
      body: { ...label.value, shape: body.shape },
      ...{ changedAt: call.now, inForceAt: inForce.value },
      extra: { compiled: binary(encodeZone(zone)) },
      beside: noticeOf(deps, call, { key, inForceAt: inForce.value }),
      warnings: fit.warnings,
    });
  };
