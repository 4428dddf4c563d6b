import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { disclosableSchema, hearableClassSchema } from '#domain/model/liaison.ts';
import { fix } from '#test/support/events.ts';
import { type Pipeline, startPipeline } from '#test/support/fakes/pipeline.ts';
import { HEAD_END } from '#test/support/http.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { at, HOME } from '#test/support/supervisions.ts';
import { asked } from './desk.ts';

/** A Monday evening; the curfew of the one wearer starts. */
export const CURFEW = at('2026-03-02T19:00:00Z');
export const AWAY = { lat: 51.53, lon: -0.12 };
export const NAME = 'Josephine Bloggs';
export const OFFICER = '+447700900001';
export const ON_CALL = '+447700900002';
export const MANAGER = '+447700900003';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const person = (name: string, role: string, mobile: string) => ({ name, role, mobile });

/** What is otherwise in an office than usual. */
type OfficeFields = Readonly<{
  policy?: object;
  order?: object;
  rota?: object;
  officer?: object;
  /** The police force. */
  liaison?: object;
  /** When it opens; an hour before the curfew unless told. */
  opensAt?: Instant;
  /** Whether the auditor and the canary look. */
  isWatched?: boolean;
  /** Whether there is a number to call from. */
  canCall?: boolean;
}>;

/** So many minutes after the curfew has begun. */
export const minute = (n: number): Instant => secondsAfter(CURFEW, 60 * n);

type Put = readonly [route: string, path: Record<string, string>, body: object];

/** A police force that may be told everything. */
export const MET = {
  ...{ kind: 'police', name: 'Metropolitan Police', fields: disclosableSchema.options },
  classes: hearableClassSchema.options,
  legalBasis: 'Data Protection Act 2018, Part 3',
  purpose: 'Response to breaches of monitored conditions',
};

/** What an office puts on record before anybody is watched, in order. */
const putsOf = ({
  policy = {},
  order = {},
  rota = {},
  officer = {},
  liaison = {},
}: OfficeFields): readonly Put[] => [
  ['/v1/wearers/{wearerId}', { wearerId: 'w-1' }, { name: NAME }],
  [
    '/v1/people/{personId}',
    { personId: 'officer' },
    { ...person('Sam Field', 'officer', OFFICER), ...officer },
  ],
  [
    '/v1/people/{personId}',
    { personId: 'on-call' },
    person('Alex Ray', 'on-call-officer', ON_CALL),
  ],
  ['/v1/people/{personId}', { personId: 'manager' }, person('Kit Moor', 'duty-manager', MANAGER)],
  ['/v1/rotas/{rotaId}', { rotaId: 'duty' }, { name: 'Duty', otherwise: 'on-call', ...rota }],
  [
    '/v1/policies/{policyId}',
    { policyId: 'usual' },
    {
      name: 'Usual',
      steps: [
        { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
        { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'duty' }] },
        { delaySeconds: 300, targets: [{ kind: 'police' }] },
      ],
      repeat: 0,
      lastResort: { personIds: ['manager'], everySeconds: 900 },
      acknowledgementSeconds: 3_600,
      ...policy,
    },
  ],
  ['/v1/liaisons/{liaisonId}', { liaisonId: 'met' }, { ...MET, ...liaison }],
  [
    '/v1/timetables/{timetableId}',
    { timetableId: 'night' },
    {
      name: 'Night',
      timeZone: 'Europe/London',
      windows: [{ days: DAYS, start: '19:00', end: '07:00' }],
    },
  ],
  [
    '/v1/wearers/{wearerId}/activations/{activationId}',
    { wearerId: 'w-1', activationId: 'a-1' },
    { headEndId: 'head-end', deviceSerial: 'T-1', startsAt: '2026-01-01T00:00:00Z' },
  ],
  [
    '/v1/wearers/{wearerId}/orders/{orderId}',
    { wearerId: 'w-1', orderId: 'o-1' },
    {
      ...{ ...ORDER_BODY, ...NOTHING_STANDING },
      policeForce: 'met',
      policeKinds: ['curfew'],
      conditions: [
        { conditionId: 'home', kind: 'curfew', timetableId: 'night', place: { ...HOME } },
      ],
      ...order,
    },
  ],
];

/** An office with one wearer under curfew, an hour before it starts. */
export const openOffice = async (fields: OfficeFields = {}): Promise<Pipeline> => {
  const { opensAt = minute(-60), isWatched, canCall } = fields;
  const pipeline = await startPipeline(opensAt, { isWatched, canCall });
  for (const [route, path, body] of putsOf(fields)) {
    await asked(pipeline, `PUT ${route}`, { path, body });
  }
  return pipeline;
};

/** A device head-end sends what it has of the wearer. */
export const send = async (
  pipeline: Pipeline,
  ...events: readonly DeviceEvent[]
): Promise<void> => {
  const body = events.map(({ receivedAt: _, ...event }) => ({
    ...event,
    recordedAt: toIso(event.recordedAt),
  }));
  const response = await pipeline.ask('POST /v1/events', { who: HEAD_END, body });
  const { accepted } = JSON.parse(response.body);
  if (accepted !== events.length) throw new Error(response.body);
};

/** Somebody is out when the curfew starts and stays out: paged by then, eight minutes after it. */
export const stayOut = (pipeline: Pipeline, until = minute(8)): Promise<void> => {
  return live(pipeline, [minute(-10), until], (now) => fix(now, AWAY));
};

/** Sends, minute by minute, what `eventAt` says of each minute from one instant up to another. */
export const live = async (
  pipeline: Pipeline,
  [from, to]: readonly [Instant, Instant],
  eventAt: (at: Instant) => DeviceEvent,
): Promise<void> => {
  for (let now = from; now < to; now = secondsAfter(now, 60)) {
    await pipeline.advanceTo(now);
    await send(pipeline, eventAt(now));
  }
};
