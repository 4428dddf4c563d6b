import * as z from 'zod';
import { compareInputs, type InOrder } from '#domain/evaluate/slice.ts';
import { locationLine } from '#domain/exchange/location-line.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { activationIdSchema, type WearerRef } from '#domain/model/ids.ts';
import {
  DAY_MILLISECONDS,
  earlierOf,
  earliest,
  type Instant,
  instant,
  instantSchema,
  laterOf,
} from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import type { WearerVersions } from '../../adapters/dynamodb/wearer-versions.ts';
import { eventsBetween, type TrailDeps } from '../events-between.ts';
import { type PlacedLine, type ReadPortion, UnknownPosition } from './portion.ts';

export type LocationDeps = TrailDeps &
  Readonly<{ wearerVersions: Pick<WearerVersions, 'ofWearer'> }>;

/** So many days are looked through for one sheet, where little was said on each of them. */
const MOST_DAYS = 31;
const ENOUGH_EVENTS = 4_000;

/** Where to go on: at the first event of an instant, or after one of them. */
type Place = Readonly<{ at: Instant; after: InOrder | null }>;

const placeSchema = z.tuple([
  z.coerce.number().pipe(instantSchema),
  z.enum(['fix', 'check', 'device-status']),
  z.coerce.number().int().min(0),
  activationIdSchema,
]);

const positionOf = ({ recordedAt, kind, sequence, activationId }: InOrder): string =>
  `${recordedAt}.${kind}.${sequence}.${activationId}`;

const readPlace = (position: string): Place => {
  const [first = '', kind, sequence, ...rest] = position.split('.');
  if (kind === undefined && /^\d{1,15}$/.test(first)) {
    return { at: instant(Number(first)), after: null };
  }
  const read = placeSchema.safeParse([first, kind, sequence, rest.join('.')]);
  if (!read.success) throw new UnknownPosition();
  const [recordedAt, kindOf, nth, activationId] = read.data;
  const after = { recordedAt, kind: kindOf, sequence: nth, activationId };
  return { at: recordedAt, after };
};

const activationsOf = async (
  { wearerVersions }: LocationDeps,
  wearer: WearerRef,
): Promise<Activation[]> => {
  const versions = await wearerVersions.ofWearer(wearer);
  return versions.flatMap(({ kind, document }) => {
    const read = kind === 'ACTIVATION' ? activationSchema.safeParse(document) : null;
    return read?.success ? [read.data] : [];
  });
};

const lastOfDay = (at: Instant): Instant =>
  instant((Math.floor(at / DAY_MILLISECONDS) + 1) * DAY_MILLISECONDS - 1);

/** Everything that a wearer's devices said, day by day, as far as makes one sheet. */
export const locations =
  (deps: LocationDeps): ReadPortion =>
  async ({ wearer, fromAt, toAt, position }) => {
    const worn = await activationsOf(deps, wearer);
    const serials = new Map(worn.map((one) => [one.activationId, one.deviceSerial]));
    const placed = (event: DeviceEvent): PlacedLine => ({
      line: locationLine(event, serials.get(event.activationId) ?? event.activationId),
      after: positionOf(event),
    });
    // Nothing is taken of a device before it is on somebody: earlier days need no reading.
    const firstAt = earliest(worn.map(({ startsAt }) => startsAt)) ?? toAt;
    let place: Place | null =
      position === null ? { at: laterOf(fromAt, firstAt), after: null } : readPlace(position);
    const lines: PlacedLine[] = [];
    for (let day = 0; day < MOST_DAYS && lines.length < ENOUGH_EVENTS; day += 1) {
      if (place === null || place.at > toAt) return { placed: lines, rest: null };
      const { at, after }: Place = place;
      const until = earlierOf(lastOfDay(at), toAt);
      const events = await eventsBetween(deps, wearer, { fromAt: at, toAt: until });
      const later = events.filter((event) => after === null || compareInputs(event, after) > 0);
      lines.push(...later.map(placed));
      place = until === toAt ? null : { at: instant(until + 1), after: null };
    }
    return { placed: lines, rest: place === null ? null : String(place.at) };
  };
