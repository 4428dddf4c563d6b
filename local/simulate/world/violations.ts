import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { agencyIdSchema, watchIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { type Violation, violationSchema } from '#domain/model/violation.ts';
import { violationPut, violationUpdate } from '#functions/adapters/dynamodb/violations.ts';
import type { FoundReason, ViolationChange } from './happenings.ts';
import type { System } from './system.ts';

const AGENCY = agencyIdSchema.parse('demo');
const MONITORING = 'monitoring';
const LASTED_MILLISECONDS = 60_000;

export const violationIdOf = (wearerId: string, nth: number): string =>
  `${wearerId}.device-care.v${nth}`;

/** What evaluation would have found of a wearer. */
const foundOf = (wearerId: string, nth: number, of: Found): Violation =>
  violationSchema.parse({
    violationId: violationIdOf(wearerId, nth),
    wearerId,
    orderId: 'o-1',
    orderVersion: 1,
    conditionId: 'device-care',
    conditionKind: 'device-care',
    rule: REASONS[of.reason].rule,
    revision: 1,
    status: of.isOldNews ? 'ended' : 'open',
    reason: of.reason,
    openedAt: of.at - LASTED_MILLISECONDS,
    endedAt: of.isOldNews ? of.at : null,
    endReason: of.isOldNews ? 'back-in-order' : null,
    detectedAt: of.at,
    certainty: null,
    competing: null,
    distanceMetres: null,
    isOldNews: of.isOldNews,
    evidence: [],
  });
type Found = Readonly<{ at: number; reason: FoundReason; isOldNews: boolean }>;

/** Violations as evaluation writes them, where a wearer's device is not simulated. */
export const writtenViolations = (system: System) => {
  const known = new Map<string, Violation>();
  const write = (row: ReturnType<typeof violationPut>): void => {
    system.db.answer(new TransactWriteItemsCommand({ TransactItems: [row] }));
  };
  const markOf = ({ violationId, reason, openedAt, endedAt, endReason }: Violation) => ({
    ...{ violationId, reason, openedAt, endedAt, endReason, foundAt: openedAt },
    ...{ certainty: null, competing: null },
    watchId: watchIdSchema.parse('device-care'),
  });

  const open = (wearerId: string, nth: number, of: Found): void => {
    const violation = foundOf(wearerId, nth, of);
    known.set(violation.violationId, violation);
    const wearer = { agencyId: AGENCY, wearerId: wearerIdSchema.parse(wearerId) };
    const change = { kind: 'opened', mark: markOf(violation) } as const;
    write(violationPut(MONITORING, wearer, { change, violation, writtenAt: instant(of.at) }));
  };

  const change = (id: string, to: ViolationChange, at: number): void => {
    const before = known.get(id);
    if (before === undefined || (before.status !== 'open' && to !== 'withdrawn')) return;
    const revision = before.revision + 1;
    const ends = to === 'ended' || to === 'became-graver';
    const endReason = ends ? (to === 'ended' ? 'back-in-order' : 'became-graver') : null;
    const after = violationSchema.parse({
      ...before,
      revision,
      status: to === 'withdrawn' ? 'withdrawn' : ends ? 'ended' : 'open',
      openedAt: to === 'amended' ? before.openedAt - LASTED_MILLISECONDS : before.openedAt,
      endedAt: ends ? at : before.endedAt,
      endReason: ends ? endReason : before.endReason,
    });
    known.set(id, after);
    const wearer = { agencyId: AGENCY, wearerId: after.wearerId };
    const kind = to === 'withdrawn' ? 'withdrawn' : ends ? 'ended' : 'amended';
    const mark = markOf(after);
    write(
      violationUpdate(MONITORING, wearer, {
        change: { kind, mark },
        revision,
        writtenAt: instant(at),
      }),
    );
  };
  return { open, change };
};
