import type { LiaisonEvent } from '#domain/liaison/event.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';

/** An event as it stands in the feed of a liaison. */
export type InFeed = Readonly<{
  feed: string;
  position: number;
  event: LiaisonEvent;
  appendedAt: number;
  isAcknowledged: boolean;
  /** What became of its delivery, and why; null: nothing yet. */
  delivery: Readonly<{ is: string; detail: string }> | null;
}>;

const inFeedOf = (pk: string, item: Item): InFeed => ({
  feed: pk,
  position: Number(item.position?.N),
  event: JSON.parse(item.body?.S ?? '{}'),
  appendedAt: Number(item.appendedAt?.N),
  isAcknowledged: item.acknowledgedAt !== undefined,
  delivery: item.delivery === undefined ? null : JSON.parse(item.delivery.S ?? 'null'),
});

/** An event of a feed that a commit puts there, or changes; null: it is something else. */
export const feedChangeOf = ({
  key,
  before,
  after,
}: Change): Readonly<{ was: InFeed | null; is: InFeed }> | null => {
  if (after?.entity?.S !== 'LIAISON_EVENT') return null;
  const pk = key.pk?.S ?? '';
  return { was: before === undefined ? null : inFeedOf(pk, before), is: inFeedOf(pk, after) };
};

export const isEnd = ({ type }: Pick<LiaisonEvent, 'type'>): boolean =>
  type === 'closed' || type === 'cancelled';
