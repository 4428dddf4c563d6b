import type { Motion } from '../../model/device-event.ts';
import { type Instant, instant, secondsBetween } from '../../model/instant.ts';
import type { Memory } from '../rule.ts';

/** Motion is kept in parts of five minutes: few numbers, and only while there is no fix. */
const PART_SECONDS = 300;

/** What is reckoned of a device's motion. */
export type MotionLimits = Readonly<{
  /** Motion counts for so long back. */
  motionWithinSeconds: number;
  /** A device that says that it moves speaks of no more time than this before. */
  motionSpeaksSeconds: number;
}>;
type Reckoned = Readonly<{ at: Instant; by: MotionLimits }>;

const partOf = (at: Instant): number => Math.floor(at / (PART_SECONDS * 1000));
const PART = /^moved(\d+)$/;

const partsOf = (memory: Memory): [name: string, part: number, seconds: number][] =>
  Object.entries(memory).flatMap(([name, seconds]) => {
    const part = PART.exec(name)?.[1];
    return part === undefined ? [] : [[name, Number(part), seconds]];
  });

const isKept = (part: number, { at, by }: Reckoned): boolean =>
  part > partOf(at) - by.motionWithinSeconds / PART_SECONDS;

/** For how many seconds of late the device moved, as far as it said so. */
export const movedSeconds = (memory: Memory, now: Reckoned): number =>
  partsOf(memory).reduce((sum, [, part, seconds]) => (isKept(part, now) ? sum + seconds : sum), 0);

/** What is remembered after the device has said whether it moves. */
export const withMotion = (memory: Memory, motion: Motion, now: Reckoned): Memory => {
  if (motion === 'unknown') return memory;
  const { at, by } = now;
  const old = new Set(partsOf(memory).flatMap(([name, part]) => (isKept(part, now) ? [] : [name])));
  const kept = Object.fromEntries(Object.entries(memory).filter(([name]) => !old.has(name)));
  const { stillAt, movingAt, ...rest } = kept;
  if (motion === 'still') return { ...rest, stillAt: stillAt ?? at };
  const name = `moved${partOf(at)}`;
  const before = movingAt === undefined ? 0 : secondsBetween(instant(movingAt), at);
  const seconds = Math.min(by.motionSpeaksSeconds, Math.max(0, before));
  return { ...rest, movingAt: at, [name]: (rest[name] ?? 0) + seconds };
};
