import type { LevelId, NoteId, ParoleReportId, WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { type Key, wearerPk } from './keys.ts';

// All of it stands in the wearer's partition, behind the range of what evaluation reads.

/** A note of the case. */
export const noteKey = (wearer: WearerRef, noteId: NoteId): Key => ({
  pk: wearerPk(wearer),
  sk: `WRITTEN_NOTE#${noteId}`,
});

/** Where a note stands in the order of what happened; the note itself says what it is. */
export const noteOfTimeKey = (
  wearer: WearerRef,
  { happenedAt, noteId }: Readonly<{ happenedAt: Instant; noteId: NoteId }>,
): Key => ({ pk: wearerPk(wearer), sk: `WRITTEN_NOTE_AT#${toIso(happenedAt)}#${noteId}` });

/** From here to there lie the notes of what happened between two instants, both included. */
export const notesRange = (fromAt: Instant, toAt: Instant) => ({
  from: `WRITTEN_NOTE_AT#${toIso(fromAt)}#`,
  to: `WRITTEN_NOTE_AT#${toIso(toAt)}#~`,
});

/** What is unread of a wearer's messages. */
export const messageInboxKey = (wearer: WearerRef): Key => ({
  pk: wearerPk(wearer),
  sk: 'UNREAD_MESSAGES',
});

/** That messages wait to be read, as somebody is told of it: once for each spell of them. */
export const messageMemoKey = (wearer: WearerRef, name: string): Key => ({
  pk: wearerPk(wearer),
  sk: `OUTBOX#MESSAGE#${name}`,
});

export const planKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: PLAN });
export const PLAN = 'PLAN';

export const assessmentKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: ASSESSMENT });
export const ASSESSMENT = 'RISK_ASSESSMENT';

export const paroleReportKey = (wearer: WearerRef, reportId: ParoleReportId): Key => ({
  pk: wearerPk(wearer),
  sk: `${PAROLE_REPORT_PREFIX}${reportId}`,
});
export const PAROLE_REPORT_PREFIX = 'PAROLE_REPORT#';

/** A stretch of time at a level of supervision. */
export const supervisionLevelKey = (wearer: WearerRef, levelId: LevelId): Key => ({
  pk: wearerPk(wearer),
  sk: `${SUPERVISION_LEVEL_PREFIX}${levelId}`,
});
export const SUPERVISION_LEVEL_PREFIX = 'SUPERVISION_LEVEL#';

/** When such a stretch ends by itself: what is due stands in the index of due instants. */
export const levelEndKey = (wearer: WearerRef, levelId: LevelId): Key => ({
  pk: wearerPk(wearer),
  sk: `${LEVEL_END_PREFIX}${levelId}`,
});
const LEVEL_END_PREFIX = 'SUPERVISION_LEVEL_END#';
export const isLevelEnd = (sk: string): boolean => sk.startsWith(LEVEL_END_PREFIX);
