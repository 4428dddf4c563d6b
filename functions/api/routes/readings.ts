import * as z from 'zod';
import { toIso } from '#domain/model/instant.ts';
import type { LoadReadings } from '../../adapters/dynamodb/readings.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readOfPath } from '../about-whom.ts';
import { readPeriod } from '../asked-period.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';

export type ReadingRouteDeps = Readonly<{ loadReadings: LoadReadings }>;

const MOST_DAYS = 92;
const MOST_ON_PAGE = 1_000;

const querySchema = z.object({ after: z.string().min(1).max(400).optional() });

const nextLink = ({ request }: Call, to: string, after: string): Record<string, string> => {
  const { from = '', by = '', reason = '' } = request.queryStringParameters;
  const query = new URLSearchParams({ from, to, after, by, reason });
  const { wearerId, personId } = request.pathParameters;
  const whose = wearerId === undefined ? `people/${personId}` : `wearers/${wearerId}`;
  return { link: `</v1/${whose}/readings?${query}>; rel="next"` };
};

/** Who read what about a wearer, or a person, when and why; not what they were answered. */
export const listReadings =
  ({ loadReadings }: ReadingRouteDeps): Route =>
  async (call) => {
    const period = readPeriod(call.request, call.now, MOST_DAYS);
    if (!period.ok) return unacceptable(period.problems);
    const asked = readWith(querySchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { after = null } = asked.value;
    const stretch = { ...period.value, after };
    const found = await loadReadings(readOfPath(call), stretch, MOST_ON_PAGE);
    const response = jsonResponse(200, {
      readings: found.readings.map(({ at, ...reading }) => ({ at: toIso(at), ...reading })),
    });
    if (found.next === null) return response;
    const link = nextLink(call, toIso(period.value.toAt), found.next);
    return { ...response, headers: { ...response.headers, ...link } };
  };
