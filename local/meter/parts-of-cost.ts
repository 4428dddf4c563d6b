import { TEST_ALERTS } from './test-alerts.ts';
import type { UsageEntry } from './usage.ts';

/**
 * What drives a cost. `telemetry` grows with wearers and what their devices send; `alerts` with
 * what is found; `people` with what staff ask; `stack` with time alone; `nobody` is not scaled: it
 * is whoever runs the local cloud, for whom AWS would bill nothing, or is reckoned otherwise.
 */
export type CostPart = 'telemetry' | 'alerts' | 'people' | 'stack' | 'nobody';

const PART_OF: Readonly<Record<string, CostPart>> = {
  authorize: 'telemetry',
  ingest: 'telemetry',
  evaluate: 'telemetry',
  // Its work is reckoned from what was written: it comes weeks later.
  archive: 'nobody',
  escalate: 'alerts',
  notify: 'alerts',
  deliver: 'alerts',
  sns: 'alerts',
  // Nearly all that comes on record is of alerts.
  seal: 'alerts',
  api: 'people',
  reply: 'people',
  report: 'people',
  sweep: 'stack',
  erase: 'stack',
  audit: 'stack',
  canary: 'stack',
  [TEST_ALERTS]: 'stack',
  operator: 'nobody',
};

/** The queue that events pass; Lambda's pollers take from others what alerts need. */
const TELEMETRY_QUEUE = /^Events/;

/** Evaluate writes to these only what it found; what it reads of them, it reads for each upload. */
const FINDINGS = /^(Monitoring|Record)(\/|$)/;

const isFinding = ({ row, by, on }: UsageEntry): boolean =>
  by === 'evaluate' && row !== 'dynamodb.read-unit' && FINDINGS.test(on);

/** A function that is not known here is taken for telemetry, which is scaled up most. */
export const partOf = (entry: UsageEntry): CostPart => {
  const { by, on } = entry;
  if (by === 'pollers') return TELEMETRY_QUEUE.test(on) ? 'telemetry' : 'alerts';
  return isFinding(entry) ? 'alerts' : (PART_OF[by] ?? 'telemetry');
};

/** The table that is written as fixes add up to slices, not with each upload. */
const PER_FIX = /^Trail(\/|$)/;

/** Whether twice the uploads, with the same fixes in them, cost twice as much. */
export const isPerUpload = (entry: UsageEntry): boolean =>
  partOf(entry) === 'telemetry' && !PER_FIX.test(entry.on);
