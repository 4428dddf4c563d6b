import { type Instant, laterOf, toIso } from '#domain/model/instant.ts';
import type { simulatedTrail } from './simulated-trail.ts';
import type { Upload } from './uploads.ts';

const MOST_TICKS_AT_ONCE = 2_000;

type Asked = Readonly<{ uploads: readonly Upload[]; fromAt: Instant; untilAt: Instant }>;

/**
 * Tells a trail of uploads in the order in which they are given, by a clock that never goes back,
 * and between them ticks at each due instant, as timers do.
 */
export const tellTicking = (
  trail: ReturnType<typeof simulatedTrail>,
  { uploads, fromAt, untilAt }: Asked,
): void => {
  let clock = fromAt;
  let dueAt: Instant | null = trail.tell([], fromAt).state.nextDueAt;
  const tickTo = (at: Instant): void => {
    for (let ticks = 0; dueAt !== null && dueAt < at; ticks += 1) {
      if (ticks > MOST_TICKS_AT_ONCE) throw new Error(`it wakes for ever, last ${toIso(dueAt)}`);
      dueAt = trail.tell([], dueAt).state.nextDueAt;
    }
    clock = laterOf(clock, at);
  };
  for (const { at, events } of uploads) {
    tickTo(at);
    dueAt = trail.tell(events, clock).state.nextDueAt;
  }
  tickTo(untilAt);
  trail.tell([], untilAt);
};
