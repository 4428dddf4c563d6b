import { instant } from '#domain/model/instant.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { moment } from '#local/worlds/moment.ts';
import type { EventBody, World } from '#local/worlds/world.ts';

/** From before a run along a closed park to after a run before the end of a curfew: five hours. */
const STARTS_AT = moment('2026-10-24T19:30:00-04:00');
const ENDS_AT = moment('2026-10-25T05:40:00+01:00');
const WEARERS: readonly string[] = ['W-101', 'W-105'];

/** An app that everybody has, in the account of the local cloud. */
const ENDPOINT = 'arn:aws:sns:eu-west-2:000000000000:endpoint/APNS/pager/short-world';

const isWithin = ({ recordedAt }: EventBody): boolean => {
  const at = Date.parse(recordedAt);
  return at >= STARTS_AT && at <= ENDS_AT;
};

/**
 * As much of the demo world as exercises every kind of call: two wearers, each with a violation,
 * a second step, a police message and people who act.
 */
export const SHORT_WORLD: World = {
  ...DEMO_WORLD,
  name: 'short',
  startsAt: STARTS_AT,
  endsAt: instant(ENDS_AT),
  people: DEMO_WORLD.people.map((person) => ({ ...person, pushEndpointArn: ENDPOINT })),
  wearers: DEMO_WORLD.wearers
    .filter(({ wearerId }) => WEARERS.includes(wearerId))
    .map((wearer) => ({ ...wearer, events: wearer.events.filter(isWithin) })),
  acts: DEMO_WORLD.acts.filter(
    (act) =>
      act.kind !== 'call' &&
      WEARERS.includes(act.wearerId) &&
      (act.kind !== 'close' || act.at <= ENDS_AT),
  ),
};
