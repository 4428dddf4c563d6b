import { latitude, longitude } from '#domain/geo/position.ts';
import { instant } from '#domain/model/instant.ts';
import type { Trace, TraceFix } from '#local/worlds/track/trace.ts';

export const START = instant(Date.parse('2020-05-01T10:00:00Z'));

/** A fix so many seconds after the start, somewhat north of the last for each second. */
const fixAfter = (seconds: number, more: Partial<TraceFix> = {}): TraceFix => ({
  recordedAt: instant(START + seconds * 1000),
  lat: latitude(51.5 + seconds * 1e-5),
  lon: longitude(-0.1),
  accuracyMetres: 5,
  hdop: null,
  speedMps: null,
  ...more,
});

export const traceAt = (...seconds: readonly number[]): Trace => seconds.map((s) => fixAfter(s));
