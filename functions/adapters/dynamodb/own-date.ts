import * as z from 'zod';
import { type Instant, instant, instantSchema, laterOf } from '#domain/model/instant.ts';
import { type Item, readJson, readOrNull } from './items.ts';

/** What of a body says when it came on record, or was last changed: each kind has one of these. */
const DATES = ['createdAt', 'changedAt', 'detectedAt', 'openedAt', 'madeAt', 'lastReceivedAt'];

const within = z.record(z.string(), z.unknown()).nullish();
const datedSchema = z.looseObject({ ended: within, asked: within });

const datesIn = (item: Item): Instant[] => {
  const body = readOrNull(item, (one) => readJson(one, 'body', datedSchema));
  if (body === null) return [];
  const found = [...DATES.map((name) => body[name]), body.ended?.at, body.asked?.askedAt];
  return found.flatMap((value) => instantSchema.safeParse(value).data ?? []);
};

/**
 * When an item of the table of what the office speaks of came on record as it stands: as it says
 * beside its body, else in it. One that says it nowhere goes by its class's time alone.
 */
export const ownDateOf = (item: Item): Instant => {
  const beside = item.changedAt?.N ?? item.waitsSinceAt?.N;
  if (beside !== undefined) return instant(Number(beside));
  return datesIn(item).reduce(laterOf, instant(0));
};
