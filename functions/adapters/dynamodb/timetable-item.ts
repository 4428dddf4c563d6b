import * as z from 'zod';
import { instant } from '#domain/model/instant.ts';
import type { CompiledTimetable } from '#domain/time/compile-timetable.ts';
import type { ActiveInterval } from '#domain/time/interval-sets.ts';
import { binary, type Item, json, readBinary, readJson } from './items.ts';

const horizonSchema = z.object({
  fromAt: z.number(),
  untilAt: z.number(),
  tzdataVersion: z.string(),
});

/** Edges in whole seconds, 40 bits each; timetables know no fraction of a second. */
const WIDTH = 5;

const packIntervals = (intervals: readonly ActiveInterval[]): Uint8Array => {
  const bytes = Buffer.alloc(intervals.length * 2 * WIDTH);
  for (const [i, interval] of intervals.entries()) {
    bytes.writeUIntBE(interval.startAt / 1000, i * 2 * WIDTH, WIDTH);
    bytes.writeUIntBE(interval.endAt / 1000, i * 2 * WIDTH + WIDTH, WIDTH);
  }
  return bytes;
};

const unpackIntervals = (packed: Uint8Array): ActiveInterval[] => {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: bytes.length / (2 * WIDTH) }, (_, i) => ({
    startAt: instant(bytes.readUIntBE(i * 2 * WIDTH, WIDTH) * 1000),
    endAt: instant(bytes.readUIntBE(i * 2 * WIDTH + WIDTH, WIDTH) * 1000),
    startsBy: 'validity',
    endsBy: 'validity',
  }));
};

/** A compiled timetable as attributes beside its document. */
export const compiledTimetableAttributes = (compiled: CompiledTimetable): Item => {
  const { fromAt, untilAt, tzdataVersion } = compiled;
  return {
    horizon: json({ fromAt, untilAt, tzdataVersion }),
    intervals: binary(packIntervals(compiled.intervals)),
  };
};

export const compiledTimetableFrom = (item: Item): CompiledTimetable => {
  const { fromAt, untilAt, tzdataVersion } = readJson(item, 'horizon', horizonSchema);
  const intervals = unpackIntervals(readBinary(item, 'intervals'));
  return { fromAt: instant(fromAt), untilAt: instant(untilAt), tzdataVersion, intervals };
};
