import type { RawEvent } from '#domain/ingest/read-events.ts';
import { NOTHING_TRANSLATED } from '#domain/ingest/reported-event.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, refusal } from '../middleware/http.ts';
import { decodeBody } from './decode-body.ts';
import { parseJson } from './parse-json.ts';
import { type Door, MOST_EVENTS } from './reading.ts';

type Form = 'json' | 'ndjson';

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
]);

const formOf = (request: HttpRequest): Form | undefined => {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return FORMS.get(type);
};

const tooMany = (): HttpResponse => {
  const message = `send at most ${MOST_EVENTS} events at a time`;
  return refusal(413, { code: 'too-many-events', message });
};

const fromLines = (body: string): RawEvent[] | HttpResponse => {
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > MOST_EVENTS) return tooMany();
  return lines.map((line, index) => {
    const parsed = parseJson(line);
    return parsed === null
      ? { index, malformed: 'this line is not JSON' }
      : { index, value: parsed.value };
  });
};

const fromArray = (body: string): RawEvent[] | HttpResponse => {
  const parsed = parseJson(body);
  if (parsed === null) {
    return refusal(400, {
      code: 'malformed-json',
      message: 'the body is not JSON; NaN and Infinity are no JSON either',
    });
  }
  if (!Array.isArray(parsed.value)) {
    const message = 'send a JSON array of events, or one event a line as application/x-ndjson';
    return refusal(400, { code: 'not-an-array', message });
  }
  if (parsed.value.length > MOST_EVENTS) return tooMany();
  return parsed.value.map((value: unknown, index) => ({ index, value }));
};

const readEvents = (request: HttpRequest): RawEvent[] | HttpResponse => {
  const form = formOf(request);
  if (form === undefined) {
    const message = 'send application/json or application/x-ndjson';
    return refusal(415, { code: 'unsupported-content-type', message });
  }
  const body = decodeBody(request);
  if (typeof body !== 'string') return body;
  if (body.trim() === '') {
    return refusal(400, { code: 'empty-body', message: 'the body holds no event' });
  }
  return form === 'json' ? fromArray(body) : fromLines(body);
};

/** Events in our own form, from a head-end: every refused one is answered with its reason. */
export const eventsDoor: Door = {
  read: (request) => {
    const raw = readEvents(request);
    if (!Array.isArray(raw)) return raw;
    return { events: raw.length, raw, translation: NOTHING_TRANSLATED };
  },
  answer: ({ accepted, refused }) => jsonResponse(202, { accepted, refused }),
};
