import { createHash } from 'node:crypto';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, instant, laterOf, secondsAfter } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { AskedReport, ReportPeriod } from '#domain/report/asked-report.ts';
import type { TrailCounter, TrailDigest } from '#domain/report/trail-digest.ts';
import { type Sketch, sketchTrail } from '#domain/report/trail-sketch.ts';
import { watchOf } from '#domain/report/watch-then.ts';
import type { InputHash } from '#domain/report/wearer-facts.ts';
import type { ReadTrailDays } from '../adapters/trail-days.ts';

/** So much of the trail is drawn before a violation began, and after it ended. */
const AROUND_SECONDS = 1_800;
/** Of one that had begun before the period, or was withdrawn open, so much is drawn. */
const BEGINNING_SECONDS = 7_200;

type Timelines = Parameters<typeof watchOf>[0];

/** The stretch of the trail that is drawn of a violation. */
export const windowOf = (
  { openedAt, endedAt, status }: Pick<Violation, 'openedAt' | 'endedAt' | 'status'>,
  { fromAt, untilAt }: ReportPeriod,
): ReportPeriod => {
  const from = instant(Math.max(0, openedAt - 1000 * AROUND_SECONDS));
  const end = laterOf(openedAt, endedAt ?? untilAt);
  const isBeginning = openedAt < fromAt || (status === 'withdrawn' && endedAt === null);
  const last = isBeginning ? earlierOf(end, secondsAfter(openedAt, BEGINNING_SECONDS)) : end;
  return { fromAt: from, untilAt: secondsAfter(earlierOf(last, untilAt), AROUND_SECONDS) };
};

const stretchesIn = (windows: readonly ReportPeriod[], period: ReportPeriod): ReportPeriod[] => {
  const all = [period, ...windows].toSorted((a, b) => a.fromAt - b.fromAt);
  const joined: ReportPeriod[] = [];
  for (const one of all) {
    const last = joined.at(-1);
    if (last === undefined || one.fromAt > last.untilAt) joined.push(one);
    else joined[joined.length - 1] = { ...last, untilAt: laterOf(last.untilAt, one.untilAt) };
  }
  return joined;
};

const sketchOf = (timelines: Timelines, violation: Violation, window: ReportPeriod) =>
  sketchTrail({
    window,
    question: watchOf(timelines, violation)?.question ?? null,
    wantedAt: new Set(violation.evidence.map(({ recordedAt }) => recordedAt)),
  });

export type Asking = Readonly<{
  asked: AskedReport;
  wearer: WearerRef;
  violations: readonly Violation[];
  timelines: Timelines;
  counter: TrailCounter;
}>;

export type GatheredTrail = Readonly<{
  trail: TrailDigest;
  /** One a violation, in their order. */
  sketches: readonly Sketch[];
  setAside: number;
  input: InputHash;
}>;

/** Hashes events as they are read, so that whoever reads the same finds the same. */
const hashEvents = () => {
  const sha256 = createHash('sha256');
  let count = 0;
  return {
    add: (event: DeviceEvent): void => {
      sha256.update(`${canonical(event)}\n`);
      count += 1;
    },
    end: (): InputHash => ({
      ...{ what: 'events of the trail in the period', count },
      sha256: sha256.digest('hex'),
    }),
  };
};

/**
 * Reads the trail of a period once, day by day, and makes of it all that a report needs: what was
 * received after the report was asked for is no part of it.
 */
export const gatherTrail =
  (readDays: ReadTrailDays) =>
  async ({ asked, wearer, violations, timelines, counter }: Asking): Promise<GatheredTrail> => {
    const { period, askedAt } = asked;
    const sketched = violations.map((violation) => {
      const window = windowOf(violation, period);
      return { window, sketch: sketchOf(timelines, violation, window) };
    });
    const byStart = sketched.toSorted((a, b) => a.window.fromAt - b.window.fromAt);
    const hashed = hashEvents();
    let [setAside, begun] = [0, 0];
    let current: typeof sketched = [];
    const isIn = (at: Instant): boolean => at >= period.fromAt && at < period.untilAt;
    const add = (event: DeviceEvent): void => {
      const at = event.recordedAt;
      for (let next = byStart[begun]; next !== undefined && next.window.fromAt <= at; ) {
        current.push(next);
        begun += 1;
        next = byStart[begun];
      }
      if (current.some(({ window }) => window.untilAt <= at)) {
        current = current.filter(({ window }) => window.untilAt > at);
      }
      for (const { sketch } of current) sketch.add(event);
      counter.add(event);
      if (isIn(at)) hashed.add(event);
    };
    const windows = sketched.map(({ window }) => window);
    for (const { fromAt, untilAt } of stretchesIn(windows, period)) {
      const toAt = instant(Math.max(fromAt, untilAt - 1));
      for await (const day of readDays(wearer, { fromAt, toAt })) {
        for (const event of day.events) if (event.receivedAt <= askedAt) add(event);
        setAside += day.setAside.filter(
          ({ recordedAt, receivedAt }) => isIn(recordedAt) && receivedAt <= askedAt,
        ).length;
      }
    }
    return {
      ...{ trail: counter.end(), setAside, input: hashed.end() },
      sketches: sketched.map(({ sketch }) => sketch.end()),
    };
  };
