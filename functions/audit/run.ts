import { type Finding, findingOf } from '#domain/audit/faults.ts';
import { findingsOf, LATE_AFTER_SECONDS } from '#domain/audit/findings.ts';
import type { BlindNotice } from '#domain/audit/vigil.ts';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { LoadDue } from '../adapters/dynamodb/due.ts';
import type { LoadLastHeard } from '../adapters/dynamodb/feeds.ts';
import type { LoadKeptPages } from '../adapters/dynamodb/kept-pages.ts';
import type { LoadLateRows } from '../adapters/dynamodb/late-rows.ts';
import type { LoadParked } from '../adapters/dynamodb/parked-wearers.ts';
import type { KeepVigil } from '../adapters/keep-vigil.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';

export type AuditDeps = Readonly<{
  now: Clock;
  loadDueWearers: LoadDue;
  loadParked: LoadParked;
  loadLateRows: LoadLateRows;
  loadKeptPages: LoadKeptPages;
  loadLastHeard: LoadLastHeard;
  feedLateAfterSeconds: number;
  keepVigil: KeepVigil;
  tellDutyManager: (notice: BlindNotice) => Promise<void>;
  reportDaily: (now: Instant) => Promise<void>;
  telemetry: Telemetry;
}>;

/** Tables that could not be read at one look may be at the next; after so long that is told. */
const UNREAD_TOLD_AFTER_SECONDS = 60;

type Unread = { sinceAt: Instant; isTold: boolean };

/**
 * Input: a minute has passed. Course: it looks at everything that must hold whatever else fails:
 * that no wearer, alert or message waits for longer than any timer may take, that no wearer is
 * parked, that each alert waits for something, that each page it counts lies in the outbox, that
 * pages are accepted, and that head-ends are heard of. What it finds it keeps, and tells the duty
 * manager of. When it has found nothing it sends a heartbeat; that this comes is watched by an
 * alarm.
 *
 * While the tables cannot be read it can keep nothing: that it has told of it, it knows as long as
 * its sandbox lives.
 */
export const run = (deps: AuditDeps) => {
  let unread: Unread | null = null;

  const cannotRead = async (now: Instant): Promise<void> => {
    unread ??= { sinceAt: now, isTold: false };
    const { sinceAt, isTold } = unread;
    if (isTold || secondsBetween(sinceAt, now) < UNREAD_TOLD_AFTER_SECONDS) return;
    await deps.tellDutyManager({
      ...{ kind: 'blind', by: 'auditor', at: now, sinceAt, toldAt: null },
      findings: [findingOf('tables-unread', sinceAt)],
    });
    unread = { sinceAt, isTold: true };
  };

  return async (): Promise<void> => {
    const now = deps.now();
    try {
      const findings = await look(deps, now);
      const before = unread?.isTold ? [findingOf('tables-unread', unread.sinceAt)] : [];
      const told = before.map(({ fault }) => fault);
      await deps.keepVigil({ by: 'auditor', findings: [...findings, ...before], told }, now);
      unread = null;
      await deps.reportDaily(now);
      report(deps, findings);
    } catch (error) {
      // Retry: by the next minute's look; without its heartbeat the alarm speaks.
      deps.telemetry.log.error('cannot look', { error: errorName(error) });
      await cannotRead(now);
      throw error;
    }
  };
};

const look = async (deps: AuditDeps, now: Instant): Promise<Finding[]> => {
  const [due, held, rows, { alerts, kept }, feedHeardAt] = await Promise.all([
    deps.loadDueWearers(secondsAfter(now, -LATE_AFTER_SECONDS)),
    deps.loadParked(),
    deps.loadLateRows(now),
    deps.loadKeptPages(now),
    deps.loadLastHeard(now),
  ]);
  const wearers = due.map(({ dueAt }) => ({ alertId: null, sinceAt: dueAt }));
  const parked = held.map(({ parkedAt }) => ({ alertId: null, sinceAt: parkedAt }));
  const { feedLateAfterSeconds } = deps;
  const ingested = { feedHeardAt, feedLateAfterSeconds };
  return findingsOf({ ...ingested, wearers, parked, ...rows, alerts, kept }, now);
};

const report = ({ telemetry }: AuditDeps, findings: readonly Finding[]): void => {
  for (const { fault, count, sinceAt } of findings) {
    telemetry.log.warn('found wrong', { fault, count, sinceAt });
  }
  telemetry.measure('findings', findings.length);
  if (findings.length === 0) telemetry.measure('heartbeat', 1);
};
