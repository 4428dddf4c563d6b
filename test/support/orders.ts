import { type Order, orderSchema } from '#domain/model/order.ts';

/** What an order must say, and nothing that it watches. */
export const ORDER_BODY = {
  type: 'community',
  legalBasis: 'Sentencing Act 2020, Sch. 9',
  startsAt: '2026-01-01T00:00:00Z',
  timeZone: 'Europe/London',
  responsibleOfficer: 'officer',
  policyId: 'usual',
  conditions: [],
};

/** Of an order by which nobody minds the device, nor looks for early signs. */
export const NOTHING_STANDING = { deviceCare: null, earlySigns: null };

export const orderWith = (fields: object): Order =>
  orderSchema.parse({ orderId: 'o-1', ...ORDER_BODY, ...fields });
