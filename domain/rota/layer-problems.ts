import type { Layer, Rota, WrittenRota } from '../model/rota.ts';
import type { Rotation } from '../model/rotation.ts';
import { knownTimeZone } from '../time/local-clock.ts';
import { secondsOfDay } from '../time/local-window.ts';
import { windowProblems } from '../time/timetable-checks.ts';
import type { RotaProblem } from './problem.ts';

type LayerProblem = Pick<RotaProblem, 'code' | 'message'> & Readonly<{ at: string }>;

/** Hand-overs of a cycle that are not one after another within it. */
const rotationProblems = (rotation: Rotation): LayerProblem[] => {
  if (rotation.kind !== 'custom') return [];
  const { everyDays, handOvers } = rotation;
  return handOvers.flatMap(({ day, time }, i): LayerProblem[] => {
    const at = `rotation.handOvers.${i}`;
    if (day >= everyDays) {
      const message = `day ${day} lies outside a cycle of ${everyDays} days, whose first is day 0`;
      return [{ code: 'outside', at, message }];
    }
    const before = handOvers[i - 1];
    if (before === undefined) return [];
    const isAfter =
      day > before.day || (day === before.day && secondsOfDay(time) > secondsOfDay(before.time));
    if (isAfter) return [];
    const message =
      `day ${day}, ${time} is not after the hand-over before it, day ${before.day}, ` +
      `${before.time}: turns would overlap; write hand-overs in their order`;
    return [{ code: 'overlapping', at, message }];
  });
};

const CODES = {
  'overlapping-windows': 'overlapping',
  'zero-length': 'zero-length',
} as const;

const isRestrictionCode = (code: string): code is keyof typeof CODES => code in CODES;

const restrictionProblems = ({ restrictions }: Layer, timeZone: string): LayerProblem[] => {
  if (restrictions.length === 0) return [];
  const asTimetable = { timeZone, windows: restrictions, exceptions: [] };
  const problems = windowProblems({ ...asTimetable, validFrom: null, validUntil: null });
  return problems.flatMap(({ code, path, message }) =>
    isRestrictionCode(code)
      ? [
          {
            code: CODES[code],
            at: ['restrictions', ...path.slice(1)].join('.'),
            message: message.replace('windows[', 'restrictions['),
          },
        ]
      : [],
  );
};

/** Ids that stand for two things. */
export const twice = <T>(things: readonly T[], idOf: (thing: T) => string) =>
  things.flatMap((thing, i) => {
    const id = idOf(thing);
    return things.findIndex((one) => idOf(one) === id) < i ? [{ i, id }] : [];
  });

/** What is wrong with the zone that a rota's clock goes by. */
export const zoneProblems = ({
  timeZone,
  layers,
}: Pick<WrittenRota, 'timeZone' | 'layers'>): RotaProblem[] => {
  const [code, path] = ['unknown-time-zone', 'timeZone'] as const;
  if (timeZone === null) {
    const message = 'layers are handed over by the clock on a wall: say of which IANA zone';
    return layers.length === 0 ? [] : [{ code, path, message }];
  }
  if (knownTimeZone(timeZone) !== undefined) return [];
  const message = `${timeZone} is no IANA time zone; write one as Europe/London`;
  return [{ code, path, message }];
};

/** What is wrong with a rota's layers, each by itself. */
export const layerProblems = ({ timeZone, layers }: Rota): RotaProblem[] => {
  const named = twice(layers, ({ layerId }) => layerId).map(
    ({ i, id }): RotaProblem => ({
      code: 'duplicate',
      path: `layers.${i}.layerId`,
      message: `there is another layer ${id}: give each a name of its own`,
    }),
  );
  const within = layers.flatMap((layer, i) =>
    [...rotationProblems(layer.rotation), ...restrictionProblems(layer, timeZone ?? 'UTC')].map(
      ({ code, at, message }): RotaProblem => ({ code, path: `layers.${i}.${at}`, message }),
    ),
  );
  return [...named, ...within];
};
