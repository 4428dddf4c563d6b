import * as z from 'zod';
import { onlyShortens } from '#domain/escalate/pauses.ts';
import { type PauseId, pauseIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { keptPauseSchema, type Pause, pauseSchema } from '#domain/model/pause.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { pauseKey } from '../../adapters/dynamodb/hold-keys.ts';
import { type Item, readJson } from '../../adapters/dynamodb/items.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { PauseStore } from '../../adapters/dynamodb/pauses.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import {
  isResponse,
  jsonBody,
  notFound,
  notOnRecord,
  type Problem,
  readBody,
  readWith,
  unacceptable,
} from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';

export type PauseRouteDeps = Readonly<{ documents: Documents; pauses: Pick<PauseStore, 'load'> }>;

const idOf = ({ request }: Call): PauseId => pauseIdSchema.parse(request.pathParameters.pauseId);

const person = (path: string, id: string): Named => ({ path, kind: 'PERSON', id });

const over = (endsAt: Instant): Problem => ({
  ...{ code: 'over-already', path: 'endsAt' },
  message: `it ended at ${toIso(endsAt)}: nothing would be held`,
});

/** What of a pause is not on record, or too late to begin. */
const problemsOf = async (
  { documents }: PauseRouteDeps,
  { agencyId, now }: Call,
  { pause, before }: Readonly<{ pause: Pause; before: Pause | null }>,
): Promise<Problem[]> => {
  const { scope, by, endsAt } = pause;
  const problems = await unknownAmong(documents, agencyId, [person('by', by)]);
  const isEnded = (before === null || before.endsAt <= now) && endsAt <= now;
  if (isEnded && before?.endsAt !== endsAt) problems.push(over(endsAt));
  if (scope.kind !== 'wearer') return problems;
  const { wearerId } = scope;
  const wearer = await documents.loadItem(wearerKey({ agencyId, wearerId }));
  return wearer === null
    ? [...problems, notOnRecord('scope.wearerId', `wearer ${wearerId}`)]
    : problems;
};

const keptFrom = (item: Item | null): Pause | null =>
  item === null ? null : readJson(item, 'body', keptPauseSchema);

const written = ({ second }: Pause) =>
  second === null ? null : { by: second.by, at: toIso(second.at) };

/**
 * Puts a pause, changes it, or ends it by an earlier end. Whoever has agreed to it has to agree
 * again, unless it only becomes shorter.
 */
export const putPause =
  (deps: PauseRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const pauseId = idOf(call);
    const source = { ...body, pauseId };
    const read = readWith(pauseSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const key = pauseKey(call.agencyId, pauseId);
    const known = await deps.documents.loadItem(key);
    const before = keptFrom(known);
    const pause = { ...read.value, second: null };
    const problems = await problemsOf(deps, call, { pause, before });
    if (problems.length > 0) return unacceptable(problems);
    const second = before !== null && onlyShortens(before, pause) ? written(before) : null;
    return putDocument(deps.documents, {
      ...{ agencyId: call.agencyId, key, entity: 'PAUSE', changedAt: call.now, known },
      body: { ...source, second },
    });
  };

/** Why somebody cannot be the second person; null: they can. */
const whyNot = (pause: Pause, by: string, now: Instant): HttpResponse | null => {
  const no = (code: string, message: string) => refusal(409, { code, message });
  if (pause.by === by) return no('same-person', 'the second person has to be another one');
  if (pause.endsAt <= now) return no('over-already', `it ended at ${toIso(pause.endsAt)}`);
  return pause.withSafety
    ? null
    : no('needs-nobody', 'it holds nothing on which safety hangs, and needs no second person');
};

/** A second person agrees that alerts on which safety hangs are held, too. */
export const agreeToPause =
  ({ documents }: PauseRouteDeps): Route =>
  async (call) => {
    const { agencyId, now, request } = call;
    const asked = readBody(z.object({ personId: personIdSchema }), request);
    if (isResponse(asked)) return asked;
    const { personId: by } = asked;
    const key = pauseKey(agencyId, idOf(call));
    const known = await documents.loadItem(key);
    const pause = keptFrom(known);
    if (pause === null || known === null) return notFound('this pause');
    const problems = await unknownAmong(documents, agencyId, [person('personId', by)]);
    if (problems.length > 0) return unacceptable(problems);
    const refused = whyNot(pause, by, now);
    if (refused !== null) return refused;
    const second = pause.second?.by === by ? written(pause) : { by, at: toIso(now) };
    const body = { ...readJson(known, 'body', z.looseObject({})), second };
    return putDocument(documents, { agencyId, key, entity: 'PAUSE', body, changedAt: now, known });
  };

export const getPause =
  ({ documents }: PauseRouteDeps): Route =>
  (call) =>
    getDocument(documents, pauseKey(call.agencyId, idOf(call)), 'this pause');

/** Every pause, the one that ends last first, and whether it holds anything now. */
export const listPauses =
  ({ pauses }: PauseRouteDeps): Route =>
  async ({ agencyId, now }) => {
    const all = (await pauses.load(agencyId)).map(({ pause }) => pause);
    const view = all
      .toSorted((a, b) => b.endsAt - a.endsAt)
      .map((pause) => ({
        ...pause,
        startsAt: toIso(pause.startsAt),
        endsAt: toIso(pause.endsAt),
        second: written(pause),
        isInForce: pause.startsAt <= now && now < pause.endsAt,
      }));
    return jsonResponse(200, { pauses: view });
  };
