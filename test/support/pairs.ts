import { compilePair } from '#domain/evaluate/compile-supervision.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { pairOf } from '#domain/model/pair.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { fix } from './events.ts';
import { at, WEARER } from './supervisions.ts';

/** Whom the wearer of the tests is joined with; wears device a-2. */
export const OTHER = wearerIdSchema.parse('p-1');
const { pairId, members } = pairOf(WEARER.wearerId, OTHER);
export const PAIR = { agencyId: WEARER.agencyId, wearerId: pairId, members };

export const KEEP_AWAY = {
  conditionId: 'keep-away',
  kind: 'victim-proximity',
  protectedPersonId: 'p-1',
};
export const KEEP_APART = {
  conditionId: 'keep-apart',
  kind: 'non-association',
  otherWearerId: 'p-1',
};

const orderOf = (orderId: string, conditions: readonly object[]) => ({
  version: 1,
  value: orderSchema.parse({
    ...{ orderId, type: 'bail', legalBasis: 'Bail Act 1976', timeZone: 'Europe/London' },
    deviceCare: null,
    ...{ startsAt: '2026-01-01T00:00:00Z', responsibleOfficer: 'officer', policyId: 'usual' },
    conditions,
  }),
});

/** What is on record of one of the two, who wears one device. */
export const documentsOf = (
  wearerId: WearerId,
  activationId: string,
  conditions: readonly object[],
): SupervisionDocuments => ({
  wearer: { agencyId: WEARER.agencyId, wearerId },
  orders: conditions.length === 0 ? [] : [orderOf(`o-${wearerId}`, conditions)],
  zones: new Map(),
  timetables: new Map(),
  activations: [
    activationSchema.parse({
      ...{ activationId, wearerId, headEndId: 'head-end', deviceSerial: `T-${activationId}` },
      ...{ startsAt: at('2026-01-01T00:00:00Z'), endsAt: null },
    }),
  ],
});

/** The pair of w-1, who wears a-1 and has the conditions, and p-1, who wears a-2. */
export const superviseTwo = (
  conditions: readonly object[],
  ofOther: readonly object[] = [],
): Supervision =>
  compilePair(PAIR, [
    documentsOf(WEARER.wearerId, 'a-1', conditions),
    documentsOf(OTHER, 'a-2', ofOther),
  ]);

const HERE = { lat: 51.5, lon: -0.1 };

/** So many metres east of where the tests are. */
export const east = (metres: number) => ({ lat: HERE.lat, lon: HERE.lon + metres / 69_440 });

export const wearerAt = (when: Instant, metres: number, fields = {}): DeviceEvent =>
  fix(when, east(metres), { motion: 'still', ...fields });
export const otherAt = (when: Instant, metres: number, fields = {}): DeviceEvent =>
  fix(when, east(metres), { activationId: 'a-2', motion: 'still', ...fields });
