import { isDeepStrictEqual } from 'node:util';
import {
  type SupervisionLevel,
  supervisionLevelSchema,
} from '#domain/casework/supervision-level.ts';
import { levelIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { supervisionLevelKey } from '../../adapters/dynamodb/casework-keys.ts';
import { levelEndPut } from '../../adapters/dynamodb/supervision-levels.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, type Problem, readBody, unacceptable } from '../problems.ts';
import { type CaseDeps, caseRefused, putCaseDocument } from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import { type RhythmDeps, rhythmPuts } from '../rhythm-tasks.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type SupervisionLevelRouteDeps = CaseDeps & RhythmDeps;

const keyOf = (call: Call) =>
  supervisionLevelKey(wearerOfPath(call), levelIdSchema.parse(call.request.pathParameters.levelId));

/** Two stretches that begin together would leave open which of them counts. */
const clashes = (stretch: SupervisionLevel, others: readonly SupervisionLevel[]): Problem[] => {
  const { levelId, from, isRevoked } = stretch;
  const other = others.find(
    (one) => one.levelId !== levelId && one.from === from && !one.isRevoked,
  );
  if (other === undefined || isRevoked) return [];
  const message = `${other.levelId} begins at the same instant: begin another one later, or change that`;
  return [{ code: 'begins-together', path: 'from', message }];
};

const problemsOf = async (
  deps: SupervisionLevelRouteDeps,
  call: Call,
  { stretch, others }: Readonly<{ stretch: SupervisionLevel; others: readonly SupervisionLevel[] }>,
): Promise<Problem[]> => {
  const { by, policyId } = stretch;
  const unknown = await unknownAmong(deps.documents, call.agencyId, [
    { path: 'by', kind: 'PERSON', id: by },
    ...(policyId === null ? [] : [{ path: 'policyId', kind: 'POLICY', id: policyId } as const]),
  ]);
  return [...unknown, ...clashes(stretch, others)];
};

/** Whether it ends otherwise than before: what has ended so already is on record. */
const isNewEnd = (
  stretch: SupervisionLevel,
  before: SupervisionLevel | undefined,
  now: Instant,
): boolean => {
  const end = ({ level, from, until, isRevoked }: SupervisionLevel) => ({
    ...{ level, from, until, isRevoked },
  });
  const hasEnded = before?.until !== undefined && before.until !== null && before.until <= now;
  return before === undefined || !hasEnded || !isDeepStrictEqual(end(stretch), end(before));
};

/**
 * Puts a stretch of time at a level of supervision. It counts for the time that it names, and the
 * level returns at its end by itself.
 */
export const putSupervisionLevel =
  (deps: SupervisionLevelRouteDeps): Route =>
  async (call) => {
    const { levelId } = call.request.pathParameters;
    const stretch = readBody(supervisionLevelSchema, call.request, { levelId });
    if (isResponse(stretch)) return stretch;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const known = await deps.documents.loadItem(keyOf(call));
    const others = await deps.loadSupervisionLevels(wearer);
    const problems = await problemsOf(deps, call, { stretch, others });
    if (problems.length > 0) return unacceptable(problems);
    const before = others.find((one) => one.levelId === stretch.levelId);
    const { by, level: kind, reason, isRevoked } = stretch;
    const rhythm = await rhythmPuts(deps, wearer, { by, now: call.now, stretch });
    const type = isRevoked ? 'supervision-level-revoked' : 'supervision-level-set';
    return putCaseDocument(deps, call, {
      ...{ wearer, key: keyOf(call), entity: 'SUPERVISION_LEVEL', body: stretch, known },
      ...{ name: `LEVEL#${stretch.levelId}`, told: { type, by, kind, reason } },
      beside: (version) => [
        ...(isNewEnd(stretch, before, call.now)
          ? [levelEndPut(deps.monitoringTable, wearer, { stretch, version })]
          : []),
        ...rhythm,
      ],
    });
  };

export const getSupervisionLevel =
  ({ documents }: SupervisionLevelRouteDeps): Route =>
  (call) =>
    getDocument(documents, keyOf(call), 'this supervision level');
