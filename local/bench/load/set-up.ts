import * as z from 'zod';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { putPerson } from '#local/replay/put-person.ts';
import { monitoringRows, type Pattern, type Row, rowsFor } from './copy-wearers.ts';
import {
  HEAD_END_ID,
  IN_FORCE_FROM,
  OFFICER,
  orderOf,
  POLICY,
  timetableOf,
  zoneOf,
} from './population/documents.ts';
import type { HiddenKind } from './population/hidden.ts';
import { DAYS, type Demand, hasZone, type Wearer } from './population/wearer.ts';

/** A backlog is replayed as fast as it goes: the token's allowance must not be what slows it. */
const UNHURRIED = { requestsPerMinute: 1_000_000, eventsPerMinute: 100_000_000 } as const;

/** Wearers whose documents are put at the same time. */
const AT_ONCE = 8;

const setUpShared = async (api: ApiClient): Promise<void> => {
  await putPerson(api, OFFICER);
  await api.put(`/v1/policies/${POLICY.policyId}`, POLICY);
  for (const aheadMinutes of DAYS) {
    const timetable = timetableOf(aheadMinutes);
    await api.put(`/v1/timetables/${timetable.timetableId}`, timetable);
  }
};

const changedSchema = z.object({ changed: z.boolean() });

/** Puts everything of a wearer; tells how many of the documents were not on record like that. */
const putWearer = async (
  api: ApiClient,
  wearer: Wearer,
  hidden: HiddenKind | undefined,
): Promise<number> => {
  const path = `/v1/wearers/${wearer.wearerId}`;
  const zone = zoneOf(wearer);
  const activation = {
    headEndId: HEAD_END_ID,
    deviceSerial: wearer.wearerId,
    startsAt: IN_FORCE_FROM,
  };
  const documents: [path: string, body: object][] = [
    ...(hasZone(wearer) ? [[`/v1/zones/${zone.zoneId}`, zone] satisfies [string, object]] : []),
    [path, { name: `Wearer ${wearer.number}` }],
    [`${path}/activations/${wearer.activationId}`, activation],
    [`${path}/orders/order`, orderOf(wearer, hidden)],
  ];
  let changes = 0;
  for (const [where, body] of documents) {
    if (changedSchema.parse(await api.put(where, body)).changed) changes += 1;
  }
  return changes;
};

export type Caseload = Readonly<{
  wearers: readonly Wearer[];
  hiddenKinds: ReadonlyMap<number, HiddenKind>;
  /** Told of each part that is done. */
  onProgress: (text: string) => void;
}>;

const putAll = async (api: ApiClient, some: readonly Wearer[], { hiddenKinds }: Caseload) => {
  const left = some.values();
  const work = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      await putWearer(api, next.value, hiddenKinds.get(next.value.number));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** Up to so many wearers everybody is put on record through the API. */
const MOST_BY_API = 200;
const CHECKED = 12;

/** Wearers by what their orders demand: of each kind one is a pattern for the others. */
const patternFor = (wearers: readonly Wearer[], demand: Demand): Wearer[] =>
  wearers.filter((wearer) => wearer.demand === demand).slice(0, 1);

function* groupsOf(patterns: readonly Pattern[], wearers: readonly Wearer[]): Generator<Row[]> {
  const byDemand = new Map(patterns.map((pattern) => [pattern.wearer.demand, pattern]));
  for (let start = 0; start < wearers.length; start += COPIED_TOGETHER) {
    yield wearers.slice(start, start + COPIED_TOGETHER).flatMap((wearer) => {
      const pattern = byDemand.get(wearer.demand);
      return pattern === undefined ? [] : rowsFor(pattern, wearer);
    });
  }
}
const COPIED_TOGETHER = 25;

/**
 * Writes the rows of a pattern again for everybody like it, and holds some of them to what the API
 * itself would have written: put again, their documents must not change.
 */
const copyAll = async (cloud: Cloud, api: ApiClient, caseload: Caseload): Promise<void> => {
  const { wearers, hiddenKinds, onProgress } = caseload;
  const usual = wearers.filter(({ number }) => !hiddenKinds.has(number));
  const demands = ['curfew', 'zone', 'both'] as const;
  const first = demands.flatMap((demand) => patternFor(usual, demand));
  await putAll(
    api,
    [...first, ...wearers.filter(({ number }) => hiddenKinds.has(number))],
    caseload,
  );
  await cloud.settled();
  onProgress(`${first.length + hiddenKinds.size} put through the API`);
  const rows = monitoringRows(cloud);
  const others = usual.filter((wearer) => !first.includes(wearer));
  await rows.write(groupsOf(await rows.patternsOf(first), others));
  rows.close();
  onProgress(`${others.length} written in bulk after their pattern`);
  const step = Math.max(1, Math.floor(others.length / CHECKED));
  for (const wearer of others.filter((_, i) => i % step === 0)) {
    const changes = await putWearer(api, wearer, undefined);
    if (changes > 0)
      throw new Error(`What was copied for ${wearer.wearerId} is not what the API writes.`);
  }
};

/**
 * Puts a caseload on record and makes a token for its head-end: through the HTTP API, a large one
 * for the most part by copying what the API wrote. Throws with the API's answer where it refuses.
 */
export const setUp = async (cloud: Cloud, api: ApiClient, caseload: Caseload): Promise<string> => {
  await setUpShared(api);
  if (caseload.wearers.length <= MOST_BY_API) await putAll(api, caseload.wearers, caseload);
  else await copyAll(cloud, api, caseload);
  const made = await api.post('/v1/tokens', {
    ...{ role: 'head-end', headEndId: HEAD_END_ID },
    ...UNHURRIED,
  });
  return z.object({ token: z.string() }).parse(made).token;
};
