import * as z from 'zod';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { decodeZone, encodeZone } from '#domain/geo/zone-codec.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { binary, readBinary, readJson } from '../../adapters/dynamodb/items.ts';
import { type Key, sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { Area } from '../area-check.ts';
import { isResponse, jsonBody, pathText, readWith, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

export type AreaRouteDeps = Readonly<{ documents: Documents }>;

const areaLabelSchema = z.object({ name: z.string().min(1).max(200) });

/** An agency has one area. */
const areaKey = (agencyId: AgencyId): Key => sharedKey(agencyId, 'AREA', 'own');

/** Where an agency watches over people; null where it has not said. */
export const loadArea = async (documents: Documents, agencyId: AgencyId): Promise<Area | null> => {
  const item = await documents.loadItem(areaKey(agencyId));
  if (item === null) return null;
  const { name } = readJson(item, 'body', areaLabelSchema);
  return { name, zone: decodeZone(readBinary(item, 'compiled')) };
};

export const putArea =
  ({ documents }: AreaRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const label = readWith(areaLabelSchema, body);
    const shape = parseZoneShape(body.shape);
    if (!label.ok) return unacceptable(label.problems);
    if (!shape.ok) {
      const at = (path: readonly PropertyKey[]) => pathText(['shape', ...path]);
      return unacceptable(shape.problems.map((p) => ({ ...p, path: at(p.path) })));
    }
    return putDocument(documents, {
      agencyId: call.agencyId,
      key: areaKey(call.agencyId),
      entity: 'AREA',
      body: { ...label.value, shape: body.shape },
      changedAt: call.now,
      extra: { compiled: binary(encodeZone(compileZone(shape.shape))) },
    });
  };

export const getArea =
  ({ documents }: AreaRouteDeps): Route =>
  ({ agencyId }) =>
    getDocument(documents, areaKey(agencyId), "your agency's area");
