import { secondsAfter } from '#domain/model/instant.ts';
import { isAwayALittle, isAwayTooLong } from '../generators/accumulated-time.ts';
import { drainsFast, isCharged } from '../generators/battery.ts';
import { missesChecks, passesChecks } from '../generators/check-missed.ts';
import { isPermitted } from '../generators/curfew-nights.ts';
import { breaksOff, fallsSilent } from '../generators/device-silent.ts';
import { entersZone } from '../generators/exclusion-zone.ts';
import { isInTwoPlaces, isPlausible } from '../generators/implausible-movement.ts';
import { leavesZone, stepsOut } from '../generators/inclusion-zone.ts';
import { isNotLost, movesUnseen } from '../generators/location-lost.ts';
import type { MadeDay } from '../generators/made-day.ts';
import { comesJustInTime, missesBoth } from '../generators/mandatory-attendance.ts';
import { isFitted, neverReports } from '../generators/never-fitted.ts';
import { meetsOther, passesOther } from '../generators/non-association.ts';
import { isTamperedWith, staysClosed } from '../generators/tamper.ts';
import { approachesProtected, livesNotFar } from '../generators/victim-proximity.ts';
import { needsNoNudge, staysOut } from '../generators/way-home.ts';
import { canBeToldInTime, cannotBeTold } from '../generators/whereabouts-unclear.ts';
import { drivesPast, drivesThrough } from '../generators/zone-ways.ts';
import type { WorldWearer } from '../world.ts';
import { STARTS_AT } from './day.ts';
import { madePair, madeWearer } from './made-wearer.ts';
import { shortCurfews } from './short-curfews.ts';

/** A day of the maker on which the wearer moves unseen, and not for long enough. */
const NOT_LOST_LONG = 3;

/** A day under an order that lets the police hear of zones. */
const withPolice = (day: MadeDay): MadeDay => ({
  ...day,
  order: { ...day.order, policeForce: 'metropolitan', policeKinds: ['exclusion-zone'] },
});

/** Five hours behind London, in summer. */
const NEW_YORK = 'America/New_York';

/** A day of the maker on which the wearer is out, and sets off in time. */
const SETS_OFF = 5;

const hours = (count: number) => secondsAfter(STARTS_AT, count * 3600);

/**
 * Wearers whose days are made up, by the same seeded makers by which the tests measure the rules:
 * for each rule one of whom it must tell, and one of whom it must not.
 */
