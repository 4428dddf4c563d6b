import { toIso } from '#domain/model/instant.ts';
import { keptPauseSchema, type Pause } from '#domain/model/pause.ts';
import { later } from './alerts.ts';

/** The whole agency's alerts, from a minute before T until an hour after. */
export const pause = (fields: Readonly<Record<string, unknown>> = {}): Pause =>
  keptPauseSchema.parse({
    pauseId: 'p-1',
    scope: { kind: 'agency' },
    startsAt: toIso(later(-60)),
    endsAt: toIso(later(3_600)),
    reason: 'the head-end is being replaced',
    by: 'officer',
    ...fields,
  });
