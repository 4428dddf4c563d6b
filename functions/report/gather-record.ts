import { createHash } from 'node:crypto';
import * as z from 'zod';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { canonical } from '#domain/record/canonical.ts';
import { ERASURE_TYPE } from '#domain/record/erasure.ts';
import type { Erased, InputHash } from '#domain/report/wearer-facts.ts';
import { type Recorded, recordedSchema } from '#domain/response/on-record.ts';
import type { KeptEntry, ReadRecord } from '../adapters/dynamodb/read-record.ts';
import { alertToldOf, isOutside } from '../adapters/dynamodb/response-keys.ts';

/** What the record says of some violations and their alerts, and what people put there besides. */
export type GatheredRecord = Readonly<{
  ofViolation: ReadonlyMap<string, readonly Recorded[]>;
  ofAlert: ReadonlyMap<string, readonly Recorded[]>;
  said: readonly Recorded[];
  erased: readonly Erased[];
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

const erasureSchema = z.looseObject({
  ...{ kind: z.string(), reason: z.string() },
  /** Of entries, and of everything else; each has the day that it is of in its name. */
  ...{ names: z.array(z.string()).default([]), items: z.array(z.string()).default([]) },
});

/** The day in a name is enough to tell whether a piece was of the period. */
const isOf = (name: string, { fromAt, untilAt }: Looking['period']): boolean => {
  const day = /\d{4}-\d\d-\d\d/.exec(name)?.[0];
  return day === undefined || (day >= toIso(fromAt).slice(0, 10) && day <= toIso(untilAt));
};

const erasedIn = ({ at, body }: KeptEntry, period: Looking['period']): Erased[] => {
  const { data } = erasureSchema.safeParse(body);
  if (data === undefined) return [];
  const pieces = [...data.names, ...data.items].filter((name) => isOf(name, period)).length;
  return pieces === 0 ? [] : [{ at, dataClass: data.kind, pieces, why: data.reason }];
};

/** Erasing takes many small steps: of one class, for one reason, they are told as one. */
const together = (erased: readonly Erased[]): Erased[] => {
  const groups = Map.groupBy(erased, ({ dataClass, why }) => `${dataClass} ${why}`);
  return [...groups.values()].flatMap((own) => {
    const last = own.at(-1);
    const pieces = own.reduce((sum, one) => sum + one.pieces, 0);
    return last === undefined ? [] : [{ ...last, pieces }];
  });
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
    const erased: Erased[] = [];
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
      if (type === ERASURE_TYPE) erased.push(...erasedIn(entry, period));
      else if (CHANGES.test(type) && wanted.has(violationId)) push(ofViolation, violationId, entry);
      else if (alertId !== null && alerts.has(alertId)) push(ofAlert, alertId, entry);
      else if (!BY_ITSELF.has(name.split('#')[1] ?? '') && at >= period.fromAt) {
        said.push(recordedFrom(entry));
      }
    }
    return {
      ...{ ofViolation, ofAlert, said, erased: together(erased), names, fromAt: firstAt },
      input: {
        ...{ what: `entries of the record from ${toIso(firstAt)} on`, count: names.length },
        sha256: sha256.digest('hex'),
      },
    };
  };
