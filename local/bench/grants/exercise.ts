import * as z from 'zod';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, instant, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { type ApiClient, createApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { liveWorld } from '#local/replay/live-world.ts';
import { SHORT_WORLD } from './short-world.ts';

/** What may be left out where it cannot show what is looked for. */
export type Chapters = { archive: boolean };

const madeSchema = z.object({ tokenId: z.string() });
const alertsSchema = z.looseObject({ alerts: z.array(z.looseObject({ alertId: z.string() })) });

/** Who reads everything back. */
const READER = SHORT_WORLD.people[0]?.personId ?? '';

/** Goes on after a refusal: one that is missing must not hide the others. */
const attempt = async (call: () => Promise<unknown>, problems: string[]): Promise<void> => {
  try {
    await call();
  } catch (error) {
    // Record: what was refused is what the run is for.
    problems.push(error instanceof Error ? error.message : String(error));
  }
};

const wearerPaths = ({
  wearerId,
  devices,
  order,
  zones,
  timetables,
}: (typeof SHORT_WORLD)['wearers'][number]) => [
  `/v1/wearers/${wearerId}`,
  `/v1/wearers/${wearerId}/state`,
  `/v1/wearers/${wearerId}/trail?from=${toIso(SHORT_WORLD.startsAt)}&to=${toIso(SHORT_WORLD.endsAt)}`,
  ...(order === null ? [] : [`/v1/wearers/${wearerId}/orders/${order.orderId}`]),
  ...devices.map(({ activationId }) => `/v1/wearers/${wearerId}/activations/${activationId}`),
  ...zones.map(({ zoneId }) => `/v1/zones/${zoneId}`),
  ...timetables.map(({ timetableId }) => `/v1/timetables/${timetableId}`),
];

/** Reads everything back, as an agency's own system would. */
const readAll = async (api: ApiClient, problems: string[]): Promise<void> => {
  const paths = [
    ...SHORT_WORLD.people.map(({ personId }) => `/v1/people/${personId}`),
    ...SHORT_WORLD.people.map(({ personId }) => `/v1/people/${personId}/contacts`),
    ...SHORT_WORLD.rotas.map(({ rotaId }) => `/v1/rotas/${rotaId}`),
    ...SHORT_WORLD.policies.map(({ policyId }) => `/v1/policies/${policyId}`),
    ...SHORT_WORLD.wearers.flatMap(wearerPaths),
    '/v1/alerts',
    '/v1/parked-wearers',
    '/v1/device-batches',
    '/v1/alerts?status=closed',
    `/v1/alerts?wearerId=${SHORT_WORLD.wearers[0]?.wearerId}`,
  ];
  for (const path of paths) await attempt(() => api.get(asReader(READER, path)), problems);
  await attempt(async () => {
    const { alerts } = alertsSchema.parse(await api.get('/v1/alerts'));
    for (const { alertId } of alerts) {
      await api.get(asReader(READER, `/v1/alerts/${alertId}`));
    }
  }, problems);
};

/** A token's life: made, rotated, its predecessor ended, itself revoked. */
const useTokens = async (cloud: Cloud, api: ApiClient, problems: string[]): Promise<void> => {
  await attempt(async () => {
    const made = await api.post('/v1/tokens', { role: 'head-end', headEndId: 'other' });
    const { tokenId } = madeSchema.parse(made);
    await api.post(`/v1/tokens/${tokenId}/rotate`, { overlapSeconds: 3600 });
    const authorization = `Bearer ${cloud.secret('AdministratorToken')}`;
    for (const path of [`/v1/tokens/${tokenId}/earlier`, `/v1/tokens/${tokenId}`]) {
      await fetch(cloud.apiUrl + path, { method: 'DELETE', headers: { authorization } });
    }
  }, problems);
};

/** Changes an order while it is in force, which evaluation has to hear of. */
const changeOrder = async (api: ApiClient, problems: string[]): Promise<void> => {
  const [wearer] = SHORT_WORLD.wearers;
  if (wearer === undefined || wearer.order === null) return;
  const { order, wearerId } = wearer;
  const path = `/v1/wearers/${wearerId}/orders/${order.orderId}`;
  await attempt(() => api.put(path, { ...order, legalBasis: 'varied' }), problems);
};

/** What a tracker's own server forwards, known by the serial number of its device. */
const forward = async (headEnd: ApiClient, problems: string[]): Promise<void> => {
  const [wearer] = SHORT_WORLD.wearers;
  const fixTime = toIso(SHORT_WORLD.endsAt);
  const position = { fixTime, deviceTime: fixTime, latitude: 38.9, longitude: -77, valid: true };
  const body = { position, device: { uniqueId: wearer?.devices[0]?.deviceSerial, name: 'tag' } };
  await attempt(() => headEnd.post('/v1/ingest/traccar', body), problems);
};

/** Hour by hour: what is called each minute is called once in each; a right is asked for once. */
const passHours = async ({ clock, settled }: Cloud, hours: number): Promise<void> => {
  for (let hour = 0; hour < hours; hour += 1) {
    clock.jumpTo(instant(clock.now() + HOUR_MILLISECONDS));
    await settled();
  }
};

/** Sends an event of nearly a month ago, and lets four days go by, until its day is archived. */
const archive = async (cloud: Cloud, { api, headEnd }: Clients, problems: string[]) => {
  const [wearer] = SHORT_WORLD.wearers;
  const [first] = wearer?.events ?? [];
  if (wearer === undefined || first === undefined) return;
  const daysAgo = (days: number): string =>
    toIso(instant(cloud.clock.now() - days * DAY_MILLISECONDS));
  const earlier = { deviceSerial: 'TAG-EARLIER', startsAt: daysAgo(31), endsAt: daysAgo(29) };
  await attempt(async () => {
    const { headEndId } = SHORT_WORLD;
    await api.put(`/v1/wearers/${wearer.wearerId}/activations/earlier`, { ...earlier, headEndId });
    const event = { ...first, activationId: 'earlier', recordedAt: daysAgo(29.9) };
    problems.push(...refusalsOf(await headEnd.post('/v1/events', [event])));
  }, problems);
  const days = `from=${daysAgo(30.5)}&to=${daysAgo(29.5)}`;
  await passHours(cloud, 89);
  const trail = `/v1/wearers/${wearer.wearerId}/trail?${days}`;
  await attempt(() => api.get(asReader(READER, trail)), problems);
};

type Clients = { api: ApiClient; headEnd: ApiClient };

const takenSchema = z.looseObject({ refused: z.array(z.unknown()) });

const refusalsOf = (answer: unknown): string[] =>
  takenSchema.parse(answer).refused.map((refusal) => JSON.stringify(refusal));

/**
 * Makes the calls that the functions know to make, through the whole local cloud. Returns what
 * went wrong on the way, in the words of whoever was asked.
 */
export const exercise = async (cloud: Cloud, chapters: Chapters): Promise<string[]> => {
  const problems: string[] = [];
  const api = createApiClient(cloud.apiUrl, cloud.secret('AdministratorToken'));
  let headEnd: ApiClient | undefined;
  await attempt(async () => {
    const { headEndToken } = await liveWorld({ cloud, world: SHORT_WORLD });
    headEnd = createApiClient(cloud.apiUrl, headEndToken);
  }, problems);
  await changeOrder(api, problems);
  if (headEnd !== undefined) await forward(headEnd, problems);
  await cloud.settled();
  await readAll(api, problems);
  await useTokens(cloud, api, problems);
  if (chapters.archive && headEnd !== undefined) await archive(cloud, { api, headEnd }, problems);
  return problems;
};
