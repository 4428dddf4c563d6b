import { instant, toIso } from '../model/instant.ts';
import type { WrittenOverride, WrittenRota } from '../model/rota.ts';
import { readInZone, readingProblem } from '../time/local-reading.ts';
import type { RotaProblem } from './problem.ts';

/** What was written, with every time as an instant; or what is wrong with its times. */
export type Resolved<T> = Readonly<{ value: T; problems: readonly RotaProblem[] }>;

const OFFSET = /([+-]\d{2}:\d{2}|Z)$/;

/** Turns written times into instants, and keeps what is wrong with those it cannot turn. */
const momentReader = (timeZone: string | null) => {
  const problems: RotaProblem[] = [];
  const resolve = (text: string, path: string): string => {
    if (OFFSET.test(text)) return toIso(instant(Math.max(0, Date.parse(text))));
    if (timeZone === null) {
      const message = `${text} needs an offset, as ${text}Z, or the rota a timeZone`;
      problems.push({ code: 'wrong-offset', path, message });
      return text;
    }
    const problem = readingProblem(text, timeZone);
    if (problem !== null) problems.push({ ...problem, path });
    const reading = readInZone(text, timeZone);
    return reading.kind === 'once' ? toIso(reading.at) : text;
  };
  return { problems, resolve };
};
type Resolve = ReturnType<typeof momentReader>['resolve'];

type Span = Readonly<{ startsAt: string; endsAt: string }>;

const spanWith = (resolve: Resolve) => (span: Span, path: string) => ({
  startsAt: resolve(span.startsAt, `${path}.startsAt`),
  endsAt: resolve(span.endsAt, `${path}.endsAt`),
});

const overrideWith =
  (resolve: Resolve) =>
  (override: WrittenOverride, path: string): WrittenOverride => {
    const { cancelled } = override;
    const at = cancelled === null ? '' : resolve(cancelled.at, `${path}.cancelled.at`);
    return {
      ...override,
      ...spanWith(resolve)(override, path),
      cancelled: cancelled === null ? null : { ...cancelled, at },
    };
  };

const under = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Reads the times of an override on the clock of its rota. */
export const resolveOverride = (
  override: WrittenOverride,
  timeZone: string | null,
): Resolved<WrittenOverride> => {
  const { problems, resolve } = momentReader(timeZone);
  const plain: Resolve = (text, path) => resolve(text, path.replace(/^\./, ''));
  return { value: overrideWith(plain)(override, ''), problems };
};

/**
 * Reads every time of a rota on the rota's clock. One that comes twice there, or never, is refused
 * with both readings: whoever wrote it knows which they meant.
 */
export const resolveRota = (rota: WrittenRota): Resolved<WrittenRota> => {
  const { problems, resolve } = momentReader(rota.timeZone);
  const span = spanWith(resolve);
  const shiftsAt = (shifts: WrittenRota['shifts'], path: string) =>
    shifts.map((shift, i) => ({ ...shift, ...span(shift, `${under(path, 'shifts')}.${i}`) }));
  const value = {
    ...rota,
    shifts: shiftsAt(rota.shifts, ''),
    temporary: rota.temporary.map((stretch, i) => ({
      ...span(stretch, `temporary.${i}`),
      shifts: shiftsAt(stretch.shifts, `temporary.${i}`),
    })),
    overrides: rota.overrides.map((override, i) =>
      overrideWith(resolve)(override, `overrides.${i}`),
    ),
  };
  return { value, problems };
};
