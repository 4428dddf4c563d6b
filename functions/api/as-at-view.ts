import type { Core } from '#domain/evaluate/core.ts';
import type { TwoClocks } from '#domain/evaluate/fold-to.ts';
import { FOREVER, hoursAt } from '#domain/evaluate/hours.ts';
import type { Watch } from '#domain/evaluate/supervision.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AsAt } from '#domain/model/as-at.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { Dated } from '#domain/model/documents.ts';
import {
  earlierOf,
  type Instant,
  isoOrNull,
  laterOf,
  secondsBetween,
  toIso,
} from '#domain/model/instant.ts';
import { recipientKey } from '#domain/model/recipient.ts';
import { watchView } from './watch-view.ts';

export const dates = ({ version, changedAt, inForceAt }: Dated) => ({
  ...{ version, changedAt: toIso(changedAt), inForceAt: toIso(inForceAt) },
});

const hoursView = ({ active }: Watch, at: Instant): AsAt['watches'][number]['hours'] => {
  const { window, edgeAt, isKnown } = hoursAt(active, at);
  const endAt = window === null || window.endAt === FOREVER ? null : toIso(window.endAt);
  return {
    window: window === null ? null : { startAt: toIso(window.startAt), endAt },
    nextEdgeAt: isoOrNull(edgeAt),
    isKnown,
  };
};

/** What one watch said at an instant, and by what. */
export const watchAtView = (watch: Watch, core: Core, at: Instant): AsAt['watches'][number] => ({
  ...watchView(watch, core, at),
  thresholds: watch.thresholds,
  hours: hoursView(watch, at),
});

export const violationsView = ({ marks }: Core): AsAt['violations'] =>
  marks
    .filter(({ endedAt }) => endedAt === null)
    .map(({ violationId, watchId, reason, openedAt, certainty }) => ({
      ...{ violationId, watchId, reason, openedAt: toIso(openedAt), certainty },
    }));

export const alertView = (alert: Alert): AsAt['alerts'][number] => {
  const { alertId, violationId, severity, track, openedAt, acknowledgements, told } = alert;
  return {
    ...{ alertId, violationId, severity, track, openedAt: toIso(openedAt) },
    status: alert.status === 'acknowledged' ? 'acknowledged' : 'open',
    acknowledgements: acknowledgements.map(({ by, at }) => ({ by, at: toIso(at) })),
    told: told.map(recipientKey),
  };
};

export const lastFixView = (
  { lastFix }: Core,
  events: readonly DeviceEvent[],
  { time }: TwoClocks,
): AsAt['lastFix'] => {
  if (lastFix === null) return null;
  const { at, lat, lon } = lastFix;
  const event = events.find((one) => one.kind === 'fix' && one.recordedAt === at);
  const fix = event?.kind === 'fix' ? event : null;
  return {
    ...{ at: toIso(at), ageSeconds: secondsBetween(at, time), lat, lon },
    ...{ source: fix?.source ?? null, accuracyMetres: fix?.accuracyMetres ?? null },
  };
};

/** What had been recorded by an instant, and had not been received by then. */
export const receivedLaterView = (
  events: readonly DeviceEvent[],
  { time, knownAt }: TwoClocks,
): AsAt['receivedLater'] => {
  const later = events.filter(
    ({ recordedAt, receivedAt }) =>
      recordedAt <= time && receivedAt > time && receivedAt <= knownAt,
  );
  const [first] = later;
  if (first === undefined) return null;
  const recordedAt = later.map((event) => event.recordedAt).reduce(earlierOf, first.recordedAt);
  const receivedAt = later.map((event) => event.receivedAt).reduce(laterOf, first.receivedAt);
  return {
    events: later.length,
    firstRecordedAt: toIso(recordedAt),
    lastReceivedAt: toIso(receivedAt),
  };
};
