import { secondsAfter } from '#domain/model/instant.ts';
import { drainsFast, isCharged } from '../generators/battery.ts';
import { breaksOff, fallsSilent } from '../generators/device-silent.ts';
import { entersZone } from '../generators/exclusion-zone.ts';
import { isFitted, neverReports } from '../generators/never-fitted.ts';
import { isTamperedWith, staysClosed } from '../generators/tamper.ts';
import { drivesPast, drivesThrough } from '../generators/zone-ways.ts';
import type { WorldWearer } from '../world.ts';
import { STARTS_AT } from './day.ts';
import { madeWearer } from './made-wearer.ts';

const hours = (count: number) => secondsAfter(STARTS_AT, count * 3600);

/**
 * Wearers whose days are made up, by the same seeded makers by which the tests measure the rules:
 * for each rule one of whom it must tell, and one of whom it must not.
 */
export const MADE_WEARERS: readonly WorldWearer[] = [
  madeWearer(entersZone(3), {
    ...{ number: 109, name: 'Owen Price', startsAt: hours(1) },
    shows: 'walks to a school that is closed to him, and stays',
  }),
  madeWearer(drivesThrough(5), {
    ...{ number: 110, name: 'Grace Obi', startsAt: hours(2) },
    shows: 'drives right through a closed zone between two fixes',
  }),
  madeWearer(drivesPast(5), {
    ...{ number: 111, name: 'Tom Ashby', startsAt: hours(2) },
    shows: 'drives past a closed zone, 30 m off its edge or more',
  }),
  madeWearer(fallsSilent(5), {
    ...{ number: 112, name: 'Leah Morgan', startsAt: hours(1) },
    shows: 'has a device that nothing is heard of for hours; what it kept comes later',
  }),
  madeWearer(breaksOff(8), {
    ...{ number: 113, name: 'Callum Reyes', startsAt: hours(1) },
    shows: 'has a device that breaks off again and again, never for an hour',
  }),
  madeWearer(isTamperedWith(10), {
    ...{ number: 114, name: 'Dean Walsh', startsAt: hours(1) },
    shows: 'opens the strap again and again for a moment; it is one alert, and stays open',
  }),
  madeWearer(staysClosed(2), {
    ...{ number: 115, name: 'Amara Silva', startsAt: hours(1) },
    shows: 'has a device that does not always know whether it is closed',
  }),
  madeWearer(drainsFast(1), {
    ...{ number: 116, name: 'Priya Nair', startsAt: hours(1), mobile: '+447700900216' },
    shows: 'has a battery that is empty within two hours; told while there is time to charge it',
  }),
  madeWearer(isCharged(1), {
    ...{ number: 117, name: 'Joel Hart', startsAt: hours(0) },
    shows: 'charges in time, from no less than a quarter',
  }),
  madeWearer(neverReports(4), {
    ...{ number: 118, name: 'Ravi Sandhu', startsAt: hours(0) },
    shows: 'has a device on record of which nothing is heard for hours',
  }),
  madeWearer(isFitted(1), {
    ...{ number: 119, name: 'Megan Foy', startsAt: hours(0) },
    shows: 'is fitted hours after the order began, and the device is heard of at once',
  }),
];
