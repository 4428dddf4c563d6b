import { parseTimetable } from '#domain/time/timetable.ts';

export const window = { days: ['mon', 'fri'], start: '19:00', end: '07:00' };
export const london = (more: Record<string, unknown>) => ({
  timeZone: 'Europe/London',
  windows: [window],
  ...more,
});
export const exception = (more: Record<string, unknown>) =>
  london({ exceptions: [{ kind: 'permitted-absence', reason: 'work', ...more }] });

export const refusals = (input: unknown): [string, string, string][] => {
  const result = parseTimetable(input);
  return result.ok
    ? []
    : result.problems.map(({ code, path, message }) => [code, path.join('.'), message]);
};
