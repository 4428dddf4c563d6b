import { type HolidaysId, holidaysIdSchema, type PersonId } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import type { HolidayDates } from '#domain/rota/stretch.ts';

type Fields = Readonly<Record<string, unknown>>;

export const atIso = (text: string): Instant => instant(Date.parse(text));

/** A layer that hands over each day at 09:00, from a day long past. */
export const layer = (layerId: string, people: readonly string[], fields: Fields = {}) => ({
  layerId,
  name: layerId,
  people,
  rotation: { kind: 'daily', handOver: { time: '09:00' }, startsOn: '2026-01-05' },
  ...fields,
});

/** A rota in London of the given layers, with nobody behind them. */
export const layeredRota = (layers: readonly object[], fields: Fields = {}): Rota =>
  rotaSchema.parse({
    rotaId: 'nights',
    name: 'Nights',
    timeZone: 'Europe/London',
    layers,
    otherwise: null,
    ...fields,
  });

export const NO_HOLIDAYS: HolidayDates = new Map();

export const holidaysOn = (...dates: readonly string[]): HolidayDates =>
  new Map<HolidaysId, readonly string[]>([[holidaysIdSchema.parse('england'), dates]]);

/** Stretches in short: start and end in UTC to the minute, and who. */
export const inShort = (
  stretches: readonly Readonly<{
    startAt: Instant;
    endAt: Instant;
    people: readonly PersonId[];
  }>[],
): string[] =>
  stretches.map(({ startAt, endAt, people }) => {
    const [from, to] = [startAt, endAt].map((at) => new Date(at).toISOString().slice(5, 16));
    return `${from} ${to} ${people.join('+')}`;
  });
