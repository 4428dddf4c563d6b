import type { LayerId, PersonId } from '../model/ids.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { Override, Rota } from '../model/rota.ts';
import { readClock } from '../time/local-clock.ts';
import { layerHours } from './layer-hours.ts';
import { type HolidayDates, holding, type Stretch, type Turn } from './stretch.ts';
import { turnsIn } from './turns.ts';

/** Who is on call, and what of the rota says so. */
export type OnCall = Readonly<{
  /** More than one where turns overlap or somebody is added; none: a gap. */
  people: readonly PersonId[];
  from: 'override' | 'temporary' | 'shift' | 'layer' | 'otherwise' | 'nobody';
  /** The layer, where `from` is one. */
  layerId: LayerId | null;
}>;

/** A layer as instants within a stretch. */
type LaidLayer = Readonly<{
  layerId: LayerId;
  turns: readonly Turn[];
  hours: readonly Stretch[];
}>;

/** A rota whose layers have been turned into instants for a stretch. */
export type LaidOut = Readonly<{ rota: Rota; layers: readonly LaidLayer[] }>;

/** Turns a rota's layers into instants. */
export const layOut = (rota: Rota, stretch: Stretch, holidays: HolidayDates): LaidOut => {
  const { timeZone } = rota;
  if (timeZone === null || rota.layers.length === 0) return { rota, layers: [] };
  const clock = readClock(timeZone, stretch.startAt, stretch.endAt);
  const layers = rota.layers.map((layer) => ({
    layerId: layer.layerId,
    turns: turnsIn(layer, clock, stretch),
    hours: layerHours(layer, stretch, { timeZone, holidays }),
  }));
  return { rota, layers };
};

/** Until when an override counts: it may have been cancelled before its end, or its start. */
export const endOf = ({ endsAt, cancelled }: Override): Instant =>
  cancelled !== null && cancelled.at < endsAt ? cancelled.at : endsAt;

const runningAt = (overrides: readonly Override[], at: Instant): readonly Override[] =>
  overrides.filter((override) => override.startsAt <= at && at < endOf(override));

type Shift = Rota['shifts'][number];

/** Of several shifts the latest begun counts, then the one begun before it. */
const byShifts = (shifts: readonly Shift[], from: 'shift' | 'temporary', at: Instant): OnCall[] =>
  shifts
    .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
    .sort((a, b) => b.startsAt - a.startsAt)
    .map(({ personId }) => ({ people: [personId], from, layerId: null }));

const byLayers = (layers: readonly LaidLayer[], at: Instant): OnCall[] =>
  layers
    .filter(({ hours }) => holding(hours, at).length > 0)
    .map(({ layerId, turns }): OnCall => {
      const people = new Set(holding(turns, at).map(({ personId }) => personId));
      return { people: [...people], from: 'layer', layerId };
    })
    .reverse();

/** Everything that says who is on call at an instant, what counts first standing first. */
const candidatesAt = ({ rota, layers }: LaidOut, at: Instant): OnCall[] => {
  const { otherwise, shifts } = rota;
  const temporary = rota.temporary.find((one) => one.startsAt <= at && at < one.endsAt);
  const planned =
    temporary === undefined
      ? [...byShifts(shifts, 'shift', at), ...byLayers(layers, at)]
      : byShifts(temporary.shifts, 'temporary', at);
  if (otherwise === null) return planned;
  return [...planned, { people: [otherwise], from: 'otherwise', layerId: null }];
};

const withOverride = (people: readonly PersonId[], override: Override): readonly PersonId[] => {
  const { kind, personId } = override;
  if (kind === 'remove') return people.filter((one) => one !== personId);
  if (kind === 'add') return people;
  return people.map((one) => (one === override.insteadOf ? personId : one));
};

const NOBODY: OnCall = { people: [], from: 'nobody', layerId: null };

/** Who is on call at an instant of the stretch that a rota was laid out for. */
export const whoAt = (laidOut: LaidOut, at: Instant): OnCall => {
  const running = runningAt(laidOut.rota.overrides, at);
  // Whoever is removed makes room for what counts next, so that nobody's absence is a gap.
  const standing = candidatesAt(laidOut, at)
    .map((one) => ({ planned: one, people: running.reduce(withOverride, one.people) }))
    .find(({ people }) => people.length > 0);
  const added = running.flatMap(({ kind, personId }) => (kind === 'add' ? [personId] : []));
  const people = [...new Set([...(standing?.people ?? []), ...added])];
  if (people.length === 0) return NOBODY;
  const planned = standing?.planned.people ?? [];
  const isPlanned =
    planned.length === people.length && planned.every((personId, i) => personId === people[i]);
  if (isPlanned && standing !== undefined) return standing.planned;
  return { people, from: 'override', layerId: null };
};

/**
 * Who is on call at an instant: total, and the same for the same rota, instant and holidays.
 * Nobody only where the rota has no `otherwise`, or an override takes away whoever covers.
 */
export const onCallAt = (rota: Rota, at: Instant, holidays: HolidayDates): OnCall =>
  whoAt(layOut(rota, { startAt: at, endAt: instant(at + 1) }, holidays), at);
