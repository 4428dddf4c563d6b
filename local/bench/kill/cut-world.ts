import { type Instant, isoInstantSchema } from '#domain/model/instant.ts';
import type { ExpectedOutcome } from '../../replay/outcome.ts';
import { DEMO_WORLD } from '../../worlds/demo/demo-world.ts';
import { DEMO_EXPECTED } from '../../worlds/demo/expected.ts';
import { moment } from '../../worlds/moment.ts';
import type { World, WorldWearer } from '../../worlds/world.ts';

/** A world and what must come out of it. */
export type Lived = Readonly<{ world: World; expected: ExpectedOutcome }>;

const WHOLE: Lived = { world: DEMO_WORLD, expected: DEMO_EXPECTED };

const within = (from: Instant, to: Instant) => (wearer: WorldWearer) => ({
  ...wearer,
  events: wearer.events.filter(({ recordedAt }) => {
    const at = isoInstantSchema.parse(recordedAt);
    return at > from && at <= to;
  }),
});

/** Three hours of one wearer of the demo world, in which the one alert of theirs falls. */
const cut = (): Lived => {
  const wearerId = 'W-101';
  const startsAt = moment('2026-10-24T18:20:00-04:00');
  const endsAt = moment('2026-10-24T21:20:00-04:00');
  return {
    world: {
      ...DEMO_WORLD,
      ...{ name: 'cut', startsAt, endsAt },
      wearers: DEMO_WORLD.wearers
        .filter((wearer) => wearer.wearerId === wearerId)
        .map(within(startsAt, endsAt)),
      acts: DEMO_WORLD.acts.filter((act) => act.kind !== 'call' && act.wearerId === wearerId),
    },
    expected: {
      alerts: DEMO_EXPECTED.alerts.filter((alert) => alert.wearerId === wearerId),
      nudges: [],
    },
  };
};

/** `day`: the whole demo world; `evening`: three hours of one wearer of it. */
export const livedOf = (name: string): Lived => {
  if (name === 'day') return WHOLE;
  if (name === 'evening') return cut();
  throw new Error(`There is no world ${name} to be killed in: day or evening.`);
};
