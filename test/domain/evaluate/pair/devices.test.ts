import { expect, it } from 'vitest';
import { compilePairTimeline } from '#domain/evaluate/pair/pair-history.ts';
import type { SupervisionHistory } from '#domain/evaluate/supervision-history.ts';
import { instant } from '#domain/model/instant.ts';
import { documentsOf, KEEP_AWAY, OTHER, PAIR } from '#test/support/pairs.ts';
import { at, WEARER } from '#test/support/supervisions.ts';

it('given a device put on within an era of a pair, another begins when it comes off', () => {
  const dated = { inForceAt: at('2026-02-01T00:00:00Z'), changedAt: at('2026-02-01T00:00:00Z') };
  const historyOf = (documents: ReturnType<typeof documentsOf>): SupervisionHistory => ({
    ...{ wearer: documents.wearer, zones: new Map(), timetables: new Map() },
    orders: documents.orders.map((order) => [{ ...order, ...dated }]),
    activations: documents.activations,
  });
  const own = historyOf(documentsOf(WEARER.wearerId, 'a-1', [KEEP_AWAY]));
  const offAt = at('2026-04-01T00:00:00Z');
  const other = historyOf(documentsOf(OTHER, 'a-2', []));
  const worn = other.activations.map((one) => ({
    ...{ ...one, startsAt: at('2026-03-01T00:00:00Z'), endsAt: offAt },
  }));
  const { eras } = compilePairTimeline(PAIR, [own, { ...other, activations: worn }], instant(0));
  expect(eras.map(({ fromAt }) => fromAt)).toEqual([0, dated.inForceAt, offAt]);
});
