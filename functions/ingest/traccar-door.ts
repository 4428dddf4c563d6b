import { readTraccar } from '#domain/ingest/read-traccar.ts';
import { jsonResponse, refusal } from '../middleware/http.ts';
import { decodeBody } from './decode-body.ts';
import { parseJson } from './parse-json.ts';
import type { Door } from './reading.ts';

/**
 * What a Traccar server forwards, one position or event a POST. Whatever could be read is answered
 * with 202: the server would only send a refused one again.
 */
export const traccarDoor: Door = {
  read: (request, { deviceSerial }) => {
    const body = decodeBody(request);
    if (typeof body !== 'string') return body;
    const parsed = parseJson(body);
    if (parsed === null) {
      const message = 'the body is not JSON: set forward.type to json';
      return refusal(400, { code: 'malformed-json', message });
    }
    const translation = readTraccar(parsed.value, deviceSerial ?? null);
    return { events: 1, raw: [], translation };
  },
  answer: (outcome) => jsonResponse(202, outcome),
};
