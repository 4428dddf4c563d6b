import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { MadeDay, MadeEvent } from '../generators/made-day.ts';
import { moment } from '../moment.ts';
import type { Act, PersonBody, PolicyBody, RotaBody, WorldWearer } from '../world.ts';
import { madeWearer } from './made-wearer.ts';

const HOUR = 3_600;

const status = (at: Instant, strap: 'open' | 'closed'): MadeEvent => ({
  ...{ kind: 'device-status', recordedAt: toIso(at), strap },
});

/** A strap that opens at an instant and stays open for an hour: nobody can overlook it. */
const strapOpens = (openAt: Instant, policyId: string): MadeDay => ({
  ...{ rule: 'tamper', startsAt: openAt, endsAt: secondsAfter(openAt, 2 * HOUR) },
  order: { conditions: [], deviceCare: {}, policyId },
  events: [
    status(openAt, 'open'),
    status(secondsAfter(openAt, HOUR / 2), 'open'),
    status(secondsAfter(openAt, HOUR), 'closed'),
  ],
  truth: [],
});

const wearerWith = (
  day: MadeDay,
  someone: Readonly<{ number: number; name: string; shows: string }>,
): WorldWearer => madeWearer(day, { ...someone, startsAt: day.startsAt });

/** A quarter of an hour before the demo's end there is still nobody who has taken it. */
const NOBODY_TAKES_AT = moment('2026-10-25T10:58:30Z');
/** Its second step falls into the hour that London's clocks show twice. */
const SHIFT_CHANGES_AT = moment('2026-10-25T00:06:30Z');

/** A phone that texts cannot be delivered to, of somebody who then wants e-mail. */
export const DEAD_MOBILE = '+447700900110';
const TEXT_FAILS_AT = moment('2026-10-25T09:14:30Z');

/** Wearers by whom it is shown how an alert finds somebody. */
export const ON_CALL_WEARERS: readonly WorldWearer[] = [
  wearerWith(strapOpens(NOBODY_TAKES_AT, 'every-step'), {
    ...{ number: 147, name: 'Rhys Colman' },
    shows: 'has an open strap, and nobody answers: it climbs to the last resort, and stays there',
  }),
  wearerWith(strapOpens(SHIFT_CHANGES_AT, 'night-desk'), {
    ...{ number: 148, name: 'Anya Petrie' },
    shows: 'has an open strap while the night desk changes hands at a time that comes twice',
  }),
  wearerWith(strapOpens(TEXT_FAILS_AT, 'text-fails'), {
    ...{ number: 149, name: 'Lena Kovac' },
    shows: 'has an open strap; the text cannot be delivered, and the e-mail goes in the same step',
  }),
];

export const ON_CALL_PEOPLE: readonly PersonBody[] = [
  {
    ...{ personId: 'head-of-service', name: 'Ngozi Bakare', role: 'duty-manager' },
    mobile: '+447700900107',
  },
  {
    ...{ personId: 'desk-early', name: 'Pia Roth', role: 'on-call-officer' },
    mobile: '+447700900108',
  },
  {
    ...{ personId: 'desk-late', name: 'Omar Haddad', role: 'on-call-officer' },
    mobile: '+447700900109',
  },
  {
    ...{ personId: 'officer-ferris', name: 'Dana Ferris', role: 'officer' },
    ...{ mobile: DEAD_MOBILE, email: 'dana.ferris@example.org' },
    tellBy: [
      { channel: 'sms', afterSeconds: 0 },
      { channel: 'email', afterSeconds: null },
    ],
  },
];

/**
 * Two people take turns each day at half past one on the wall clock of London, which on this night
 * comes twice: between the two both are on call, and nobody is left out.
 */
export const NIGHT_DESK: RotaBody = {
  rotaId: 'night-desk',
  name: 'Night desk',
  timeZone: 'Europe/London',
  layers: [
    {
      ...{ layerId: 'turns', name: 'Turns', people: ['desk-early', 'desk-late'] },
      rotation: { kind: 'daily', handOver: { time: '01:30' }, startsOn: '2026-10-24' },
    },
  ],
  otherwise: 'head-of-service',
};

const steps = (...later: PolicyBody['steps']): PolicyBody['steps'] => [
  { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
  ...later,
];
const LAST_RESORT = { personIds: ['head-of-service'], everySeconds: 900 };

export const ON_CALL_POLICIES: readonly PolicyBody[] = [
  {
    ...{ policyId: 'every-step', name: 'Officer, on-call officer, duty manager, head of service' },
    steps: steps(
      { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'on-call' }] },
      { delaySeconds: 900, targets: [{ kind: 'person', personId: 'duty-manager' }] },
    ),
    ...{ repeat: 0, lastResort: LAST_RESORT, acknowledgementSeconds: 43_200 },
  },
  {
    ...{ policyId: 'text-fails', name: 'Another officer' },
    steps: [{ delaySeconds: 0, targets: [{ kind: 'person', personId: 'officer-ferris' }] }],
    ...{ repeat: 0, lastResort: LAST_RESORT, acknowledgementSeconds: 43_200 },
  },
  {
    ...{ policyId: 'night-desk', name: 'Officer, night desk' },
    steps: steps({ delaySeconds: 1_500, targets: [{ kind: 'rota', rotaId: 'night-desk' }] }),
    ...{ repeat: 0, lastResort: LAST_RESORT, acknowledgementSeconds: 43_200 },
  },
];

/** Whoever has come on duty takes the one, whoever reads the e-mail another; nobody the third. */
export const ON_CALL_ACTS: readonly Act[] = [
  { kind: 'acknowledge-by-link', wearerId: 'W-148', personId: 'desk-late', afterMinutes: 3 },
  { kind: 'acknowledge-by-link', wearerId: 'W-149', personId: 'officer-ferris', afterMinutes: 4 },
  {
    ...{ kind: 'close', wearerId: 'W-149', personId: 'officer-ferris' },
    at: moment('2026-10-25T11:00:00Z'),
    ...{ disposition: 'no-action-equipment', reason: 'The strap was worn; a new one is fitted.' },
  },
  {
    ...{ kind: 'close', wearerId: 'W-148', personId: 'officer-hughes' },
    at: moment('2026-10-25T08:00:00Z'),
    ...{ disposition: 'no-action-equipment', reason: 'The strap was worn; a new one is fitted.' },
  },
];
