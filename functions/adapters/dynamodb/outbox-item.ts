import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type Item, json, keyItem, number, text } from './items.ts';
import { dueShard, type Key } from './keys.ts';
import type { OutboxRow } from './outbox.ts';

/** A row that has not gone out after so long is swept: its stream record may have failed. */
const UNSENT_AFTER_SECONDS = 60;

/** What waits to be sent, and since when. */
export type Outgoing = Readonly<{
  kind: OutboxRow['kind'];
  agencyId: AgencyId;
  body: unknown;
  from: Instant;
}>;

/** A row of the outbox that waits to be sent: its record in the stream is what sends it. */
export const outboxItem = (key: Key, { kind, agencyId, body, from }: Outgoing): Item => ({
  ...keyItem(key),
  entity: text('OUTBOX'),
  kind: text(kind),
  status: text('pending'),
  agencyId: text(agencyId),
  tries: number(0),
  body: json(body),
  nextDueAt: number(secondsAfter(from, UNSENT_AFTER_SECONDS)),
  dueShard: text(dueShard(`${key.pk} ${key.sk}`)),
});
