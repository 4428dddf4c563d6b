import * as z from 'zod';
import { eventIdSchema } from '#domain/liaison/event.ts';
import { pagePurposeSchema } from '#domain/model/alert.ts';
import { type Instant, isoInstantSchema } from '#domain/model/instant.ts';
import { violationReasonSchema } from '#domain/model/reasons.ts';
import { type PersonChannel, personChannelSchema } from '#domain/model/recipient.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import type { OutboxEntry } from '../cloud/outbox/outbox.ts';
import type { ApiClient } from './api-client.ts';
import { asReader } from './as-reader.ts';

const violationSchema = z.object({
  conditionId: z.string(),
  reason: violationReasonSchema,
  openedAt: isoInstantSchema,
  endedAt: isoInstantSchema.nullable(),
  detectedAt: isoInstantSchema,
  certainty: z.number().nullable(),
});

const alertSchema = z.object({
  alertId: z.string(),
  wearerId: z.string(),
  wearerName: z.string(),
  zoneName: z.string().nullable(),
  placeLabel: z.string().nullable(),
  status: z.enum(['open', 'acknowledged', 'closed']),
  openedAt: isoInstantSchema,
  acknowledgements: z.array(z.object({ by: z.string(), at: isoInstantSchema })),
  closed: z
    .object({ by: z.string().nullable(), at: isoInstantSchema, disposition: z.string() })
    .nullable(),
  violation: violationSchema,
});

const pageSchema = z.object({
  purpose: pagePurposeSchema,
  step: z.number(),
  status: z.string(),
  recipient: z.union([
    z.object({ channel: z.literal('liaison'), liaisonId: z.string() }),
    z.object({ channel: personChannelSchema, personId: z.string() }),
  ]),
  outcome: z.object({ providerId: z.string().optional() }).nullable(),
});

const listSchema = z.object({ alerts: z.array(z.object({ alertId: z.string() })) });
const detailSchema = z.object({ alert: alertSchema, pages: z.array(pageSchema) });

/** A page as it went out; `acceptedAt` is null for one that no provider has accepted. */
export type SeenPage = Readonly<{
  to: string;
  channel: PersonChannel | 'liaison';
  step: number;
  purpose: z.infer<typeof pagePurposeSchema>;
  acceptedAt: Instant | null;
}>;

export type SeenAlert = Readonly<z.infer<typeof alertSchema> & { pages: readonly SeenPage[] }>;

/**
 * Everything that came out: alerts in order of opening, and messages that belong to none of them.
 */
export type SeenOutcome = Readonly<{
  alerts: readonly SeenAlert[];
  strayMessages: readonly OutboxEntry[];
}>;

/** The message of a page, by what its row says that became of it. */
type Accepted = (providerId: string | undefined) => OutboxEntry | undefined;

/**
 * A page to a person has its provider's id. One to a liaison has the event's, whose delivery comes
 * later; what replaces it names it too, and comes after it.
 */
const acceptedAmong = (entries: readonly OutboxEntry[]): Accepted => {
  const byId = new Map(entries.map((entry) => [entry.messageId, entry]));
  const queued = entries.filter(({ channel }) => channel === 'queue');
  return (providerId) => {
    const eventId = eventIdSchema.safeParse(providerId);
    if (!eventId.success) return byId.get(providerId ?? '');
    const named = new RegExp(`${eventId.data.replace('.', '\\.')}(?!\\d)`);
    return queued.find(({ text }) => named.test(text));
  };
};

const seenPage = (page: z.infer<typeof pageSchema>, accepted: Accepted): SeenPage => {
  const { recipient, step, purpose, outcome } = page;
  const to = 'liaisonId' in recipient ? recipient.liaisonId : recipient.personId;
  const acceptedAt = accepted(outcome?.providerId)?.acceptedAt ?? null;
  return { to, channel: recipient.channel, step, purpose, acceptedAt };
};

/** What the canary is sent of its test alerts: nobody's message. */
const isTestPage = ({ channel, text }: OutboxEntry): boolean =>
  channel === 'queue' && text.includes(`"${TEST_WEARER}.`);

const STATUSES = ['open', 'acknowledged', 'closed'] as const;

/**
 * Reads what came out of a replay: alerts and pages from the API, under the id of somebody who is
 * on record, acceptance from the outbox.
 */
export const readOutcome = async (
  api: ApiClient,
  reader: string,
  entries: readonly OutboxEntry[],
): Promise<SeenOutcome> => {
  const lists = await Promise.all(STATUSES.map((status) => api.get(`/v1/alerts?status=${status}`)));
  const ids = lists.flatMap((list) => listSchema.parse(list).alerts.map(({ alertId }) => alertId));
  const answers = await Promise.all(
    ids.map((id) => api.get(asReader(reader, `/v1/alerts/${encodeURIComponent(id)}`))),
  );
  const details = answers.map((answer) => detailSchema.parse(answer));
  const accepted = acceptedAmong(entries);
  const paged = new Set(
    details.flatMap(({ pages }) => pages.map((p) => accepted(p.outcome?.providerId)?.messageId)),
  );
  const alerts = details
    .map(({ alert, pages }) => ({
      ...alert,
      pages: pages.map((page) => seenPage(page, accepted)),
    }))
    .sort((a, b) => a.openedAt - b.openedAt);
  const strayMessages = entries.filter(
    (entry) => !paged.has(entry.messageId) && !isTestPage(entry),
  );
  return { alerts, strayMessages };
};
