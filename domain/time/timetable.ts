import * as z from 'zod';
import { knownTimeZone } from './local-clock.ts';
import { localWindowSchema } from './local-window.ts';
import {
  exceptionProblems,
  type TimetableProblem,
  validityProblems,
  windowProblems,
} from './timetable-checks.ts';
import { type TimetableWarning, weekWarnings } from './timetable-warnings.ts';

const MOST_WINDOWS = 50;
const MOST_EXCEPTIONS = 500;

const LOCAL_DATE_TIME =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){1,2}(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;

/**
 * A date and time on the wall clock; an offset says which is meant where a clock shows it twice.
 */
const localDateTimeSchema = z
  .string()
  .refine(
    (text) => LOCAL_DATE_TIME.test(text) && z.iso.date().safeParse(text.slice(0, 10)).success,
    'must be a local date and time, as 2026-12-24T19:00, or with an offset 2026-12-24T19:00+01:00',
  );

const exceptionKindSchema = z.enum(['permitted-absence', 'extra-hours', 'suspension']);
export type ExceptionKind = z.infer<typeof exceptionKindSchema>;

const exceptionFields = { kind: exceptionKindSchema, reason: z.string().min(1).max(500) };

/** Something that differs from the week: on a whole local day, or between two local times. */
const timetableExceptionSchema = z
  .object({
    ...exceptionFields,
    date: z.iso.date().optional(),
    from: localDateTimeSchema.optional(),
    until: localDateTimeSchema.optional(),
  })
  .transform(({ kind, reason, date, from, until }, context) => {
    if (date !== undefined && from === undefined && until === undefined) {
      return { kind, reason, date };
    }
    if (date === undefined && from !== undefined && until !== undefined) {
      return { kind, reason, from, until };
    }
    const message = 'an exception has either a date, or both from and until';
    context.issues.push({ code: 'custom', message, input: { date, from, until } });
    return z.NEVER;
  });
export type TimetableException = Readonly<z.infer<typeof timetableExceptionSchema>>;

/**
 * When something is in force: windows that come back each week on the wall clock of an IANA zone,
 * and dated exceptions. `validFrom` and `validUntil` are the first and the last local day, both
 * included; null is without end.
 */
export const timetableSchema = z.object({
  timeZone: z.string().min(1).max(64),
  windows: z.array(localWindowSchema).max(MOST_WINDOWS).default([]),
  exceptions: z.array(timetableExceptionSchema).max(MOST_EXCEPTIONS).default([]),
  validFrom: z.iso.date().nullable().default(null),
  validUntil: z.iso.date().nullable().default(null),
});
export type Timetable = Readonly<z.infer<typeof timetableSchema>>;

export type TimetableResult =
  | Readonly<{ ok: true; timetable: Timetable; warnings: readonly TimetableWarning[] }>
  | Readonly<{ ok: false; problems: readonly TimetableProblem[] }>;

const fromZod = (error: z.ZodError): TimetableProblem[] =>
  error.issues.map((issue) => ({
    code: 'malformed',
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message: issue.message,
  }));

/**
 * Reads a timetable as somebody wrote it. Never throws: one that cannot be followed is refused with
 * every problem found, and its place. The zone's name is returned in the tz database's spelling.
 */
export const parseTimetable = (input: unknown): TimetableResult => {
  const parsed = timetableSchema.safeParse(input);
  if (!parsed.success) return { ok: false, problems: fromZod(parsed.error) };
  const timeZone = knownTimeZone(parsed.data.timeZone);
  if (timeZone === undefined) {
    const message = `${parsed.data.timeZone} is no IANA time zone; write one as Europe/London`;
    return { ok: false, problems: [{ code: 'unknown-time-zone', path: ['timeZone'], message }] };
  }
  const timetable = { ...parsed.data, timeZone };
  const problems = [
    ...windowProblems(timetable),
    ...exceptionProblems(timetable),
    ...validityProblems(timetable),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, timetable, warnings: weekWarnings(timetable.windows) };
};
