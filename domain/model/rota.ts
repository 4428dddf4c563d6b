import * as z from 'zod';
import { localWindowSchema } from '../time/local-window.ts';
import {
  holidaysIdSchema,
  layerIdSchema,
  overrideIdSchema,
  personIdSchema,
  rotaIdSchema,
} from './ids.ts';
import { isoInstantSchema } from './instant.ts';
import { rotationSchema } from './rotation.ts';

/** Whatever a schema takes for an instant: an ISO date-time, or as somebody wrote it. */
type Moment = z.ZodType<unknown, string>;

const reasonSchema = z.string().min(1).max(500);

/** Who decided something, and why. */
export const decidedSchema = z.object({ by: personIdSchema, reason: reasonSchema });
export type Decided = z.infer<typeof decidedSchema>;

/** People who take turns; hours and holidays take away from when the layer counts at all. */
const layerSchema = z.object({
  layerId: layerIdSchema,
  name: z.string().min(1).max(100),
  people: z.array(personIdSchema).min(1).max(100),
  rotation: rotationSchema,
  /** The hours at which the layer counts; none: at all hours. */
  restrictions: z.array(localWindowSchema).max(50).default([]),
  /** The holidays on which it does not count. */
  skipHolidays: holidaysIdSchema.nullable().default(null),
});
export type Layer = z.infer<typeof layerSchema>;

/** Somebody on call from an instant until another, which is not part of it. */
const shiftWith = <M extends Moment>(moment: M) =>
  z.object({ personId: personIdSchema, startsAt: moment, endsAt: moment });

/** A stretch in which these shifts stand in the place of all layers and other shifts. */
const temporaryWith = <M extends Moment>(moment: M) =>
  z.object({
    startsAt: moment,
    endsAt: moment,
    shifts: z.array(shiftWith(moment)).max(500).default([]),
  });

/**
 * A change of who is on call for a stretch. `add`: the person too. `remove`: not the person.
 * `replace`: the person in the place of `insteadOf`, where that one would be on call.
 */
const overrideWith = <M extends Moment>(moment: M) => {
  const fields = {
    overrideId: overrideIdSchema,
    personId: personIdSchema,
    startsAt: moment,
    endsAt: moment,
    ...decidedSchema.shape,
    /** Who ended it before its time, and when. */
    cancelled: decidedSchema.extend({ at: moment }).nullable().default(null),
  };
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('add'), ...fields }),
    z.object({ kind: z.literal('remove'), ...fields }),
    z.object({ kind: z.literal('replace'), insteadOf: personIdSchema, ...fields }),
  ]);
};

const rotaWith = <M extends Moment>(moment: M) =>
  z.object({
    rotaId: rotaIdSchema,
    name: z.string().min(1).max(100),
    /** IANA zone of the layers' clock, and of times that are written without an offset. */
    timeZone: z.string().min(1).max(64).nullable().default(null),
    /** A later layer counts before an earlier one. */
    layers: z.array(layerSchema).max(20).default([]),
    temporary: z.array(temporaryWith(moment)).max(50).default([]),
    overrides: z.array(overrideWith(moment)).max(500).default([]),
    shifts: z.array(shiftWith(moment)).max(1_000).default([]),
    /** On call at every instant that all else leaves open; null: nobody is, and that is a gap. */
    otherwise: personIdSchema.nullable(),
    /** Who wanted the rota although it has gaps, and why. */
    gapsForced: decidedSchema.extend({ at: moment }).nullable().default(null),
  });

type Span = Readonly<{ startsAt: number; endsAt: number }>;
type Placed = readonly [path: readonly (string | number)[], span: Span];

const spansOf = (rota: z.infer<typeof instantRotaSchema>): Placed[] => [
  ...rota.shifts.map((shift, i): Placed => [['shifts', i], shift]),
  ...rota.temporary.flatMap((stretch, i): Placed[] => [
    [['temporary', i], stretch],
    ...stretch.shifts.map((shift, j): Placed => [['temporary', i, 'shifts', j], shift]),
  ]),
  ...rota.overrides.map((override, i): Placed => [['overrides', i], override]),
];

const instantRotaSchema = rotaWith(isoInstantSchema);

/**
 * Who is on call at any instant: overrides over temporary stretches over shifts over layers over
 * whoever covers the rest.
 */
export const rotaSchema = instantRotaSchema.superRefine((rota, context) => {
  for (const [path, { startsAt, endsAt }] of spansOf(rota)) {
    if (endsAt > startsAt) continue;
    const [what = ''] = path.filter((part) => typeof part === 'string').slice(-1);
    const message = `${THINGS[what] ?? 'it'} ends before it starts`;
    context.addIssue({ code: 'custom', path: [...path, 'endsAt'], message });
  }
});
export type Rota = z.infer<typeof rotaSchema>;
export type Override = Rota['overrides'][number];

const THINGS: Readonly<Record<string, string>> = {
  shifts: 'the shift',
  temporary: 'the stretch',
  overrides: 'the override',
};

const MINUTES = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){1,2}(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;

/** A time as somebody writes it: with an offset, or as the wall clock of the rota shows it. */
const writtenMomentSchema = z
  .string()
  .refine(
    (text) =>
      isoInstantSchema.safeParse(text).success ||
      (MINUTES.test(text) && z.iso.date().safeParse(text.slice(0, 10)).success),
    'must be an instant, as 2026-11-21T19:05:00Z, or a time on the clock of the rota, as 2026-11-21T19:05',
  );

/** A rota as somebody wrote it. */
export const writtenRotaSchema = rotaWith(writtenMomentSchema);
export type WrittenRota = z.infer<typeof writtenRotaSchema>;

/** An override as somebody wrote it. */
export const writtenOverrideSchema = overrideWith(writtenMomentSchema);
export type WrittenOverride = z.infer<typeof writtenOverrideSchema>;
