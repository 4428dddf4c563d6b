import { batchRates } from '#domain/fleet/device-batches.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { LoadDeviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';

export type BatchDeps = Readonly<{
  agencyId: AgencyId;
  loadDeviceBatches: LoadDeviceBatches;
  telemetry: Telemetry;
}>;

/** UTC: before an office opens. */
const COUNTED_AT = '06:00';
const LOOKED_BACK_SECONDS = 30 * DAY_SECONDS;

/**
 * Once a day: how many batches of devices were tampered with out of line in 30 days, each named in
 * the log. A day on which that cannot be read, or no sweep runs in that minute, has no count.
 */
export const countBatches = async (deps: BatchDeps, now: Instant): Promise<void> => {
  if (toIso(now).slice(11, 16) !== COUNTED_AT) return;
  const { agencyId, telemetry } = deps;
  try {
    const period = { fromAt: secondsAfter(now, -LOOKED_BACK_SECONDS), untilAt: now };
    const { worn, tampers } = await deps.loadDeviceBatches(agencyId, period);
    const found = batchRates(worn, tampers, period).filter(({ isOutOfLine }) => isOutOfLine);
    for (const { deviceBatch, tamperDays } of found) {
      telemetry.log.warn('batch out of line', { agencyId, deviceBatch, tamperDays });
    }
    telemetry.measure('batchesOutOfLine', found.length);
  } catch (error) {
    // Record: the next day counts anew, and whoever asks for the batches gets them as they are.
    telemetry.log.error('batches not counted', { agencyId, error: errorName(error) });
  }
};
