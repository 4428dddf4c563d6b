import * as z from 'zod';
import { type AgencyId, agencyIdSchema, type PersonId, personIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { holidaysSkippedBy, peopleOn } from '#domain/rota/people-on.ts';
import { personShifts } from '#domain/rota/person-shifts.ts';
import { writeShifts } from '../../adapters/calendar/write-shifts.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { json, keyItem, readJson, text } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { calendarLinkKey, shiftCalendarKey } from '../../adapters/dynamodb/rota-keys.ts';
import { sha256Hex } from '../../adapters/dynamodb/tokens.ts';
import type { Telemetry } from '../../adapters/log/log.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import type { RotaRouteDeps } from '../rota-edit.ts';
import type { Call, LinkRoute, Route } from '../route.ts';

export type ShiftRouteDeps = RotaRouteDeps &
  Readonly<{
    /** 256 random bits, base64url. */
    newSecret: () => string;
    telemetry: Pick<Telemetry, 'log'>;
  }>;

type Whose = Readonly<{ agencyId: AgencyId; personId: PersonId; now: Instant }>;

const isOnRecord = async (documents: Documents, { agencyId, personId }: Whose): Promise<boolean> =>
  (await documents.loadItem(sharedKey(agencyId, 'PERSON', personId))) !== null;

const calendarOf = async (
  { rotas }: ShiftRouteDeps,
  { agencyId, personId, now }: Whose,
): Promise<HttpResponse> => {
  const all = await rotas.loadAll(agencyId);
  const theirs = all.filter((rota) => peopleOn(rota).includes(personId));
  const holidays = await rotas.loadHolidays(agencyId, theirs.flatMap(holidaysSkippedBy));
  const entries = personShifts(theirs, personId, { now, holidays }).map((shift) => {
    const start = shift.isOpen ? 'always' : String(shift.startAt);
    return {
      ...{ startAt: shift.startAt, endAt: shift.endAt },
      uid: `${agencyId}.${shift.rotaId}.${personId}.${start}@homeward`,
      summary: `On call: ${shift.rotaName}`,
    };
  });
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="shifts.ics"',
      'cache-control': 'no-store',
    },
    body: writeShifts('On call', entries, now),
  };
};

const whoseOf = ({ agencyId, request, now }: Call): Whose => ({
  ...{ agencyId, now, personId: personIdSchema.parse(request.pathParameters.personId) },
});

/** A person's shifts by all rotas, as a calendar. */
export const getShifts =
  (deps: ShiftRouteDeps): Route =>
  async (call) => {
    const whose = whoseOf(call);
    if (!(await isOnRecord(deps.documents, whose))) return notFound('this person');
    return calendarOf(deps, whose);
  };

/** Which secret opens somebody's calendar, as its SHA-256; null: none any more. */
const calendarSchema = z.object({ sha256: z.string().length(64).nullable() });
const linkSchema = z.object({ personId: personIdSchema });

const changeLink = async (
  { documents, monitoringTable }: ShiftRouteDeps,
  { agencyId, personId, now: changedAt }: Whose,
  sha256: string | null,
): Promise<HttpResponse | null> => {
  const key = shiftCalendarKey(agencyId, personId);
  const readVersion = (await documents.load(key, calendarSchema))?.version ?? 0;
  const link =
    sha256 === null
      ? []
      : [
          {
            Put: {
              TableName: monitoringTable,
              Item: {
                ...keyItem(calendarLinkKey(agencyId, sha256)),
                ...{ entity: text('SHIFT-CALENDAR-LINK'), body: json({ personId }) },
              },
            },
          },
        ];
  const write = { key, entity: 'SHIFT-CALENDAR', body: { sha256 }, readVersion, changedAt };
  if ((await documents.save({ ...write, beside: link })) === 'saved') return null;
  const message = 'somebody else changed this link at the same time; send yours again';
  return refusal(409, { code: 'changed-meanwhile', message });
};

/**
 * Makes a secret address under which calendar programs find somebody's shifts. It is shown in this
 * answer and never again; the one before ceases to work.
 */
export const postShiftCalendar =
  (deps: ShiftRouteDeps): Route =>
  async (call) => {
    const whose = whoseOf(call);
    if (!(await isOnRecord(deps.documents, whose))) return notFound('this person');
    const link = `${call.agencyId}.${deps.newSecret()}`;
    const refused = await changeLink(deps, whose, sha256Hex(link));
    return refused ?? jsonResponse(201, { path: `/v1/shift-calendars/${link}` });
  };

/** Ends the secret address of somebody's shifts. */
export const deleteShiftCalendar =
  (deps: ShiftRouteDeps): Route =>
  async (call) => {
    const whose = whoseOf(call);
    if (!(await isOnRecord(deps.documents, whose))) return notFound('this person');
    return (await changeLink(deps, whose, null)) ?? jsonResponse(200, { revoked: true });
  };

const LINK_FORM = /^([A-Za-z0-9._-]{1,64})\.[A-Za-z0-9_-]{43}$/;

/** Whose shifts a link opens; null for one that opens none, or none any more. */
const openedBy = async (
  { documents }: ShiftRouteDeps,
  link: string,
): Promise<Omit<Whose, 'now'> | null> => {
  const agency = agencyIdSchema.safeParse(LINK_FORM.exec(link)?.[1]);
  if (!agency.success) return null;
  const agencyId = agency.data;
  const sha256 = sha256Hex(link);
  const item = await documents.loadItem(calendarLinkKey(agencyId, sha256));
  if (item === null) return null;
  const { personId } = readJson(item, 'body', linkSchema);
  const stands = await documents.load(shiftCalendarKey(agencyId, personId), calendarSchema);
  return stands?.value.sha256 === sha256 ? { agencyId, personId } : null;
};

/** The calendar that a secret address opens. */
export const showShiftCalendar =
  (deps: ShiftRouteDeps): LinkRoute =>
  async (link, { now }) => {
    const opened = await openedBy(deps, link);
    if (opened !== null) return calendarOf(deps, { ...opened, now });
    deps.telemetry.log.warn('shift calendar refused', { reason: 'link-unknown' });
    return notFound('this calendar');
  };
