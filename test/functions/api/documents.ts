import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';

const ORDER = { ...ORDER_BODY, ...NOTHING_STANDING };

/** A document of each kind, in the order in which they can be put, with the route that puts it. */
export const DOCUMENTS = [
  {
    route: '/v1/wearers/{wearerId}',
    path: { wearerId: 'w-1' },
    body: { name: 'Jo Bloggs' },
    changed: { name: 'Joanna Bloggs' },
    isWatched: false,
  },
  {
    route: '/v1/people/{personId}',
    path: { personId: 'officer' },
    body: { name: 'Sam', role: 'officer', mobile: '+447700900001' },
    changed: { name: 'Sam', role: 'officer', email: 'sam@agency.example' },
    isWatched: false,
  },
  {
    route: '/v1/holidays/{holidaysId}',
    path: { holidaysId: 'england' },
    body: { name: 'England', days: [{ date: '2026-12-25', name: 'Christmas Day' }] },
    changed: { name: 'England', days: [{ date: '2026-12-25' }, { date: '2026-12-28' }] },
    isWatched: false,
  },
  {
    route: '/v1/rotas/{rotaId}',
    path: { rotaId: 'duty' },
    body: { name: 'Duty', otherwise: 'officer' },
    changed: { name: 'Night duty', otherwise: 'officer' },
    isWatched: false,
  },
  {
    route: '/v1/policies/{policyId}',
    path: { policyId: 'usual' },
    body: {
      name: 'Usual',
      steps: [{ delaySeconds: 0, targets: [{ kind: 'rota', rotaId: 'duty' }] }],
      lastResort: { personIds: ['officer'] },
    },
    changed: {
      name: 'Usual',
      steps: [{ delaySeconds: 0, targets: [{ kind: 'person', personId: 'officer' }] }],
      lastResort: { personIds: ['officer'] },
    },
    isWatched: false,
  },
  {
    route: '/v1/zones/{zoneId}',
    path: { zoneId: 'school' },
    body: {
      name: 'School',
      kind: 'exclusion',
      shape: { type: 'Circle', centre: SCHOOL, radiusMetres: 200 },
    },
    changed: {
      name: 'School',
      kind: 'exclusion',
      shape: { type: 'Circle', centre: SCHOOL, radiusMetres: 300 },
    },
    isWatched: true,
  },
  {
    route: '/v1/zone-lists/{zoneListId}',
    path: { zoneListId: 'schools' },
    body: {
      name: 'Schools',
      zones: [{ name: 'School', shape: { type: 'Circle', centre: SCHOOL, radiusMetres: 200 } }],
    },
    changed: {
      name: 'Schools',
      zones: [{ name: 'School', shape: { type: 'Circle', centre: SCHOOL, radiusMetres: 300 } }],
    },
    isWatched: true,
  },
  {
    route: '/v1/timetables/{timetableId}',
    path: { timetableId: 'night' },
    body: {
      name: 'Night',
      timeZone: 'Europe/London',
      windows: [{ days: ['mon'], start: '19:00', end: '07:00' }],
    },
    changed: {
      name: 'Night',
      timeZone: 'Europe/London',
      windows: [{ days: ['mon'], start: '20:00', end: '07:00' }],
    },
    isWatched: true,
  },
  {
    route: '/v1/wearers/{wearerId}/activations/{activationId}',
    path: { wearerId: 'w-1', activationId: 'a-1' },
    body: { headEndId: 'head-end', deviceSerial: 'T-1', startsAt: '2026-01-01T00:00:00Z' },
    changed: {
      headEndId: 'head-end',
      deviceSerial: 'T-1',
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2026-02-01T00:00:00Z',
    },
    isWatched: true,
  },
  {
    route: '/v1/wearers/{wearerId}/orders/{orderId}',
    path: { wearerId: 'w-1', orderId: 'o-1' },
    body: {
      ...ORDER,
      conditions: [
        { conditionId: 'home', kind: 'curfew', timetableId: 'night', place: HOME },
        { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' },
      ],
    },
    changed: ORDER,
    isWatched: true,
  },
  {
    route: '/v1/wearers/{wearerId}/permissions/{permissionId}',
    path: { wearerId: 'w-1', permissionId: 'p-1' },
    body: {
      from: '2026-01-05T20:00:00Z',
      until: '2026-01-05T23:00:00Z',
      reason: 'medical',
      grantedBy: 'officer',
    },
    changed: {
      from: '2026-01-05T20:00:00Z',
      until: '2026-01-05T23:00:00Z',
      reason: 'medical',
      grantedBy: 'officer',
      isRevoked: true,
    },
    isWatched: true,
  },
  {
    route: '/v1/threshold-policies/{thresholdPolicyId}',
    path: { thresholdPolicyId: 'ours' },
    body: { legalBasis: 'Policy 7', thresholds: { 'curfew-absence': { graceSeconds: 600 } } },
    changed: { legalBasis: 'Policy 7', thresholds: { 'curfew-absence': { graceSeconds: 0 } } },
    isWatched: true,
  },
] as const;
export type DocumentCase = (typeof DOCUMENTS)[number];
