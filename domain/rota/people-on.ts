import type { HolidaysId, PersonId } from '../model/ids.ts';
import type { Rota } from '../model/rota.ts';

/** Somebody whom a rota names, and the field that names them. */
export type NamedPerson = Readonly<{ path: string; personId: PersonId }>;

/** Everybody whom a rota names, on call or as the one who decided something. */
export const peopleNamedBy = (rota: Rota): NamedPerson[] => {
  const shiftsAt = (shifts: Rota['shifts'], path: string): NamedPerson[] =>
    shifts.map(({ personId }, i) => ({ path: `${path}.${i}.personId`, personId }));
  const { otherwise } = rota;
  return [
    ...(otherwise === null ? [] : [{ path: 'otherwise', personId: otherwise }]),
    ...shiftsAt(rota.shifts, 'shifts'),
    ...rota.layers.flatMap(({ people }, i) =>
      people.map((personId, j) => ({ path: `layers.${i}.people.${j}`, personId })),
    ),
    ...rota.temporary.flatMap(({ shifts }, i) => shiftsAt(shifts, `temporary.${i}.shifts`)),
    ...rota.overrides.flatMap((override, i) => [
      { path: `overrides.${i}.personId`, personId: override.personId },
      { path: `overrides.${i}.by`, personId: override.by },
      ...(override.cancelled === null
        ? []
        : [{ path: `overrides.${i}.cancelled.by`, personId: override.cancelled.by }]),
      ...(override.kind === 'replace'
        ? [{ path: `overrides.${i}.insteadOf`, personId: override.insteadOf }]
        : []),
    ]),
  ];
};

/** Everybody who may ever be on call by a rota. */
export const peopleOn = (rota: Rota): PersonId[] => [
  ...new Set(
    peopleNamedBy(rota).flatMap(({ path, personId }) => (path.endsWith('.by') ? [] : [personId])),
  ),
];

/** The holidays that a rota's layers skip. */
export const holidaysSkippedBy = ({ layers }: Pick<Rota, 'layers'>): HolidaysId[] =>
  layers.flatMap(({ skipHolidays }) => (skipHolidays === null ? [] : [skipHolidays]));
