import { SLICE_INPUTS } from '#domain/evaluate/slice.ts';

/**
 * What one device uploads: of whom, when it is due, and the instants of its fixes, all epoch ms.
 */
export type Upload = Readonly<{ number: number; dueAt: number; fixAts: readonly number[] }>;

/** Wearers of one run, numbered from 0, and when their uploads fall. */
export type Rota = Readonly<{ wearers: number; startsAt: number; endsAt: number }>;

/** NIJ's limit for active tracking. */
export const UPLOAD_EVERY_MILLISECONDS = 240_000;
const FIX_EVERY_MILLISECONDS = 60_000;

/** Uploads are spread evenly: wearer n of N is n/N of four minutes behind the first. */
const phaseOf = ({ wearers }: Rota, number: number): number =>
  Math.floor((UPLOAD_EVERY_MILLISECONDS * number) / wearers);

const minutesUpTo = (at: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => at - (count - 1 - i) * FIX_EVERY_MILLISECONDS);

/** The uploads of a steady stretch, in order: four fixes of the last four minutes each. */
export const steadyUploads = (rota: Rota): Upload[] => {
  const uploads: Upload[] = [];
  const rounds = Math.ceil((rota.endsAt - rota.startsAt) / UPLOAD_EVERY_MILLISECONDS);
  for (let round = 0; round < rounds; round += 1) {
    for (let number = 0; number < rota.wearers; number += 1) {
      const dueAt = rota.startsAt + round * UPLOAD_EVERY_MILLISECONDS + phaseOf(rota, number);
      if (dueAt < rota.endsAt) uploads.push({ number, dueAt, fixAts: minutesUpTo(dueAt, 4) });
    }
  }
  return uploads;
};

/** When a wearer's last upload of a steady stretch was due. */
const lastSteadyAt = (rota: Rota, number: number): number => {
  const first = rota.startsAt + phaseOf(rota, number);
  const rounds = Math.ceil((rota.endsAt - first) / UPLOAD_EVERY_MILLISECONDS);
  return first + (rounds - 1) * UPLOAD_EVERY_MILLISECONDS;
};

const BURST_TIMES = 4;

/**
 * Right after the steady stretch everybody uploads once within a minute, four times as fast: each
 * with four fixes, evenly over the time since their last upload. Nobody is due again for three
 * minutes.
 */
export const burstUploads = (steady: Rota): Upload[] =>
  Array.from({ length: steady.wearers }, (_, number) => {
    const dueAt = steady.endsAt + Math.floor(phaseOf(steady, number) / BURST_TIMES);
    const step = (dueAt - lastSteadyAt(steady, number)) / 4;
    return { number, dueAt, fixAts: [3, 2, 1, 0].map((back) => Math.round(dueAt - back * step)) };
  });

/** So long before the warm-up its histories end: nothing of the run is recorded before that. */
const QUIET_MILLISECONDS = 240_000;

/**
 * What each device uploads first: a whole slice of fixes, whose price is that of a day's first, and
 * from one to a slice's length more, all equally often: so slices end evenly spread over the run,
 * and cost what they cost throughout a day.
 */
export const historyUploads = (wearers: number, now: number): Upload[] =>
  Array.from({ length: wearers }, (_, number) => {
    // 7 has no factor in common with a slice's length: neighbours differ, and all lengths come.
    const count = SLICE_INPUTS + 1 + ((number * 7) % SLICE_INPUTS);
    return { number, dueAt: 0, fixAts: minutesUpTo(now - QUIET_MILLISECONDS, count) };
  });

const BACKLOG_FIXES = 720;
const BACKLOG_MILLISECONDS = BACKLOG_FIXES * FIX_EVERY_MILLISECONDS;

/** One fix of before the silence, for devices that will send twelve hours at once. */
export const beforeBacklog = (numbers: readonly number[], now: number): Upload[] =>
  numbers.map((number) => {
    const at = now - QUIET_MILLISECONDS - BACKLOG_MILLISECONDS;
    return { number, dueAt: 0, fixAts: [at] };
  });

/** Twelve hours of a fix a minute, kept by devices that could not send, uploaded when they can. */
export const backlogUploads = (numbers: readonly number[], now: number): Upload[] =>
  numbers.map((number) => ({ number, dueAt: 0, fixAts: minutesUpTo(now, BACKLOG_FIXES) }));
