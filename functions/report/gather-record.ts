import { createHash } from 'node:crypto';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { InputHash } from '#domain/report/wearer-facts.ts';
import { type Recorded, recordedSchema } from '#domain/response/on-record.ts';
import type { KeptEntry, ReadRecord } from '../adapters/dynamodb/read-record.ts';
import { alertToldOf, isOutside } from '../adapters/dynamodb/response-keys.ts';

/** What the record says of some violations and their alerts, and what people put there besides. */
export type GatheredRecord = Readonly<{
  ofViolation: ReadonlyMap<string, readonly Recorded[]>;
  ofAlert: ReadonlyMap<string, readonly Recorded[]>;
  said: readonly Recorded[];
  /** Every entry by its name, and when it says that it happened. */
  names: readonly Readonly<{ name: string; at: Instant }>[];
  fromAt: Instant;
  input: InputHash;
}>;

/** An entry as whoever tells of it reads it: what happened stands beside when, and as what. */
const recordedFrom = ({ type, at, body }: KeptEntry): Recorded =>
  recordedSchema.parse({ ...body, type, at });

const CHANGES = /^violation-(opened|amended|ended|withdrawn)$/;

/** What the pipeline puts there by itself, and what is told of an alert beside it. */
const BY_ITSELF = new Set(['EVALUATE', 'ESCALATE', 'REFUSED', 'DISCLOSE', 'TRANSFER', 'EXPORTED']);

const alertOf = ({ name, body }: KeptEntry): string | null => {
  if (!isOutside(name)) return alertToldOf(name);
  return typeof body.alertId === 'string' ? body.alertId : null;
};

const push = (map: Map<string, Recorded[]>, key: string, entry: KeptEntry): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [recordedFrom(entry)]);
  else known.push(recordedFrom(entry));
};

export type Looking = Readonly<{
  wearer: WearerRef;
  violations: readonly Pick<Violation, 'violationId' | 'detectedAt'>[];
  period: Readonly<{ fromAt: Instant; untilAt: Instant }>;
  askedAt: Instant;
}>;

/**
 * Reads the record once, entry by entry, from where the first of some violations was found: of a
 * hundred thousand entries those alone are kept that a report tells of.
 */
export const gatherRecord =
  (readRecord: ReadRecord) =>
  async ({ wearer, violations, period, askedAt }: Looking): Promise<GatheredRecord> => {
    const ids = violations.map(({ violationId }) => violationId);
    const wanted = new Set<string>(ids);
    const alerts = new Set<string>(ids.map(alertIdOf));
    const ofViolation = new Map<string, Recorded[]>();
    const ofAlert = new Map<string, Recorded[]>();
    const said: Recorded[] = [];
    const names: { name: string; at: Instant }[] = [];
    const sha256 = createHash('sha256');
    const firstAt = violations.reduce(
      (first, { detectedAt }) => (detectedAt < first ? detectedAt : first),
      period.fromAt,
    );
    for await (const entry of readRecord(wearer, { fromAt: firstAt, toAt: askedAt })) {
      const { name, type, at, body } = entry;
      if (at > askedAt) continue;
      sha256.update(`${canonical({ name, type, at: toIso(at), body })}\n`);
      names.push({ name, at });
      const alertId = alertOf(entry);
      const violationId = typeof body.violationId === 'string' ? body.violationId : '';
      if (CHANGES.test(type) && wanted.has(violationId)) push(ofViolation, violationId, entry);
      else if (alertId !== null && alerts.has(alertId)) push(ofAlert, alertId, entry);
      else if (!BY_ITSELF.has(name.split('#')[1] ?? '') && at >= period.fromAt) {
        said.push(recordedFrom(entry));
      }
    }
    return {
      ...{ ofViolation, ofAlert, said, names, fromAt: firstAt },
      input: {
        ...{ what: `entries of the record from ${toIso(firstAt)} on`, count: names.length },
        sha256: sha256.digest('hex'),
      },
    };
  };
