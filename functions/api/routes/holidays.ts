import { type Holidays, holidaysSchema } from '#domain/model/holidays.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { gapProblems, gapsOpenedBy } from '#domain/rota/judge-rota.ts';
import { holidaysSkippedBy } from '#domain/rota/people-on.ts';
import { readHolidays } from '../../adapters/calendar/read-holidays.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { bodyBytes, type HttpRequest, type HttpResponse, refusal } from '../../middleware/http.ts';
import { isResponse, type Problem, readBody, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { RotaRouteDeps } from '../rota-edit.ts';
import type { Call, Route } from '../route.ts';

const MOST_BYTES = 1_048_576;
const YEAR_SECONDS = 366 * DAY_SECONDS;

const isCalendar = ({ headers }: HttpRequest): boolean =>
  /^text\/calendar\b/i.test(headers['content-type'] ?? '');

const dateOf = (at: Instant): string => toIso(at).slice(0, 10);

type Read = Readonly<{ value: Holidays; ignored: number }>;

/** Holidays as JSON, or as a calendar: its days of the last year and of three years ahead. */
const readSent = ({ request, now }: Call): Read | HttpResponse => {
  const { holidaysId } = request.pathParameters;
  if (!isCalendar(request)) {
    const value = readBody(holidaysSchema, request, { holidaysId });
    return isResponse(value) ? value : { value, ignored: 0 };
  }
  const bytes = bodyBytes(request);
  if (bytes.length > MOST_BYTES) {
    const message = `the calendar has ${bytes.length} bytes, at most ${MOST_BYTES} are taken`;
    return refusal(413, { code: 'body-too-large', message });
  }
  const read = readHolidays(bytes.toString('utf8'), {
    from: dateOf(secondsAfter(now, -YEAR_SECONDS)),
    until: dateOf(secondsAfter(now, 3 * YEAR_SECONDS)),
  });
  if (!read.ok) {
    return unacceptable([{ code: 'malformed-calendar', path: 'body', message: read.message }]);
  }
  if (read.days.length === 0) {
    const message = 'it has no event of a whole day from a year back to three years ahead';
    return unacceptable([{ code: 'no-holidays', path: 'body', message }]);
  }
  const name = read.name ?? holidaysId;
  const value = readWith(holidaysSchema, { holidaysId, name, days: read.days });
  return value.ok ? { value: value.value, ignored: read.ignored } : unacceptable(value.problems);
};

/** The gaps that holidays open in the rotas that skip them: told, and paged daily from then on. */
const gapWarnings = async (
  { rotas }: RotaRouteDeps,
  { agencyId, now }: Call,
  { holidaysId, days }: Holidays,
): Promise<Problem[]> => {
  const all = await rotas.loadAll(agencyId);
  const skipping = all.filter((rota) => holidaysSkippedBy(rota).includes(holidaysId));
  const ids = skipping.flatMap(holidaysSkippedBy);
  const before = await rotas.loadHolidays(agencyId, ids);
  const after = new Map([...before, [holidaysId, days.map(({ date }) => date)]]);
  return skipping.flatMap((rota) =>
    gapProblems(gapsOpenedBy(rota, { now, before, after })).map((problem) => ({
      ...problem,
      path: `rotas.${rota.rotaId}`,
    })),
  );
};

export const putHolidays =
  (deps: RotaRouteDeps): Route =>
  async (call) => {
    const sent = readSent(call);
    if (isResponse(sent)) return sent;
    const { agencyId, now: changedAt } = call;
    const { value, ignored } = sent;
    const gaps = await gapWarnings(deps, call, value);
    const message = `${ignored} events have hours of their own, and are no holidays`;
    const skipped = ignored === 0 ? [] : [{ code: 'ignored', path: 'body', message }];
    return putDocument(deps.documents, {
      ...{ agencyId, key: sharedKey(agencyId, 'HOLIDAYS', value.holidaysId), changedAt },
      ...{ entity: 'HOLIDAYS', body: value, warnings: [...skipped, ...gaps] },
    });
  };
