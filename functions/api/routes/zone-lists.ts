import * as z from 'zod';
import { encodeZoneList } from '#domain/geo/zone-list-codec.ts';
import { zoneListLabelSchema } from '#domain/model/documents.ts';
import { type Key, sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { StoredZones, ZoneListStore } from '../../adapters/dynamodb/zone-lists.ts';
import { type HttpResponse, jsonResponse } from '../../middleware/http.ts';
import { readInForceAt } from '../in-force.ts';
import {
  isResponse,
  jsonBody,
  type Problem,
  type Reading,
  readWith,
  unacceptable,
} from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { type ReadZones, readListedZones } from '../zone-list-members.ts';
import { loadArea } from './area.ts';
import { noticeOf, type ZoneRouteDeps } from './zones.ts';

export type ZoneListRouteDeps = ZoneRouteDeps & Readonly<{ zoneLists: ZoneListStore }>;

/** 100 parts of 300 KB are 300,000 zones and more, and all that a function should hold. */
const MOST_STORED_PARTS = 100;
const MOST_REQUESTS = 200;

const draftSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/, 'letters, digits and hyphens, up to 40');
const requestNumber = z.number().int().min(1).max(MOST_REQUESTS);

/** What a request is: some zones of a draft, the publishing of a draft, or a whole list. */
const stepSchema = z.union([
  z
    .object({ draft: draftSchema, part: requestNumber })
    .transform((at) => ({ ...at, is: 'part' as const })),
  z
    .object({ draft: draftSchema, parts: requestNumber })
    .transform((at) => ({ ...at, is: 'publish' as const })),
  z.object({ draft: z.undefined().optional() }).transform(() => ({ is: 'whole' as const })),
]);
type Step = z.output<typeof stepSchema>;

type Body = Readonly<Record<string, unknown>>;
type Members = StoredZones & Pick<ReadZones, 'warnings'>;

const readStep = (body: Body): Reading<Step> => {
  const read = stepSchema.safeParse(body);
  if (read.success) return { ok: true, value: read.data };
  const message = `beside draft (letters, digits, hyphens), send part or parts, 1 to ${MOST_REQUESTS}`;
  return { ok: false, problems: [{ code: 'invalid-field', path: 'draft', message }] };
};

const storeZones = async (
  deps: ZoneListRouteDeps,
  call: Call,
  { list, body }: Readonly<{ list: Key; body: Body }>,
): Promise<Reading<Members>> => {
  const read = readListedZones(body, await loadArea(deps.documents, call.agencyId));
  if (!read.ok) return read;
  const { zones, warnings } = read.value;
  const parts = await deps.zoneLists.saveParts(list, encodeZoneList(zones), call.now);
  return { ok: true, value: { zones: zones.length, parts, warnings } };
};

/** Everything that the requests of a draft brought, in their order. */
const gather = async (
  { zoneLists }: ZoneListRouteDeps,
  list: Key,
  step: Extract<Step, { is: 'publish' }> & Pick<Call, 'now'>,
): Promise<Reading<Members>> => {
  const found = await zoneLists.loadDraft(list, step);
  const missing = found.flatMap((one, i): Problem[] => {
    const message = `part ${i + 1} of draft ${step.draft} is not on record, or older than six days: send it first`;
    return one === null ? [{ code: 'missing-part', path: 'parts', message }] : [];
  });
  if (missing.length > 0) return { ok: false, problems: missing };
  const all = found.filter((one) => one !== null);
  const zones = all.reduce((sum, one) => sum + one.zones, 0);
  const parts = all.flatMap((one) => one.parts);
  return { ok: true, value: { zones, parts, warnings: [] } };
};

const publish = (
  deps: ZoneListRouteDeps,
  call: Call,
  {
    list,
    label,
    body,
    members,
  }: Readonly<{ list: Key; label: object; body: Body; members: Members }>,
): Promise<HttpResponse> | HttpResponse => {
  const inForce = readInForceAt(body, call.now);
  if (!inForce.ok) return unacceptable(inForce.problems);
  const { zones, parts, warnings } = members;
  if (parts.length > MOST_STORED_PARTS) {
    const message = `${parts.length} stored parts, at most ${MOST_STORED_PARTS}: send more zones a request, or fewer`;
    return unacceptable([{ code: 'too-large', path: 'parts', message }]);
  }
  return putDocument(deps.documents, {
    ...{ agencyId: call.agencyId, key: list, entity: 'ZONE-LIST' },
    body: { ...label, zones, parts },
    ...{ changedAt: call.now, inForceAt: inForce.value, warnings },
    beside: noticeOf(deps, call, { key: list, inForceAt: inForce.value }),
  });
};

/**
 * Puts a list of zones: whole, or in several requests of a draft, which nobody reads until a last
 * one publishes it. Members are kept first; the version that names them is one conditional write.
 */
export const putZoneList =
  (deps: ZoneListRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const zoneListId = call.request.pathParameters.zoneListId;
    const step = readStep(body);
    if (!step.ok) return unacceptable(step.problems);
    const named = step.value.is === 'part' ? { name: String(zoneListId) } : { name: body.name };
    const label = readWith(zoneListLabelSchema, { ...named, zoneListId });
    if (!label.ok) return unacceptable(label.problems);
    const list = sharedKey(call.agencyId, 'ZONE-LIST', label.value.zoneListId);
    const members =
      step.value.is === 'publish'
        ? await gather(deps, list, { ...step.value, now: call.now })
        : await storeZones(deps, call, { list, body });
    if (!members.ok) return unacceptable(members.problems);
    if (step.value.is === 'part') {
      const { warnings, ...stored } = members.value;
      await deps.zoneLists.saveDraft(list, { ...step.value, sentAt: call.now }, stored);
      const { draft, part } = step.value;
      const warned = warnings.length === 0 ? {} : { warnings };
      return jsonResponse(200, { draft, part, zones: stored.zones, ...warned });
    }
    return publish(deps, call, { list, label: label.value, body, members: members.value });
  };
