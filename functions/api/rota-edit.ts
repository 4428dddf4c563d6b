import type { AgencyId, RotaId } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { type Decided, type Rota, rotaSchema, type WrittenRota } from '#domain/model/rota.ts';
import { gapProblems, rotaProblems } from '#domain/rota/judge-rota.ts';
import { holidaysSkippedBy, peopleNamedBy } from '#domain/rota/people-on.ts';
import type { HolidayDates, Stretch } from '#domain/rota/stretch.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import type { Item } from '../adapters/dynamodb/items.ts';
import { sharedKey } from '../adapters/dynamodb/keys.ts';
import { listedRotaPut, type RotaStore } from '../adapters/dynamodb/rotas.ts';
import type { HttpResponse } from '../middleware/http.ts';
import { type Named, unknownAmong } from './named-documents.ts';
import { type Problem, readAs, unacceptable } from './problems.ts';
import { putDocument } from './put-document.ts';
import { type NamedPerson, reachOf } from './reachable-people.ts';

export type RotaRouteDeps = Readonly<{
  documents: Documents;
  rotas: RotaStore;
  monitoringTable: string;
}>;

/** Who asks for what to stand, in the place of what stands. */
export type RotaEdit = Readonly<{
  agencyId: AgencyId;
  rotaId: RotaId;
  now: Instant;
  /** Every time of it an instant. */
  written: WrittenRota;
  standing: Readonly<{ item: Item; rota: Rota | null }> | null;
  /** Who wants it even with gaps. */
  force: Decided | null;
  /** The gaps that have to be forced. */
  gapsFor: (rota: Rota, situation: Readonly<{ now: Instant; holidays: HolidayDates }>) => Stretch[];
}>;

/** Each of some things at the first place that names it. */
const firstOf = <N>(named: readonly N[], nameOf: (one: N) => string): N[] => {
  const first = new Map<string, N>();
  for (const one of named) if (!first.has(nameOf(one))) first.set(nameOf(one), one);
  return [...first.values()];
};

/** Whom a rota puts on call: not who decided something, nor who is taken off. */
const onCallBy = (rota: Rota): NamedPerson[] => {
  const removed = rota.overrides.map((one, i) => (one.kind === 'remove' ? i : null));
  return peopleNamedBy(rota).flatMap(({ path, personId }) => {
    const isOff = removed.some((i) => i !== null && path === `overrides.${i}.personId`);
    return isOff || /\.(by|insteadOf)$/.test(path) ? [] : [{ path, id: personId }];
  });
};

/** Nobody is put on call whom no page may reach. */
const reachOn = ({ documents }: RotaRouteDeps, { agencyId, standing }: RotaEdit, rota: Rota) => {
  const before = standing?.rota ?? null;
  return reachOf(documents, agencyId, {
    named: firstOf(onCallBy(rota), ({ id }) => id),
    before: new Set(before === null ? [] : onCallBy(before).map(({ id }) => id)),
  });
};

/** A problem for each person or holidays not on record, at the first place that names them. */
const unknownOn = (
  { documents }: RotaRouteDeps,
  { agencyId, force }: RotaEdit,
  rota: Rota,
): Promise<Problem[]> => {
  const named: Named[] = [
    ...peopleNamedBy(rota).map(
      ({ path, personId }): Named => ({
        ...{ path, kind: 'PERSON', id: personId },
      }),
    ),
    ...rota.layers.flatMap(({ skipHolidays }, i): Named[] =>
      skipHolidays === null
        ? []
        : [{ path: `layers.${i}.skipHolidays`, kind: 'HOLIDAYS', id: skipHolidays }],
    ),
    ...(force === null ? [] : [{ path: 'force.by', kind: 'PERSON', id: force.by } as const]),
  ];
  return unknownAmong(
    documents,
    agencyId,
    firstOf(named, ({ kind, id }) => `${kind} ${id}`),
  );
};

const gapsForced = ({ force, now, standing }: RotaEdit, gaps: readonly Stretch[]) => {
  const before = standing?.rota?.gapsForced ?? null;
  if (force === null || gaps.length === 0) return null;
  const isSame = before?.by === force.by && before.reason === force.reason;
  return { ...force, at: toIso(isSame && before !== null ? before.at : now) };
};

/**
 * Judges a rota and saves it as the next version: what names somebody unknown, cannot be followed,
 * or leaves gaps that nobody forces, is refused with every reason, and nothing is changed.
 */
export const saveRota = async (deps: RotaRouteDeps, edit: RotaEdit): Promise<HttpResponse> => {
  const { agencyId, rotaId, now, written, standing } = edit;
  const read = readAs(rotaSchema, written);
  if (!read.ok) return unacceptable(read.problems);
  const rota = read.value;
  const unknown = await unknownOn(deps, edit, rota);
  if (unknown.length > 0) return unacceptable(unknown);
  const reach = await reachOn(deps, edit, rota);
  if (reach.problems.length > 0) return unacceptable(reach.problems);
  const situation = {
    now,
    holidays: await deps.rotas.loadHolidays(agencyId, holidaysSkippedBy(rota)),
  };
  const problems = rotaProblems(rota, standing?.rota ?? null, situation);
  if (problems.length > 0) return unacceptable(problems);
  const gaps = edit.gapsFor(rota, situation);
  if (gaps.length > 0 && edit.force === null) return unacceptable(gapProblems(gaps));
  return putDocument(deps.documents, {
    ...{ agencyId, key: sharedKey(agencyId, 'ROTA', rotaId), entity: 'ROTA', changedAt: now },
    body: { ...written, gapsForced: gapsForced(edit, gaps) ?? written.gapsForced },
    known: standing?.item ?? null,
    beside: () => [listedRotaPut(deps.monitoringTable, agencyId, rotaId)],
    warnings: [...(edit.force === null ? [] : gapProblems(gaps)), ...reach.warnings],
  });
};
