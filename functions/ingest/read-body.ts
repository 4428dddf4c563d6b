import type { RawEvent } from '#domain/ingest/read-events.ts';
import { bodyBytes, type HttpRequest, type HttpResponse, refusal } from '../middleware/http.ts';

export const MOST_EVENTS = 1_000;
export const MOST_BYTES = 1_048_576;

type Form = 'json' | 'ndjson';

const FORMS: Readonly<Record<string, Form>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
};

const formOf = (request: HttpRequest): Form | null => {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return FORMS[type] ?? null;
};

const parseJson = (line: string): Readonly<{ value: unknown }> | null => {
  try {
    return { value: JSON.parse(line) };
  } catch {
    // Record: the refusal says which line or body is not JSON.
    return null;
  }
};

const fromLines = (body: string): RawEvent[] =>
  body
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = parseJson(line);
      return parsed === null
        ? { index, malformed: 'this line is not JSON' }
        : { index, value: parsed.value };
    });

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
  return parsed.value.map((value: unknown, index) => ({ index, value }));
};

/** The events of a request, unread, or the refusal of the whole of it. */
export const readBody = (request: HttpRequest): RawEvent[] | HttpResponse => {
  const form = formOf(request);
  if (form === null) {
    const message = 'send application/json or application/x-ndjson';
    return refusal(415, { code: 'unsupported-content-type', message });
  }
  const bytes = bodyBytes(request);
  if (bytes.length > MOST_BYTES) {
    return refusal(413, { code: 'body-too-large', message: 'send at most 1 MiB at a time' });
  }
  const body = bytes.toString('utf8');
  if (body.trim() === '') {
    return refusal(400, { code: 'empty-body', message: 'the body holds no event' });
  }
  const events = form === 'json' ? fromArray(body) : fromLines(body);
  if (Array.isArray(events) && events.length > MOST_EVENTS) {
    const message = `send at most ${MOST_EVENTS} events at a time`;
    return refusal(413, { code: 'too-many-events', message });
  }
  return events;
};
