import type { Rota } from '../model/rota.ts';
import type { RotaProblem } from './problem.ts';
import { inWords } from './problem.ts';

type Shift = Rota['shifts'][number];
type Span = Pick<Shift, 'startsAt' | 'endsAt'>;

const common = (a: Span, b: Span) => ({
  startAt: a.startsAt > b.startsAt ? a.startsAt : b.startsAt,
  endAt: a.endsAt < b.endsAt ? a.endsAt : b.endsAt,
});

const doOverlap = (a: Span, b: Span): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Shifts of one person of which two run at once. */
const twoPlaces = (shifts: readonly Shift[], path: string): RotaProblem[] => {
  const inOrder = shifts
    .map((shift, i) => ({ shift, i }))
    .sort((a, b) => a.shift.startsAt - b.shift.startsAt);
  const latest = new Map<string, (typeof inOrder)[number]>();
  return inOrder.flatMap((next): RotaProblem[] => {
    const { personId } = next.shift;
    const before = latest.get(personId);
    if (before === undefined || next.shift.endsAt > before.shift.endsAt) latest.set(personId, next);
    if (before === undefined || !doOverlap(before.shift, next.shift)) return [];
    const when = inWords(common(before.shift, next.shift));
    const message =
      `${personId} is in two places ${when}: ${path}.${before.i} has them there as well; ` +
      'make one shift of the two, or name somebody else';
    return [{ code: 'two-places', path: `${path}.${next.i}`, message }];
  });
};

/** What is wrong with a rota's dated shifts and temporary stretches. */
export const shiftProblems = ({ shifts, temporary }: Rota): RotaProblem[] => {
  const overlapping = temporary.flatMap((stretch, i): RotaProblem[] => {
    const other = temporary.findIndex((one) => doOverlap(one, stretch));
    if (other >= i) return [];
    const when = inWords(common(temporary[other] ?? stretch, stretch));
    const message = `overlaps temporary.${other} ${when}: only one can stand in for the rest`;
    return [{ code: 'overlapping', path: `temporary.${i}`, message }];
  });
  const within = temporary.flatMap((stretch, i) => [
    ...twoPlaces(stretch.shifts, `temporary.${i}.shifts`),
    ...stretch.shifts.flatMap((shift, j): RotaProblem[] => {
      if (shift.startsAt >= stretch.startsAt && shift.endsAt <= stretch.endsAt) return [];
      const message = 'the shift goes beyond its temporary stretch, where it would not count';
      return [{ code: 'outside', path: `temporary.${i}.shifts.${j}`, message }];
    }),
  ]);
  return [...twoPlaces(shifts, 'shifts'), ...overlapping, ...within];
};
