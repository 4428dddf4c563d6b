import { addedUpBy } from '#domain/evaluate/added-up.ts';
import type { Core } from '#domain/evaluate/core.ts';
import type { Watch } from '#domain/evaluate/supervision.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';

/** What absences add up to, in the view of the watch that adds them; nothing for any other. */
export const sumView = (watch: Watch, core: Core, at: Instant) => {
  const sum = addedUpBy(watch, core, at);
  if (sum === null) return {};
  const absences = sum.absences.map(({ from, until }) => ({
    from: toIso(instant(from)),
    until: until === null ? null : toIso(instant(until)),
  }));
  return { addedUp: { ...sum, absences } };
};
