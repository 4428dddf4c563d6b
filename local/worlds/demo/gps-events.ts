import type { FixSource } from '#domain/model/device-event.ts';
import { toIso } from '#domain/model/instant.ts';
import type { Trace } from '../track/trace.ts';
import type { EventBody } from '../world.ts';

/** A ten-millionth of a degree is a centimetre: more digits are noise of the arithmetic. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/**
 * What a tag sends for its fixes, numbered in their order. Only what the recording states is
 * stated.
 */
export const gpsEvents = (
  activationId: string,
  parts: readonly Trace[],
  source: FixSource = 'gnss',
): EventBody[] =>
  parts
    .flat()
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map(({ recordedAt, lat, lon, accuracyMetres, hdop, speedMps }, sequence) => ({
      kind: 'fix',
      activationId,
      sequence,
      recordedAt: toIso(recordedAt),
      lat: rounded(lat),
      lon: rounded(lon),
      accuracyMetres,
      hdop,
      speedMps,
      source,
    }));
