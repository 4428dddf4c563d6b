import { MissingDocument } from '#domain/evaluate/sources.ts';
import { compileTimeline, type SupervisionHistory } from '#domain/evaluate/supervision-history.ts';
import type { Timeline } from '#domain/evaluate/timeline.ts';
import { type PersonId, personIdSchema, type WearerId, type WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, secondsAfter } from '#domain/model/instant.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { type AskedReport, passedOf } from '#domain/report/asked-report.ts';
import { countTrail } from '#domain/report/trail-digest.ts';
import type {
  Found,
  Named,
  Sealing,
  Unevaluated,
  WearerFacts,
} from '#domain/report/wearer-facts.ts';
import type { LoadAlertPages } from '../adapters/dynamodb/alert-histories.ts';
import { wearerKey } from '../adapters/dynamodb/keys.ts';
import type { LoadParkedStretches } from '../adapters/dynamodb/parked-stretches.ts';
import type { People } from '../adapters/dynamodb/people.ts';
import type { ReadRecord } from '../adapters/dynamodb/read-record.ts';
import type { LoadSealedNames } from '../adapters/dynamodb/sealed-names.ts';
import type { LoadHistory, LoadTimeline, Wanted } from '../adapters/dynamodb/supervisions.ts';
import type { LoadDocumentAt } from '../adapters/dynamodb/versions.ts';
import type { WearerViolations } from '../adapters/dynamodb/wearer-violations.ts';
import type { ReadTrailDays } from '../adapters/trail-days.ts';
import { type CustodyReaders, gatherCustody } from './gather-custody.ts';
import { gatherFound, violationsIn } from './gather-found.ts';
import { type GatheredRecord, gatherRecord } from './gather-record.ts';
import { gatherTrail } from './gather-trail.ts';

/** What reports of a wearer are read by. */
export type WearerReaders = CustodyReaders &
  Readonly<{
    loadDocumentAt: LoadDocumentAt;
    loadHistory: LoadHistory;
    loadTimeline: LoadTimeline;
    loadParkedStretches: LoadParkedStretches;
    loadPages: LoadAlertPages;
    loadKnown: People['loadKnown'];
    readRecord: ReadRecord;
    readTrailDays: ReadTrailDays;
    loadSealedNames: LoadSealedNames;
    violations: Pick<WearerViolations, 'from'>;
  }>;

/** Nobody of this id was on record when the report was asked for. */
export class NoSuchWearer extends Error {
  constructor() {
    super('no wearer of this id was on record when the report was asked for');
    this.name = 'NoSuchWearer';
  }
}

const nameOf = async (
  { loadDocumentAt }: WearerReaders,
  wearer: WearerRef,
  askedAt: Instant,
): Promise<string> => {
  const clocks = { time: askedAt, knownAt: askedAt };
  const known = await loadDocumentAt(wearerKey(wearer), wearerSchema, clocks);
  // Where somebody was whom an order protects is shown by nothing that is made here.
  if (known?.value.kind !== 'wearer') throw new NoSuchWearer();
  return known.value.name;
};

const orNull = <T>(compile: () => T): T | null => {
  try {
    return compile();
  } catch (error) {
    // Record: the report says that a document is missing which an order names.
    if (error instanceof MissingDocument) return null;
    throw error;
  }
};

const pairTimeline = async (
  { loadTimeline }: WearerReaders,
  pair: WearerRef,
  wanted: Wanted,
): Promise<Timeline[]> => {
  try {
    return [await loadTimeline(pair, wanted)];
  } catch (error) {
    // Record: the report says so of each violation that it cannot show with its thresholds.
    if (error instanceof MissingDocument) return [];
    throw error;
  }
};

const inForce = async (readers: WearerReaders, wearer: WearerRef, wanted: Wanted) => {
  const history = await readers.loadHistory(wearer, wanted);
  const pairs = await Promise.all(
    (history.pairs ?? []).map((wearerId: WearerId) =>
      pairTimeline(readers, { ...wearer, wearerId }, wanted),
    ),
  );
  const timeline = orNull(() => compileTimeline(history, wanted.sinceAt));
  return { history, timeline, pairTimelines: pairs.flat() };
};

/** The zone of the order that stood at the end of a period, else of the last before. */
const timeZoneOf = ({ orders }: SupervisionHistory, { period }: AskedReport): string => {
  const versions = orders.flat().filter(({ inForceAt }) => inForceAt < period.untilAt);
  const standing = versions.filter(({ value }) => value.startsAt < period.untilAt);
  const [last] = (standing.length > 0 ? standing : versions).toSorted(
    (a, b) => b.value.startsAt - a.value.startsAt || b.version - a.version,
  );
  return last?.value.timeZone ?? 'UTC';
};

const idsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const isPerson = name === 'by' || name === 'personId' || name === 'grantedBy';
    return isPerson && typeof inner === 'string' ? [inner] : idsIn(inner);
  });
};

/** Everybody whom the report names by an id: nobody else is looked up. */
const peopleOf = async (
  { loadKnown }: WearerReaders,
  { agencyId, by }: AskedReport,
  from: Readonly<{ history: SupervisionHistory; told: readonly unknown[] }>,
): Promise<Named[]> => {
  const { orders, permissions = [] } = from.history;
  const named = [
    ...orders.flat().map(({ value }) => value.responsibleOfficer),
    ...idsIn(permissions),
    ...idsIn(from.told),
    by,
  ];
  const ids = [...new Set(named)].flatMap((id): PersonId[] => {
    const { data } = personIdSchema.safeParse(id);
    return data === undefined ? [] : [data];
  });
  const known = await loadKnown(agencyId, ids);
  return known
    .map(({ person: { personId, name, role } }) => ({ personId, name, role }))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
};

const unevaluatedIn = async (
  { loadParkedStretches }: WearerReaders,
  wearer: WearerRef,
  { period, askedAt }: AskedReport,
): Promise<Unevaluated[]> =>
  (await loadParkedStretches(wearer))
    .map(({ parkedAt, unparkedAt }) => {
      const isOver = unparkedAt !== null && unparkedAt <= askedAt;
      return { fromAt: parkedAt, untilAt: isOver ? unparkedAt : null };
    })
    .filter(({ fromAt, untilAt }) => {
      return fromAt < earlierOf(period.untilAt, askedAt) && (untilAt ?? askedAt) > period.fromAt;
    });

/** An entry is sealed within a minute: one that is younger says nothing of the sealer. */
const SEALED_WITHIN_SECONDS = 60;

const sealingOf = async (
  { loadSealedNames }: WearerReaders,
  wearer: WearerRef,
  { names, fromAt, askedAt }: Pick<GatheredRecord, 'names' | 'fromAt'> & { askedAt: Instant },
): Promise<Sealing> => {
  const sealed = await loadSealedNames(wearer, { fromAt, toAt: askedAt });
  const due = names.filter(({ at }) => secondsAfter(at, SEALED_WITHIN_SECONDS) <= askedAt);
  const unsealed = due.filter(({ name }) => !sealed.has(name));
  return {
    ...{ entries: due.length, unsealed: unsealed.length },
    firstUnsealedAt: unsealed[0]?.at ?? null,
  };
};

/**
 * Everything that a report of a wearer is made of, as it was known when it was asked for: asked
 * again it is the same. Throws `NoSuchWearer`.
 */
export const gatherWearer =
  (readers: WearerReaders) =>
  async (asked: AskedReport, wearer: WearerRef): Promise<WearerFacts> => {
    const { period, askedAt, agencyId } = asked;
    const wearerName = await nameOf(readers, wearer, askedAt);
    const violations = await violationsIn(readers.violations)(wearer, asked);
    const looking = { wearer, violations, period, askedAt };
    const recorded = await gatherRecord(readers.readRecord)(looking);
    const told = await gatherFound(readers.loadPages)(violations, recorded, { agencyId, askedAt });
    const sinceAt = told.reduce(
      (first, { violation }) => earlierOf(first, violation.openedAt),
      period.fromAt,
    );
    const force = await inForce(readers, wearer, { sinceAt, knownAt: askedAt });
    const timeZone = timeZoneOf(force.history, asked);
    const custody = await gatherCustody(readers)(wearer, asked);
    const read = await gatherTrail(readers.readTrailDays)({
      ...{ asked, wearer, violations: told.map(({ violation }) => violation) },
      timelines: [...(force.timeline === null ? [] : [force.timeline]), ...force.pairTimelines],
      counter: countTrail(passedOf(asked), {
        timeZone,
        activations: custody.map(({ newest }) => newest),
      }),
    });
    const found = told.flatMap((one, i): Found[] => {
      const sketch = read.sketches[i];
      return sketch === undefined ? [] : [{ ...one, sketch }];
    });
    return {
      ...{
        asked,
        wearerName,
        timeZone,
        ...force,
        found,
        custody,
        said: recorded.said,
        erased: recorded.erased,
      },
      ...{ trail: read.trail, setAside: read.setAside },
      sealing: await sealingOf(readers, wearer, { ...recorded, askedAt }),
      unevaluated: await unevaluatedIn(readers, wearer, asked),
      people: await peopleOf(readers, asked, {
        history: force.history,
        told: [...found.flatMap(({ history, pages }) => [history, pages]), recorded.said],
      }),
      inputs: [read.input, recorded.input],
    };
  };
export type GatherWearer = ReturnType<typeof gatherWearer>;
