import { type Instant, instant } from '#domain/model/instant.ts';
import type { ExpectedOutcome } from '#local/replay/outcome.ts';
import type { SeenAlert, SeenOutcome } from '#local/replay/read-outcome.ts';

export const at = (iso: string): Instant => instant(Date.parse(iso));

/** One alert that the officer was told of by text. */
export const EXPECTED: ExpectedOutcome = {
  nudges: [],
  alerts: [
    {
      wearerId: 'w-1',
      conditionId: 'curfew',
      reason: 'left-during',
      since: '2026-05-01T22:10+01:00',
      openedAt: '2026-05-01T22:15+01:00',
      status: 'open',
      pages: [
        { to: 'officer', channel: 'sms', step: 0, purpose: 'alert', at: '2026-05-01T22:15+01:00' },
      ],
    },
  ],
};

export const seenAlert = (more: Partial<SeenAlert> = {}): SeenAlert => ({
  alertId: 'w-1.curfew.1',
  wearerId: 'w-1',
  wearerName: 'Somebody',
  zoneName: null,
  placeLabel: 'home',
  status: 'open',
  openedAt: at('2026-05-01T21:15:10Z'),
  acknowledgements: [],
  closed: null,
  violation: {
    conditionId: 'curfew',
    reason: 'left-during',
    openedAt: at('2026-05-01T21:10:40Z'),
    endedAt: null,
    detectedAt: at('2026-05-01T21:15:09Z'),
    certainty: 0.97,
  },
  pages: [
    {
      ...{ to: 'officer', channel: 'sms', step: 0, purpose: 'alert' },
      acceptedAt: at('2026-05-01T21:15:10.100Z'),
    },
  ],
  ...more,
});

export const seen = (more: Partial<SeenOutcome> = {}): SeenOutcome => ({
  alerts: [seenAlert()],
  strayMessages: [],
  ...more,
});
