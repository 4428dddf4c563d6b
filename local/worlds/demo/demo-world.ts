import { position } from '#domain/geo/position.ts';
import { moment } from '../moment.ts';
import type { World } from '../world.ts';
import { ENDS_AT, STARTS_AT } from './day.ts';
import { PEOPLE, POLICY, ROTA } from './staff.ts';
import { DRIVER_MUNICH } from './wearers/driver-munich.ts';
import { RUNNER_WASHINGTON } from './wearers/runner-washington.ts';

/** A day and a night of eight wearers: what each of them shows is said in their files. */
export const DEMO_WORLD: World = {
  name: 'demo',
  startsAt: STARTS_AT,
  endsAt: ENDS_AT,
  headEndId: 'head-end-1',
  people: PEOPLE,
  rotas: [ROTA],
  policies: [POLICY],
  wearers: [RUNNER_WASHINGTON, DRIVER_MUNICH],
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
  ],
  tryOut: { wearerId: 'W-101', at: position(38.9225, -77.0233) },
};