export const MADE_WEARERS: readonly WorldWearer[] = [
  madeWearer(withPolice(entersZone(3)), {
    ...{ number: 109, name: 'Owen Price', startsAt: hours(1) },
    shows: 'walks to a school that is closed to him, and stays; the police are told',
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
  madeWearer(neverReports(25), {
    ...{ number: 118, name: 'Ravi Sandhu', startsAt: hours(0) },
    shows: 'has a device on record of which nothing is heard for hours',
  }),
  madeWearer(isFitted(1), {
    ...{ number: 119, name: 'Megan Foy', startsAt: hours(0) },
    shows: 'is fitted hours after the order began, and the device is heard of at once',
  }),
  ...madePair(
    approachesProtected(13),
    {
      ...{ number: 120, name: 'Neil Barker', startsAt: hours(3) },
      shows: 'comes nearer and nearer to a protected person, wherever she is',
    },
    { number: 121, name: 'Carol Dunn', shows: 'is the person whom W-120 must keep away from' },
  ),
  ...madePair(
    livesNotFar(2),
    {
      ...{ number: 122, name: 'Paul Greer', startsAt: hours(3) },
      shows: 'lives two kilometres from a protected person, and both go about',
    },
    { number: 123, name: 'Jane Holt', shows: 'is the person whom W-122 must keep away from' },
  ),
  ...madePair(
    meetsOther(2),
    {
      ...{ number: 124, name: 'Kyle Webb', startsAt: hours(4) },
      shows: 'meets somebody whom he must not, and stays with him',
    },
    { number: 125, name: 'Liam Frost', shows: 'is the person whom W-124 must not meet' },
  ),
  ...madePair(
    passesOther(2),
    {
      ...{ number: 126, name: 'Zoe Hardy', startsAt: hours(4) },
      shows: 'passes somebody in the street whom she must not meet',
    },
    { number: 127, name: 'Ella Kent', shows: 'is the person whom W-126 must not meet' },
  ),
  madeWearer(missesChecks(4), {
    ...{ number: 128, name: 'Ben Moss', startsAt: hours(-2), timeZone: NEW_YORK },
    mobile: '+447700900228',
    shows: 'is asked to check in by telephone, and does not always',
  }),
  madeWearer(passesChecks(1), {
    ...{ number: 129, name: 'Ada Cole', startsAt: hours(-2), timeZone: NEW_YORK },
    mobile: '+447700900229',
    shows: 'checks in each time she is asked, if only just',
  }),
  madeWearer(movesUnseen(3), {
    ...{ number: 130, name: 'Gary Lund', startsAt: hours(2) },
    shows: 'moves about with the antenna covered: the device is heard, and finds no position',
  }),
  madeWearer(isNotLost(NOT_LOST_LONG), {
    ...{ number: 131, name: 'Ivy Marsh', startsAt: hours(2) },
    shows: 'moves unseen for some minutes only, as in a tunnel',
  }),
  madeWearer(leavesZone(2), {
    ...{ number: 132, name: 'Marcus Bell', startsAt: hours(2), timeZone: NEW_YORK },
    shows: 'leaves the grounds that he has to keep to, for twenty minutes or more',
  }),
  madeWearer(stepsOut(2), {
    ...{ number: 133, name: 'Rosa Diaz', startsAt: hours(2), timeZone: NEW_YORK },
    shows: 'steps out of the grounds that she has to keep to, and in again within the grace',
  }),
  madeWearer(isAwayTooLong(2), {
    ...{ number: 134, name: 'Sean Doyle', startsAt: hours(4) },
    shows: 'adds up more absence than the order allows; warned at two thirds of it',
  }),
  madeWearer(isAwayALittle(2), {
    ...{ number: 135, name: 'Hugh Lamb', startsAt: hours(4) },
    shows: 'is away for half an hour, which is told, and less than adds up to the limit',
  }),
  madeWearer(missesBoth(2), {
    ...{ number: 136, name: 'Ian Pratt', startsAt: hours(1) },
    shows: 'misses two appointments; the second weighs more than the first',
  }),
  madeWearer(comesJustInTime(2), {
    ...{ number: 137, name: 'Sara Blake', startsAt: hours(1) },
    shows: 'comes to each appointment at the last minute of what is tolerated',
  }),
  madeWearer(cannotBeTold(2), {
    ...{ number: 138, name: 'Nora Finch', startsAt: hours(1) },
    shows: 'is on the edge of a closed zone for hours, and nobody can tell on which side',
  }),
  madeWearer(canBeToldInTime(2), {
    ...{ number: 139, name: 'Peter Quill', startsAt: hours(1) },
    shows: 'is on the edge of a closed zone for a while, until it is clear that he is outside',
  }),
  madeWearer(isInTwoPlaces(2), {
    ...{ number: 140, name: 'Alec Thorn', startsAt: hours(2) },
    shows: 'has a device that says again and again that it is where nobody can have gone to',
  }),
  madeWearer(isPlausible(2), {
    ...{ number: 141, name: 'Beth Lyle', startsAt: hours(2) },
    shows: 'has a device that errs once or twice; what it says then is set aside',
  }),
  madeWearer(isPermitted(2), {
    ...{ number: 142, name: 'Colm Reid', startsAt: hours(4) },
    shows: 'is out during the curfew, and has a permission for just that time',
  }),
  madeWearer(shortCurfews([230, 235, 228, 240, 232]), {
    ...{ number: 143, name: 'Eric Vance', startsAt: hours(0) },
    shows: 'is four minutes late each time he must be home: within the grace, and a sign',
  }),
  madeWearer(shortCurfews([-300, -200, 240, -300, -400]), {
    ...{ number: 144, name: 'Fay Norris', startsAt: hours(0) },
    shows: 'is four minutes late once, and early else',
  }),
  madeWearer(staysOut(4), {
    ...{ number: 145, name: 'Glen Usher', startsAt: hours(3), mobile: '+447700900245' },
    shows: 'is told when to set off for home, and does not',
  }),
  madeWearer(needsNoNudge(SETS_OFF), {
    ...{ number: 146, name: 'Hana Yates', startsAt: hours(3), mobile: '+447700900246' },
    shows: 'sets off for home in good time, and need not be told',
  }),
];
