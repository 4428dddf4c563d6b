import { readOwnTracks } from '#domain/ingest/read-owntracks.ts';
import { NOTHING_TRANSLATED, notTaken } from '#domain/ingest/reported-event.ts';
import { type HeadEnd, type HttpRequest, jsonResponse } from '../middleware/http.ts';
import { decodeBody } from './decode-body.ts';
import { parseJson } from './parse-json.ts';
import { type Door, MOST_EVENTS } from './reading.ts';

const unreadable = (message: string) => notTaken(0).refused('unreadable-body', '', message);

/** `user/device` of the headers that the phone sets in HTTP mode. */
const namedIn = ({ headers }: HttpRequest): string | null => {
  const user = headers['x-limit-u'];
  const device = headers['x-limit-d'];
  return user && device ? `${user}/${device}` : null;
};

const translate = (request: HttpRequest, { deviceSerial }: HeadEnd) => {
  const body = decodeBody(request);
  if (typeof body !== 'string') return { events: 1, translation: unreadable('cannot be unpacked') };
  if (body.trim() === '') return { events: 0, translation: NOTHING_TRANSLATED };
  const parsed = parseJson(body);
  if (parsed === null) return { events: 1, translation: unreadable('the body is not JSON') };
  const events = Array.isArray(parsed.value) ? parsed.value.length : 1;
  if (events > MOST_EVENTS) return { events: 1, translation: unreadable('too many messages') };
  const phone = { named: namedIn(request), ofToken: deviceSerial ?? null };
  return { events, translation: readOwnTracks(parsed.value, phone) };
};

/**
 * What an OwnTracks phone posts. It keeps everything that is not answered with 2xx and sends it
 * again before anything newer, so what can never be taken is answered like what was: the reasons
 * are counted and logged.
 */
export const ownTracksDoor: Door = {
  read: (request, sender) => ({ raw: [], ...translate(request, sender) }),
  answer: () => jsonResponse(200, []),
};
