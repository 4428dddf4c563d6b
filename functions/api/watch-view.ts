import { addedUpBy } from '#domain/evaluate/added-up.ts';
import type { Core } from '#domain/evaluate/core.ts';
import { believedOf, stateOf } from '#domain/evaluate/judge-all.ts';
import type { Watch } from '#domain/evaluate/supervision.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';

/** What absences add up to, in the view of the watch that adds them; nothing for any other. */
const sumView = (watch: Watch, core: Core, at: Instant) => {
  const sum = addedUpBy(watch, core, at);
  if (sum === null) return {};
  const absences = sum.absences.map(({ from, until }) => ({
    from: toIso(instant(from)),
    until: until === null ? null : toIso(instant(until)),
  }));
  return { addedUp: { ...sum, absences } };
};

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

/** What a watch says as of an instant. */
export const watchView = (watch: Watch, core: Core, at: Instant) => {
  const { belief, verdict, reason } = stateOf(core, watch);
  const { watchId, rule, condition, orderId, orderVersion } = watch;
  const { home, elsewhere, inside } = believedOf(watch, belief);
  const shares = { home: rounded(home), elsewhere: rounded(elsewhere), inside: rounded(inside) };
  return {
    ...{ watchId, rule, conditionId: condition.conditionId, orderId, orderVersion },
    ...{ verdict, reason, believed: belief && shares },
    ...sumView(watch, core, at),
  };
};
