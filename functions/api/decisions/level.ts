import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { SentDecision } from '#domain/casework/decision.ts';
import {
  type SupervisionLevel,
  supervisionLevelSchema,
} from '#domain/casework/supervision-level.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import { asSent } from '../../adapters/dynamodb/as-sent.ts';
import { supervisionLevelKey } from '../../adapters/dynamodb/casework-keys.ts';
import { documentPuts, versionOf } from '../../adapters/dynamodb/documents.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import { levelEndPut } from '../../adapters/dynamodb/supervision-levels.ts';
import { type Reading, readAs } from '../problems.ts';
import { type CaseDeps, caseEntryPut } from '../put-case-document.ts';
import { type RhythmDeps, rhythmPuts } from '../rhythm-tasks.ts';

export type OfLevel = Extract<SentDecision, { kind: 'supervision-level' }>;

/** The stretch that a decision sets, as its own rules have it. */
export const stretchOf = ({ level, by, reason }: OfLevel): Reading<SupervisionLevel> =>
  readAs(supervisionLevelSchema, {
    ...{ ...level, by, reason },
    ...{ from: toIso(level.from), until: isoOrNull(level.until) },
  });

type Put = Readonly<{
  wearer: WearerRef;
  stretch: SupervisionLevel;
  readVersion: number;
  at: Instant;
}>;

/** The stretch as a version of its own, with its entry and its end. */
export const levelPuts = (
  { monitoringTable, recordTable }: CaseDeps,
  { wearer, stretch, readVersion, at }: Put,
): TransactWriteItem[] => {
  const { levelId, by, level: kind, reason, isRevoked } = stretch;
  const version = readVersion + 1;
  const body = asSent(stretch);
  const type = isRevoked ? 'supervision-level-revoked' : 'supervision-level-set';
  return [
    ...documentPuts(monitoringTable, {
      ...{ key: supervisionLevelKey(wearer, levelId), entity: 'SUPERVISION_LEVEL', body },
      ...{ readVersion, changedAt: at, extra: { agencyId: { S: wearer.agencyId } } },
    }),
    caseEntryPut(recordTable, {
      ...{ wearer, name: `LEVEL#${levelId}`, version, body, at },
      told: { type, by, kind, reason },
    }),
    levelEndPut(monitoringTable, wearer, { stretch, version }),
  ];
};

/** What takes a decision's stretch back: it counts at no instant. */
export const noLevelPuts = async (
  deps: CaseDeps & RhythmDeps,
  { wearer, decision, at }: Readonly<{ wearer: WearerRef; decision: OfLevel; at: Instant }>,
): Promise<TransactWriteItem[]> => {
  const item = await deps.documents.loadItem(supervisionLevelKey(wearer, decision.level.levelId));
  const stretch = item === null ? null : readJson(item, 'body', supervisionLevelSchema);
  if (item === null || stretch === null || stretch.isRevoked) return [];
  const revoked = { ...stretch, isRevoked: true };
  return [
    ...levelPuts(deps, { wearer, stretch: revoked, readVersion: versionOf(item), at }),
    ...(await rhythmPuts(deps, wearer, { by: decision.by, now: at, stretch: revoked })),
  ];
};
