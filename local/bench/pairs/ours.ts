import { compilePair } from '#domain/evaluate/compile-supervision.ts';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { reconcile } from '#domain/evaluate/reconcile.ts';
import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { agencyIdSchema, type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { pairOf } from '#domain/model/pair.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { type Thresholds, thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import type { MadeTwo } from './made-two.ts';

export const ALERT_METRES = 500;

const agencyId = agencyIdSchema.parse('bench');
const WEARER = wearerIdSchema.parse('w-1');
const PROTECTED = wearerIdSchema.parse('p-1');

const ORDER = orderSchema.parse({
  ...{ orderId: 'o-1', type: 'bail', legalBasis: 'bench', timeZone: 'Europe/London' },
  ...{ startsAt: '2026-01-01T00:00:00Z', responsibleOfficer: 'o', policyId: 'p' },
  deviceCare: null,
  conditions: [
    {
      ...{ conditionId: 'keep-away', kind: 'victim-proximity', protectedPersonId: PROTECTED },
      alertMetres: ALERT_METRES,
    },
  ],
});

const policyOf = (thresholds: Thresholds) => ({
  version: 1,
  value: thresholdPolicySchema.parse({
    ...{ thresholdPolicyId: 'p', legalBasis: 'bench' },
    thresholds: { 'victim-proximity': thresholds },
  }),
});

const documentsOf = (
  wearerId: WearerId,
  activationId: string,
  joined: Pick<SupervisionDocuments, 'orders' | 'thresholdPolicies'>,
): SupervisionDocuments => ({
  wearer: { agencyId, wearerId },
  ...joined,
  ...{ zones: new Map(), timetables: new Map() },
  activations: [
    activationSchema.parse({
      ...{ activationId, wearerId, headEndId: 'bench', deviceSerial: activationId },
      ...{ startsAt: instant(0), endsAt: null },
    }),
  ],
});

const { pairId, members } = pairOf(WEARER, PROTECTED);

/** The pair of the bench, under the usual numbers or an agency's. */
export const pairUnder = (thresholds: Thresholds = {}): Supervision =>
  compilePair({ agencyId, wearerId: pairId, members }, [
    documentsOf(PROTECTED, 'a-2', { orders: [] }),
    documentsOf(WEARER, 'a-1', {
      orders: [{ version: 1, value: ORDER }],
      thresholdPolicies: new Map([[ORDER.orderId, policyOf(thresholds)]]),
    }),
  ]);

/** Something that was told, when, by our clock, and whether it was taken back. */
export type Told = Readonly<{ reason: ViolationReason; at: Instant; isWithdrawn: boolean }>;

/** Everything that our evaluation tells of two people as their uploads come. */
export const tellOurs = (supervision: Supervision, { arrivals }: MadeTwo): Told[] => {
  let state: WearerState | null = null;
  const slices = new Map<Instant, ClosedSlice>();
  const told = new Map<string, Told>();
  const tell = (events: readonly DeviceEvent[], until: Instant): Instant | null => {
    const input = { supervision, state, events, until };
    const first = evaluate(input);
    const oldest = Math.min(...first.older.map(({ recordedAt }) => recordedAt));
    const inOrder = [...slices.values()].sort((a, b) => a.startedAt - b.startedAt);
    const from = inOrder.findLastIndex(({ startedAt }) => startedAt <= oldest);
    const result =
      first.older.length === 0 || state === null
        ? first
        : reconcile({ ...input, state, slices: inOrder.slice(Math.max(0, from)) });
    for (const slice of result.closed) slices.set(slice.startedAt, slice);
    for (const { kind, mark } of result.changes) {
      const known = told.get(mark.violationId);
      const isWithdrawn = kind === 'withdrawn';
      told.set(mark.violationId, { reason: mark.reason, at: known?.at ?? until, isWithdrawn });
    }
    state = result.state;
    return result.state.nextDueAt;
  };
  let dueAt: Instant | null = null;
  for (const { at, events } of arrivals) {
    while (dueAt !== null && dueAt < at) dueAt = tell([], dueAt);
    dueAt = tell(events, at);
  }
  return [...told.values()];
};
