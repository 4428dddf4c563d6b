import { type CopyOf, subjectCopy } from '#domain/exchange/subject-copy.ts';
import { instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import { recordWords } from '#domain/response/record-words.ts';
import type { ReadRecord } from '../../adapters/dynamodb/read-record.ts';
import type { LoadReadings } from '../../adapters/dynamodb/readings.ts';
import type { KeptVersion, WearerVersions } from '../../adapters/dynamodb/wearer-versions.ts';
import { type PlacedLine, type ReadPortion, UnknownPosition } from './portion.ts';

export type SubjectPartDeps = Readonly<{
  wearerVersions: Pick<WearerVersions, 'ofWearer'>;
  readRecord: ReadRecord;
  loadReadings: LoadReadings;
}>;

/** So many entries make a page. */
const MOST_ENTRIES = 1_000;

const copyOf = (kind: string): CopyOf => {
  if (kind === 'WEARER') return 'own';
  return kind === 'RETENTION_HOLD' ? 'hold' : 'other';
};

const documentLine = (kept: KeptVersion): object => ({
  ...{ kind: 'document', of: kept.kind.toLowerCase(), id: kept.id, version: kept.version },
  recordedAt: toIso(kept.changedAt),
  document: subjectCopy(kept.document, copyOf(kept.kind)),
});

/** Every version of every document of the wearer, also of their case. */
export const subjectDocuments =
  ({ wearerVersions }: SubjectPartDeps): ReadPortion =>
  async ({ wearer, position }) => {
    const first = position === null ? 0 : Number(position);
    if (!Number.isSafeInteger(first)) throw new UnknownPosition();
    const all = await wearerVersions.ofWearer(wearer);
    // That they are one of a pair says who the other is.
    const shown = all.filter(({ kind }) => !['MEMBER_OF', 'PAIR'].includes(kind));
    const placed = shown.map((kept, i) => ({ line: documentLine(kept), after: String(i + 1) }));
    return { placed: placed.slice(first), rest: null };
  };

/** Everything that happened about them, in order: in plain words, and as it stands. */
export const subjectRecord =
  ({ readRecord }: SubjectPartDeps): ReadPortion =>
  async ({ wearer, fromAt, toAt, position }) => {
    const [at = ''] = position?.split('#') ?? [];
    const read = isoInstantSchema.safeParse(at);
    if (position !== null && !read.success) throw new UnknownPosition();
    const placed: PlacedLine[] = [];
    const stretch = { fromAt: read.data ?? fromAt, toAt };
    for await (const { name, type, at: entryAt, body } of readRecord(wearer, stretch)) {
      if (position !== null && name <= position) continue;
      const words = recordWords({ ...body, type, at: entryAt });
      const of = type.startsWith('hold-') ? 'hold' : 'other';
      const line = { kind: 'entry', at: toIso(entryAt), words, entry: subjectCopy(body, of) };
      placed.push({ line, after: name });
      if (placed.length === MOST_ENTRIES) return { placed, rest: name };
    }
    return { placed, rest: null };
  };

/** Who read what about them, and why. */
export const subjectReadings =
  ({ loadReadings }: SubjectPartDeps): ReadPortion =>
  async ({ wearer, fromAt, toAt, position }) => {
    const of = { kind: 'wearer' as const, ...wearer };
    const asked = { fromAt, toAt, after: position };
    const { readings, next } = await loadReadings(of, asked, MOST_ENTRIES);
    const placed = readings.map(({ at, ...reading }) => ({
      line: {
        kind: 'reading',
        at: toIso(at),
        ...reading,
        asked: subjectCopy(reading.asked, 'other'),
      },
      // A page of readings is small, and goes out whole.
      after: toIso(at),
    }));
    return { placed, rest: next };
  };

/** Before anything that is held. */
export const FIRST_INSTANT = instant(0);
