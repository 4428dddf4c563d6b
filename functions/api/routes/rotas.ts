import * as z from 'zod';
import { rotaIdSchema } from '#domain/model/ids.ts';
import { DAY_SECONDS, isoInstantSchema, secondsAfter, toIso } from '#domain/model/instant.ts';
import {
  decidedSchema,
  type Rota,
  rotaSchema,
  type WrittenOverride,
  writtenRotaSchema,
} from '#domain/model/rota.ts';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import { gapsAhead } from '#domain/rota/judge-rota.ts';
import { zoneProblems } from '#domain/rota/layer-problems.ts';
import { holidaysSkippedBy } from '#domain/rota/people-on.ts';
import { resolveRota } from '#domain/rota/resolve-moments.ts';
import { gapHorizon, shiftsBetween } from '#domain/rota/shifts-between.ts';
import { knownTimeZone } from '#domain/time/local-clock.ts';
import { type Item, readText } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { isResponse, jsonBody, notFound, readWith, unacceptable } from '../problems.ts';
import { type RotaRouteDeps, saveRota } from '../rota-edit.ts';
import type { Route } from '../route.ts';

const forceSchema = z.object({ force: decidedSchema.nullable().default(null) });

/** A rota that stands, as far as it can be read: what is put in its place mends it. */
const rotaOf = (item: Item): Rota | null =>
  rotaSchema.safeParse(parseWellFormed(readText(item, 'body'))).data ?? null;

/** Overrides are cancelled by a call of their own: a rota that is put changes nothing of that. */
const withCancellations = (overrides: readonly WrittenOverride[], standing: Rota | null) =>
  overrides.map((override) => {
    const kept = standing?.overrides.find((one) => one.overrideId === override.overrideId);
    const cancelled = kept?.cancelled ?? null;
    return {
      ...override,
      cancelled: cancelled === null ? null : { ...cancelled, at: toIso(cancelled.at) },
    };
  });

/** Puts a rota. Gaps of the next eight weeks are refused, unless somebody forces them. */
export const putRota =
  (deps: RotaRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const rotaId = rotaIdSchema.parse(request.pathParameters.rotaId);
    const read = readWith(writtenRotaSchema, { ...body, rotaId, gapsForced: null });
    const force = readWith(forceSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    if (!force.ok) return unacceptable(force.problems);
    const noZone = zoneProblems(read.value);
    if (noZone.length > 0) return unacceptable(noZone);
    const { timeZone } = read.value;
    const item = await deps.documents.loadItem(sharedKey(agencyId, 'ROTA', rotaId));
    const standing = item === null ? null : { item, rota: rotaOf(item) };
    const resolved = resolveRota({
      ...read.value,
      timeZone: timeZone === null ? null : (knownTimeZone(timeZone) ?? null),
      overrides: withCancellations(read.value.overrides, standing?.rota ?? null),
    });
    if (resolved.problems.length > 0) return unacceptable(resolved.problems);
    return saveRota(deps, {
      ...{ agencyId, rotaId, now, written: resolved.value, force: force.value.force, standing },
      gapsFor: gapsAhead,
    });
  };

const MOST_DAYS = 92;

const askedSchema = z.object({
  from: isoInstantSchema.optional(),
  to: isoInstantSchema.optional(),
});

/** Who is on call by a rota from an instant to another: at most a quarter of a year. */
export const getOnCall =
  ({ documents, rotas }: RotaRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const asked = readWith(askedSchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const startAt = asked.value.from ?? now;
    const endAt = asked.value.to ?? gapHorizon(startAt).endAt;
    if (endAt <= startAt || endAt > secondsAfter(startAt, MOST_DAYS * DAY_SECONDS)) {
      const message = `must be after from, and at most ${MOST_DAYS} days`;
      return unacceptable([{ code: 'invalid-field', path: 'to', message }]);
    }
    const rotaId = rotaIdSchema.parse(request.pathParameters.rotaId);
    const found = await documents.load(sharedKey(agencyId, 'ROTA', rotaId), rotaSchema);
    if (found === null) return notFound('this rota');
    const holidays = await rotas.loadHolidays(agencyId, holidaysSkippedBy(found.value));
    const stretches = shiftsBetween(found.value, { startAt, endAt }, holidays);
    return jsonResponse(200, {
      ...{ rotaId, version: found.version, timeZone: found.value.timeZone },
      ...{ from: toIso(startAt), to: toIso(endAt) },
      onCall: stretches.map(({ people, from, layerId, ...stretch }) => ({
        ...{ startsAt: toIso(stretch.startAt), endsAt: toIso(stretch.endAt) },
        ...{ people, by: from, layerId },
      })),
    });
  };
