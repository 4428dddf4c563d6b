import { conditionIdSchema, orderIdSchema, violationIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Followed, Found, ProgressFacts } from '#domain/progress/facts.ts';
import { stretch } from '#domain/progress/stretches.ts';
import { at } from './supervisions.ts';

export const FROM = at('2026-03-02T00:00:00Z');
export const TO = at('2026-03-09T00:00:00Z');
const curfew = conditionIdSchema.parse('curfew');
export const ORDER_ID = orderIdSchema.parse('o-1');

/** A condition that was followed, about which nothing was said. */
export const followed = (fields: Partial<Followed> = {}): Followed => ({
  ...{ conditionId: curfew, rule: 'curfew-absence' },
  ...{ hours: [], permitted: [], said: [], leastStaySeconds: 300, checks: [] },
  ...fields,
});

/** An absence from a curfew that is over, and that nobody has closed. */
export const found = (fields: Partial<Found> = {}): Found => ({
  ...{ violationId: violationIdSchema.parse('w-1.curfew.1'), conditionId: curfew },
  ...{ reason: 'left-during', status: 'ended', openedAt: FROM, endedAt: secondsAfter(FROM, 60) },
  ...{ endReason: 'back-in-order', disposition: null },
  ...fields,
});

/** A week in March in London of which everything was seen, and on which nothing was found. */
export const factsOf = (fields: Partial<ProgressFacts> = {}): ProgressFacts => ({
  period: { fromAt: FROM, toAt: TO },
  now: TO,
  timeZone: 'Europe/London',
  orders: [{ orderId: ORDER_ID, startsAt: FROM, endsAt: null }],
  followed: [],
  violations: [],
  breaches: [],
  seen: [stretch(FROM, TO)],
  addedUp: [],
  ...fields,
});
