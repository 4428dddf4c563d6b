import * as z from 'zod';
import { type RotaId, rotaIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import {
  decidedSchema,
  type Override,
  type Rota,
  rotaSchema,
  type WrittenOverride,
  type WrittenRota,
  writtenOverrideSchema,
  writtenRotaSchema,
} from '#domain/model/rota.ts';
import { gapsOpened } from '#domain/rota/judge-rota.ts';
import { endOf } from '#domain/rota/on-call.ts';
import { resolveOverride } from '#domain/rota/resolve-moments.ts';
import { GAP_WEEKS } from '#domain/rota/shifts-between.ts';
import { type Item, readJson, readNumber } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { isResponse, jsonBody, notFound, readWith, unacceptable } from '../problems.ts';
import { type RotaRouteDeps, saveRota } from '../rota-edit.ts';
import type { Call, Route } from '../route.ts';

type Standing = Readonly<{ rotaId: RotaId; item: Item; rota: Rota; written: WrittenRota }>;

const standingRota = async (
  { documents }: RotaRouteDeps,
  { agencyId, request }: Call,
): Promise<Standing | null> => {
  const rotaId = rotaIdSchema.parse(request.pathParameters.rotaId);
  const item = await documents.loadItem(sharedKey(agencyId, 'ROTA', rotaId));
  if (item === null) return null;
  const rota = readJson(item, 'body', rotaSchema);
  return { rotaId, item, rota, written: readJson(item, 'body', writtenRotaSchema) };
};

/** Overrides long over stand in earlier versions, and need not be carried on. */
const isRecent = (override: Override, now: Instant): boolean =>
  endOf(override) > secondsAfter(now, -GAP_WEEKS * 7 * DAY_SECONDS);

type Changed = Readonly<{
  overrides: readonly WrittenOverride[];
  force: z.infer<typeof forceSchema>['force'];
}>;

const saveOverrides = (
  deps: RotaRouteDeps,
  { agencyId, now }: Call,
  { standing, overrides, force }: Changed & Readonly<{ standing: Standing }>,
): Promise<HttpResponse> => {
  const { rotaId, item, rota, written } = standing;
  return saveRota(deps, {
    ...{ agencyId, rotaId, now, force, standing: { item, rota } },
    written: { ...written, overrides: [...overrides] },
    gapsFor: (changed, situation) => gapsOpened(changed, rota, situation),
  });
};

const forceSchema = z.object({ force: decidedSchema.nullable().default(null) });

const isAsked = (kept: WrittenOverride, asked: WrittenOverride): boolean =>
  JSON.stringify({ ...kept, cancelled: null }) === JSON.stringify(asked);

/** Adds an override to a rota. The same one again changes nothing. */
export const postOverride =
  (deps: RotaRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const read = readWith(writtenOverrideSchema, { ...body, cancelled: null });
    const force = readWith(forceSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    if (!force.ok) return unacceptable(force.problems);
    const standing = await standingRota(deps, call);
    if (standing === null) return notFound('this rota');
    const { item, rota, written } = standing;
    const resolved = resolveOverride(read.value, rota.timeZone);
    if (resolved.problems.length > 0) return unacceptable(resolved.problems);
    const asked = resolved.value;
    const kept = written.overrides.find(({ overrideId }) => overrideId === asked.overrideId);
    if (kept !== undefined && isAsked(kept, asked)) {
      return jsonResponse(200, { version: readNumber(item, 'version'), changed: false });
    }
    if (kept !== undefined) {
      const message = `override ${asked.overrideId} is another one; give yours an id of its own`;
      return refusal(409, { code: 'override-exists', message });
    }
    const recent = written.overrides.filter((_, i) => {
      const override = rota.overrides[i];
      return override !== undefined && isRecent(override, call.now);
    });
    const overrides = [...recent, asked];
    return saveOverrides(deps, call, { standing, overrides, force: force.value.force });
  };

const cancelSchema = z.object({ ...decidedSchema.shape, ...forceSchema.shape });

/**
 * Ends an override: one to come never counts, one that runs counts no more from now on. It stays on
 * record, with who ended it and why.
 */
export const deleteOverride =
  (deps: RotaRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const read = readWith(cancelSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    const { by, reason, force } = read.value;
    const standing = await standingRota(deps, call);
    if (standing === null) return notFound('this rota');
    const { overrideId } = call.request.pathParameters;
    const found = standing.rota.overrides.find((one) => one.overrideId === overrideId);
    if (found === undefined) return notFound('this override');
    if (endOf(found) <= call.now) {
      const message = `it ended at ${toIso(endOf(found))}, and what is past does not change`;
      return refusal(409, { code: 'override-over', message });
    }
    const cancelled = { by, reason, at: toIso(call.now) };
    const overrides = standing.written.overrides.map((one) =>
      one.overrideId === overrideId ? { ...one, cancelled } : one,
    );
    return saveOverrides(deps, call, { standing, overrides, force });
  };
