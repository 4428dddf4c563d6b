import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import type { LearnedVersion } from '#domain/evaluate/position/learn-places.ts';
import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import { timelineFrom } from '#domain/evaluate/timeline.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { askToLearn, type LearnDeps, learn } from '#functions/evaluate/learn.ts';
import { fix } from '#test/support/events.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { at, HOME, superviseWith, WEARER } from '#test/support/supervisions.ts';

const NOW = at('2026-03-09T00:10:00Z');
const SUPERVISION = superviseWith(['curfew']);
const nights = Array.from({ length: 5 * 288 }, (_, i) =>
  fix(instant(NOW - (5 * 288 - i) * 300_000), {
    lat: HOME.lat + Math.sin(i * 2.4) / 11_125,
    lon: HOME.lon + Math.cos(i * 1.7) / 6_945,
  }),
);

type Saved = Readonly<{
  places: readonly LearnedVersion[];
  learnedAt: Instant;
  readVersion: number;
}>;

const learner = (deps: Partial<LearnDeps> = {}) => {
  const saved: Saved[] = [];
  const told = recordedTelemetry();
  const asked: Instant[] = [];
  const all: LearnDeps = {
    now: () => NOW,
    loadTimeline: async () => timelineFrom(SUPERVISION),
    trail: {
      load: async (_, fromAt) => {
        asked.push(fromAt);
        return nights;
      },
    },
    learned: {
      load: async () => null,
      save: async (_, learned) => {
        saved.push(learned);
        return 'saved';
      },
    },
    telemetry: told.telemetry,
    ...deps,
  };
  return { run: () => learn(all, WEARER), saved, asked, ...told };
};

describe('a wearer whose places are to be learned', () => {
  it('has them learned from two weeks, and put on record as the first version', async () => {
    const { run, saved, asked } = learner();
    await run();
    expect(asked).toEqual([instant(NOW - 14 * 86_400_000)]);
    expect(saved).toMatchObject([{ learnedAt: NOW, readVersion: 0 }]);
    expect(saved[0]?.places).toMatchObject([{ at: { lat: HOME.lat, lon: HOME.lon }, nights: 6 }]);
  });

  it('has nothing read where they were learned today', async () => {
    const dated = { version: 3, changedAt: instant(NOW - 3_600_000), inForceAt: NOW };
    const learned = { load: async () => ({ ...dated, value: { places: [] } }), save: never };
    const { run, asked } = learner({ learned });
    await run();
    expect(asked).toEqual([]);
  });

  it('keeps what was known where learning fails, and says so', async () => {
    const trail = { load: () => Promise.reject(new Error('throttled')) };
    const { run, saved, lines } = learner({ trail });
    await run();
    expect(saved).toEqual([]);
    expect(lines).toMatchObject([{ message: 'places not learned', fields: { wearerId: 'w-1' } }]);
  });
});

const never = () => Promise.reject(new Error('not to be called'));

const sliceOf = (fromAt: Instant, toAt: Instant): ClosedSlice => ({
  ...{ startedAt: fromAt, supervisionKey: 'k', ended: [], snapshot: emptyCore(fromAt) },
  inputs: [fix(toAt, HOME)],
});

describe('learning is asked for', () => {
  const asking = async (...closed: ClosedSlice[]) => {
    const sent: unknown[] = [];
    const sendAll = async (messages: readonly unknown[]) => {
      sent.push(...messages);
    };
    await askToLearn({ sendAll }, recordedTelemetry().telemetry)(WEARER, closed);
    return sent;
  };

  it('with the first slice that ends on a day, and with no other', async () => {
    const first = sliceOf(at('2026-03-08T23:40:00Z'), at('2026-03-09T00:10:00Z'));
    const second = sliceOf(at('2026-03-09T00:10:00Z'), at('2026-03-09T00:50:00Z'));
    expect(await asking(first)).toEqual([{ kind: 'learn', ...WEARER, day: '2026-03-09' }]);
    expect(await asking(second)).toEqual([]);
    expect(await asking()).toEqual([]);
  });
});
