import type { DeviceEvent } from '../model/device-event.ts';
import type { HeadEndId, WearerId } from '../model/ids.ts';
import { DAY_SECONDS, type Instant, secondsBetween } from '../model/instant.ts';
import { type Activation, activationPhaseAt } from '../model/wearer.ts';
import { asKept } from '../trail/pack-events.ts';
import type { EventRefusalCode, ReadEvent, RefusedEvent } from './read-events.ts';

/** A device's clock may run ahead of ours by so much; an event from further on is refused. */
const MOST_AHEAD_SECONDS = 300;
/**
 * A device keeps what it could not send for about so long; older than that is not telemetry. So far
 * back, too, a change may still alter what was found: what a device said is folded again.
 */
export const OLDEST_SECONDS = 30 * DAY_SECONDS;

export type Admission = Readonly<{
  /** Null where no such activation exists. */
  activation: Activation | null;
  /** The head-end that the token belongs to. */
  headEndId: HeadEndId;
  /** The one device that the token speaks for; null: every device of the head-end. */
  deviceSerial: string | null;
  receivedAt: Instant;
}>;

/** Whether a token may speak for a device that is on a wearer. */
const isOfToken = (activation: Activation, { headEndId, deviceSerial }: Admission): boolean =>
  activation.headEndId === headEndId &&
  (deviceSerial === null || activation.deviceSerial === deviceSerial);

export type AdmittedEvent = Readonly<{ index: number; wearerId: WearerId; event: DeviceEvent }>;

/** Admits an event of a device that is on a wearer and belongs to the sender, or says why not. */
export const admitEvent = (read: ReadEvent, admission: Admission): AdmittedEvent | RefusedEvent => {
  const { index, event } = read;
  const { activation, receivedAt } = admission;
  const refuse = (code: EventRefusalCode, path: string, message: string): RefusedEvent => ({
    index,
    code,
    path,
    message,
  });
  const ageSeconds = secondsBetween(event.recordedAt, receivedAt);
  if (ageSeconds < -MOST_AHEAD_SECONDS) {
    return refuse('recorded-in-future', 'recordedAt', 'more than 5 minutes ahead of our clock');
  }
  if (ageSeconds > OLDEST_SECONDS) {
    return refuse('recorded-too-old', 'recordedAt', 'more than 30 days old');
  }
  // A head-end learns nothing of activations that are not its own.
  if (activation === null || !isOfToken(activation, admission)) {
    return refuse('activation-unknown', 'activationId', 'no such activation for this token');
  }
  const phase = activationPhaseAt(activation, event.recordedAt);
  if (phase === 'before') {
    return refuse('activation-not-started', 'recordedAt', 'recorded before the activation started');
  }
  if (phase === 'ended') {
    return refuse('activation-ended', 'recordedAt', 'recorded after the activation had ended');
  }
  return { index, wearerId: activation.wearerId, event: asKept({ ...event, receivedAt }) };
};

export const isAdmitted = (result: AdmittedEvent | RefusedEvent): result is AdmittedEvent =>
  'event' in result;
