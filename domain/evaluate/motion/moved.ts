import type { Motion } from '../../model/device-event.ts';
import { type Instant, instant, secondsBetween } from '../../model/instant.ts';
import type { Memory } from '../rule.ts';

/** Motion counts for so long back, seconds: a field manual looks at an hour (Attenti). */
export const MOTION_SECONDS = 3_600;
/** Motion is kept in parts of an hour; a dozen numbers at most, and only while there is no fix. */
const PART_SECONDS = 300;
/** A device that says that it moves speaks of no more time than this before. */
const SPEAKS_SECONDS = 300;

const partOf = (at: Instant): number => Math.floor(at / (PART_SECONDS * 1000));
const PART = /^moved(\d+)$/;

const partsOf = (memory: Memory): [name: string, part: number, seconds: number][] =>
  Object.entries(memory).flatMap(([name, seconds]) => {
    const part = PART.exec(name)?.[1];
    return part === undefined ? [] : [[name, Number(part), seconds]];
  });

const isKept = (part: number, at: Instant): boolean =>
  part > partOf(at) - MOTION_SECONDS / PART_SECONDS;

/** For how many seconds of the last hour the device moved, as far as it said so. */
export const movedSeconds = (memory: Memory, at: Instant): number =>
  partsOf(memory).reduce((sum, [, part, seconds]) => (isKept(part, at) ? sum + seconds : sum), 0);

/** What is remembered after the device has said whether it moves. */
export const withMotion = (memory: Memory, motion: Motion, at: Instant): Memory => {
  if (motion === 'unknown') return memory;
  const old = new Set(partsOf(memory).flatMap(([name, part]) => (isKept(part, at) ? [] : [name])));
  const kept = Object.fromEntries(Object.entries(memory).filter(([name]) => !old.has(name)));
  const { stillAt, movingAt, ...rest } = kept;
  if (motion === 'still') return { ...rest, stillAt: stillAt ?? at };
  const name = `moved${partOf(at)}`;
  const before = movingAt === undefined ? 0 : secondsBetween(instant(movingAt), at);
  const seconds = Math.min(SPEAKS_SECONDS, Math.max(0, before));
  return { ...rest, movingAt: at, [name]: (rest[name] ?? 0) + seconds };
};
