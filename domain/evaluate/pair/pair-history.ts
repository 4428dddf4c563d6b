import { digest } from '../../model/digest.ts';
import type { WearerRef } from '../../model/ids.ts';
import type { Instant } from '../../model/instant.ts';
import type { Pair } from '../../model/pair.ts';
import { compilePair } from '../compile-supervision.ts';
import { documentsAt, edgesOf, endedAt, type SupervisionHistory } from '../supervision-history.ts';
import { devicesAt, type Era, erasFrom, newestSupervision, type Timeline } from '../timeline.ts';

/** What joined two people from an instant on, era after era, by what was on record of each. */
export const compilePairTimeline = (
  pair: WearerRef & Pick<Pair, 'members'>,
  [one, other]: readonly [SupervisionHistory, SupervisionHistory],
  sinceAt: Instant,
): Timeline => {
  const { agencyId, wearerId } = pair;
  const activations = [...one.activations, ...other.activations];
  const eraFrom = (fromAt: Instant): Era => {
    const [first, second] = [documentsAt(one, fromAt), documentsAt(other, fromAt)];
    const supervision = compilePair(pair, [first, second]);
    const endedOrders = new Set([...endedAt(first, fromAt), ...endedAt(second, fromAt)]);
    const parts = [supervision.key, [...endedOrders], devicesAt(activations, fromAt)];
    return { fromAt, key: digest(JSON.stringify(parts)), supervision, endedOrders };
  };
  const eras = erasFrom(sinceAt, [...edgesOf(one), ...edgesOf(other)], eraFrom);
  const { key } = newestSupervision({ eras });
  return { wearer: { agencyId, wearerId }, key, activations, fromAt: sinceAt, eras };
};
