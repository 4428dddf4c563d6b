import * as z from 'zod';
import { type Instant, instant, MINUTE_MILLISECONDS } from '#domain/model/instant.ts';
import type { OutboxEntry } from '../cloud/outbox/outbox.ts';
import type { Act, World } from '../worlds/world.ts';
import type { ApiClient } from './api-client.ts';

/** Something that a person will do; `name` is the same for the same act. */
export type PlannedAct = Readonly<{ name: string; at: Instant; run: () => Promise<void> }>;

const LINK = /https?:\/\/\S+\/v1\/acknowledge\/\S+/;

const listSchema = z.object({
  alerts: z.array(z.object({ alertId: z.string(), wearerId: z.string(), epoch: z.number() })),
});

const press = async (link: string): Promise<void> => {
  const response = await fetch(link, { method: 'POST' });
  if (response.ok) return;
  throw new Error(`The link of a text message was answered with ${response.status}.`);
};

const close = async (api: ApiClient, act: Extract<Act, { kind: 'close' }>): Promise<void> => {
  const { alerts } = listSchema.parse(await api.get('/v1/alerts?status=acknowledged'));
  const { personId, disposition, reason } = act;
  // An alert that never opened is told by the comparison with what was expected.
  for (const { alertId, epoch } of alerts.filter(({ wearerId }) => wearerId === act.wearerId)) {
    const path = `/v1/alerts/${encodeURIComponent(alertId)}/close`;
    await api.post(path, { personId, epoch, disposition, reason });
  }
};

/** The acts of a world that have their instant already. */
export const plannedActs = (world: World, api: ApiClient): PlannedAct[] =>
  world.acts.flatMap((act): PlannedAct[] => {
    switch (act.kind) {
      case 'close':
        return [
          { name: `close ${act.wearerId} ${act.at}`, at: act.at, run: () => close(api, act) },
        ];
      case 'call': {
        const { name, at, method, path, body } = act;
        return [{ name, at, run: async () => void (await api[method](path, body)) }];
      }
      case 'acknowledge-by-link':
        return [];
      default:
        return act satisfies never;
    }
  });

/**
 * Tells, for each message that is accepted, whether somebody will act on it: each act happens
 * once.
 */
export const readerOfMessages = (world: World) => {
  const waiting = world.acts
    .filter((act) => act.kind === 'acknowledge-by-link')
    .map((act, nth) => ({ ...act, name: `acknowledge ${nth} ${act.wearerId} ${act.personId}` }));
  const isDead = (mobile: string | null) => world.refused?.some(({ to }) => to === mobile) ?? false;
  const addressOf = new Map(
    world.people.map(({ personId, mobile = null, email = null }) => [
      personId,
      isDead(mobile) ? email : mobile,
    ]),
  );
  return (entry: OutboxEntry): PlannedAct | null => {
    const link = LINK.exec(entry.text)?.[0];
    const index = waiting.findIndex(
      ({ personId, wearerId }) =>
        entry.to === addressOf.get(personId) && entry.text.includes(`(${wearerId})`),
    );
    const [act] = index >= 0 && link !== undefined ? waiting.splice(index, 1) : [];
    if (act === undefined || link === undefined) return null;
    const readAt = Math.round(entry.acceptedAt / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
    const at = instant(readAt + act.afterMinutes * MINUTE_MILLISECONDS);
    return { name: act.name, at, run: () => press(link) };
  };
};
