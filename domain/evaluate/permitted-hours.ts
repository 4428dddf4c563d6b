import type { Versioned } from '../model/documents.ts';
import type { Condition } from '../model/order.ts';
import type { Permission } from '../model/permission.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import { type ActiveInterval, clip, cutOut, unite } from '../time/interval-sets.ts';

export type PermittedHours = Readonly<{
  active: CompiledTimetable;
  permitted: readonly ActiveInterval[];
}>;

const appliesTo = ({ conditionIds, isRevoked }: Permission, condition: Condition): boolean =>
  !isRevoked && (conditionIds === null || conditionIds.includes(condition.conditionId));

const stretchOf = ({ from, until }: Permission): ActiveInterval => ({
  ...{ startAt: from, endAt: until, startsBy: 'permission', endsBy: 'permission' },
});

/** Takes what was permitted out of a condition's hours, and keeps what was taken. */
export const permittedHours = (
  active: CompiledTimetable,
  condition: Condition,
  permissions: readonly Versioned<Permission>[],
): PermittedHours => {
  const stretches = unite(
    permissions.flatMap(({ value }) => (appliesTo(value, condition) ? [stretchOf(value)] : [])),
  );
  if (stretches.length === 0) return { active, permitted: [] };
  return {
    active: { ...active, intervals: cutOut(active.intervals, stretches) },
    permitted: unite(stretches.flatMap((stretch) => clip(active.intervals, stretch))),
  };
};
