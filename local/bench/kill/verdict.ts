import * as z from 'zod';
import { type Instant, instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { OutboxEntry } from '../../cloud/outbox/outbox.ts';
import type { ApiClient } from '../../replay/api-client.ts';
import { asReader } from '../../replay/as-reader.ts';
import { compareOutcomes } from '../../replay/compare-outcomes.ts';
import type { SeenOutcome } from '../../replay/read-outcome.ts';
import type { World } from '../../worlds/world.ts';
import type { Lived } from './cut-world.ts';

export const verdictSchema = z.object({
  /** What differs from what must come out; empty when nothing does. */
  problems: z.array(z.string()),
  eventsSent: z.number(),
  /** Events that evaluation has taken in, each counted once. */
  eventsEvaluated: z.number(),
  alertIds: z.array(z.string()),
  pageIds: z.array(z.string()),
  /** Messages that left a second time, word for word: the same page, its link and its id in it. */
  sentAgain: z.number(),
});
export type Verdict = z.infer<typeof verdictSchema>;

const DAY = 86_400_000;
const STATUSES = ['open', 'acknowledged', 'closed'];

const listSchema = z.object({ alerts: z.array(z.object({ alertId: z.string() })) });
const pagesSchema = z.object({ pages: z.array(z.object({ pageId: z.string() })) });
const trailSchema = z.object({
  events: z.array(z.object({ recordedAt: isoInstantSchema, kind: z.string() })),
});

const readerOf = ({ people }: World): string => people[0]?.personId ?? '';

const readIds = async (api: ApiClient, reader: string) => {
  const lists = await Promise.all(STATUSES.map((one) => api.get(`/v1/alerts?status=${one}`)));
  const alertIds = lists.flatMap((list) => listSchema.parse(list).alerts.map((a) => a.alertId));
  const details = await Promise.all(
    alertIds.map((id) => api.get(asReader(reader, `/v1/alerts/${id}`))),
  );
  const pageIds = details.flatMap((one) => pagesSchema.parse(one).pages.map((p) => p.pageId));
  return { alertIds: alertIds.toSorted(), pageIds: pageIds.toSorted() };
};

const trailOf = async (api: ApiClient, wearerId: string, world: World) => {
  const { startsAt, endsAt } = world;
  const keys = new Set<string>();
  for (let from: Instant = startsAt; from < endsAt; from = instant(from + DAY)) {
    const range = new URLSearchParams({ from: toIso(from), to: toIso(instant(from + DAY)) });
    const path = asReader(readerOf(world), `/v1/wearers/${wearerId}/trail?${range}`);
    const { events } = trailSchema.parse(await api.get(path));
    for (const { recordedAt, kind } of events) keys.add(`${kind} ${recordedAt}`);
  }
  return keys;
};

/** How many of the world's events are on the trail, and which of a wearer's are not. */
const countEvaluated = async (api: ApiClient, world: World) => {
  const problems: string[] = [];
  let evaluated = 0;
  for (const { wearerId, events } of world.wearers) {
    const trail = await trailOf(api, wearerId, world);
    const sent = events.map(({ kind, recordedAt }) => {
      return `${kind} ${isoInstantSchema.parse(recordedAt)}`;
    });
    const lost = sent.filter((key) => !trail.has(key));
    evaluated += sent.length - lost.length;
    if (lost.length > 0) {
      problems.push(`${wearerId}: ${lost.length} events were not evaluated, as ${lost[0]}`);
    }
  }
  return { evaluated, problems };
};

const textOf = ({ channel, to, text }: OutboxEntry): string => `${channel} ${to} ${text}`;

/** Parts messages that left twice from those that are no page at all. */
const partRepeats = (strays: readonly OutboxEntry[], entries: readonly OutboxEntry[]) => {
  const isRepeat = (stray: OutboxEntry): boolean =>
    entries.some((entry) => !strays.includes(entry) && textOf(entry) === textOf(stray));
  return Object.groupBy(strays, (stray) => (isRepeat(stray) ? 'repeats' : 'others'));
};

export type VerdictParts = Readonly<{
  lived: Lived;
  api: ApiClient;
  outcome: SeenOutcome;
  entries: readonly OutboxEntry[];
  eventsSent: number;
}>;

/** Compares what came out with what must: alerts, pages, messages, each event on the trail. */
export const reachVerdict = async (parts: VerdictParts): Promise<Verdict> => {
  const { lived, api, outcome, entries, eventsSent } = parts;
  const { repeats = [], others = [] } = partRepeats(outcome.strayMessages, entries);
  const differences = compareOutcomes(lived.expected, { ...outcome, strayMessages: others });
  const { evaluated, problems } = await countEvaluated(api, lived.world);
  return {
    ...(await readIds(api, readerOf(lived.world))),
    problems: [...differences, ...problems],
    ...{ eventsSent, eventsEvaluated: evaluated, sentAgain: repeats.length },
  };
};
