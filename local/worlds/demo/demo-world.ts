import { moment } from '../moment.ts';
import type { World } from '../world.ts';
import { ENDS_AT, STARTS_AT } from './day.ts';
import { BANK_HOLIDAYS } from './holidays.ts';
import { LIAISONS } from './liaisons.ts';
import { MADE_ACTS } from './made-expected.ts';
import { MADE_WEARERS } from './made-wearers.ts';
import {
  DEAD_MOBILE,
  NIGHT_DESK,
  ON_CALL_ACTS,
  ON_CALL_PEOPLE,
  ON_CALL_POLICIES,
  ON_CALL_WEARERS,
} from './on-call-wearers.ts';
import { PEOPLE, POLICY, ROTA } from './staff.ts';
import { CYCLIST_PORTLAND } from './wearers/cyclist-portland.ts';
import { CYCLIST_TORONTO } from './wearers/cyclist-toronto.ts';
import { DRIVER_MUNICH } from './wearers/driver-munich.ts';
import { HIKER_ISTRIA } from './wearers/hiker-istria.ts';
import { RESIDENT_VIENNA } from './wearers/resident-vienna.ts';
import { RESIDENT_ZURICH } from './wearers/resident-zurich.ts';
import { RUNNER_STAVANGER } from './wearers/runner-stavanger.ts';
import { PROTECTED_HOME, RUNNER_WASHINGTON } from './wearers/runner-washington.ts';

/**
 * A day and a night of eight wearers on real traces, and of others whose days are made up: what
 * each of them shows is said in their files.
 */
export const DEMO_WORLD: World = {
  name: 'demo',
  startsAt: STARTS_AT,
  endsAt: ENDS_AT,
  headEndId: 'head-end-1',
  people: [...PEOPLE, ...ON_CALL_PEOPLE],
  holidays: BANK_HOLIDAYS,
  rotas: [ROTA, NIGHT_DESK],
  policies: [POLICY, ...ON_CALL_POLICIES],
  liaisons: LIAISONS,
  wearers: [
    RUNNER_WASHINGTON,
    DRIVER_MUNICH,
    RESIDENT_VIENNA,
    RESIDENT_ZURICH,
    RUNNER_STAVANGER,
    HIKER_ISTRIA,
    CYCLIST_PORTLAND,
    CYCLIST_TORONTO,
    ...MADE_WEARERS,
    ...ON_CALL_WEARERS,
  ],
  acts: [
    {
      kind: 'acknowledge-by-link',
      wearerId: 'W-101',
      personId: 'officer-reid',
      afterMinutes: 3,
    },
    {
      kind: 'close',
      wearerId: 'W-101',
      personId: 'officer-reid',
      at: moment('2026-10-24T20:40:00-04:00'),
      disposition: 'breach-initiated',
      reason: 'Seen along the park for three minutes; gave no reason when called.',
    },
    {
      kind: 'acknowledge-by-link',
      wearerId: 'W-102',
      personId: 'duty-manager',
      afterMinutes: 5,
    },
    {
      kind: 'close',
      wearerId: 'W-102',
      personId: 'officer-brandt',
      at: moment('2026-10-24T21:40:00+02:00'),
      disposition: 'first-warning',
      reason: 'Overtime that was not agreed beforehand; home at 20:30.',
    },
    {
      kind: 'acknowledge-by-link',
      wearerId: 'W-103',
      personId: 'on-call-evening',
      afterMinutes: 2,
    },
    {
      kind: 'close',
      wearerId: 'W-103',
      personId: 'officer-brandt',
      at: moment('2026-10-25T08:30:00+01:00'),
      disposition: 'no-action-explained',
      reason: 'Took a neighbour to the emergency department; confirmed by the hospital.',
    },
    {
      kind: 'acknowledge-by-link',
      wearerId: 'W-105',
      personId: 'on-call-night',
      afterMinutes: 2,
    },
    {
      kind: 'close',
      wearerId: 'W-105',
      personId: 'officer-brandt',
      at: moment('2026-10-25T09:00:00+01:00'),
      disposition: 'second-warning',
      reason: 'Went running before the end of the curfew; had set the clock back twice.',
    },
    ...MADE_ACTS,
    ...ON_CALL_ACTS,
  ],
  refused: [{ channel: 'sms', to: DEAD_MOBILE }],
  tryOut: { wearerId: 'W-101', at: PROTECTED_HOME },
};
