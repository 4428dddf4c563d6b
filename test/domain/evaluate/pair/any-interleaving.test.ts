import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#domain/evaluate/changes.ts';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import { meetsOther } from '#local/worlds/generators/non-association.ts';
import {
  approachesProtected,
  livesNotFar,
  losesProtected,
} from '#local/worlds/generators/victim-proximity.ts';
import { superviseMadeDay } from '#test/support/made-supervision.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { tellTicking } from '#test/support/telling.ts';
import { type Upload, uploadsOf } from '#test/support/uploads.ts';

/** So many runs in each suite; HOMEWARD_RUNS asks for more. */
const RUNS = Number(process.env.HOMEWARD_RUNS ?? 4);
const LONGEST_MILLISECONDS = 30_000 + RUNS * 2_000;

const MAKERS = { approachesProtected, meetsOther, livesNotFar, losesProtected };

const shown = ({ mark }: Change): string => [mark.watchId, mark.reason, mark.openedAt].join(' ');

/** What stands of every violation after all that was told. */
const standing = (changes: readonly Change[]): string[] => {
  const known = new Map<string, string>();
  for (const change of changes) {
    const { violationId, endedAt, endReason } = change.mark;
    if (change.kind === 'withdrawn') known.delete(violationId);
    else known.set(violationId, [shown(change), endedAt, endReason].join(' '));
  }
  return [...known.values()].sort();
};

const ofKind = (changes: readonly Change[], kind: Change['kind']): Change[] =>
  changes.filter((change) => change.kind === kind);

/** An agency that would rather wait for either's next upload than take anything back. */
const PATIENT = { 'victim-proximity': { waitSeconds: 300 } };
type Agency = Parameters<typeof superviseMadeDay>[1];

/** All that was heard by the end of a day, folded in one go. */
const wholeDay = (day: MadeDay, uploads: readonly Upload[], agency?: Agency): readonly Change[] => {
  const trail = simulatedTrail(superviseMadeDay(day, agency));
  const all = uploads.flatMap(({ events }) => events);
  trail.tell(all, secondsAfter(day.endsAt, 3_600));
  return trail.changes();
};

/** A day told upload by upload, with a tick at each due instant, by a clock that only goes on. */
const live = (day: MadeDay, uploads: readonly Upload[], agency?: Agency): readonly Change[] => {
  const trail = simulatedTrail(superviseMadeDay(day, agency));
  tellTicking(trail, { uploads, fromAt: day.startsAt, untilAt: secondsAfter(day.endsAt, 3_600) });
  return trail.changes();
};

const takenAs = (uploads: readonly Upload[], take: (upload: Upload, i: number) => number) =>
  uploads
    .map((upload, i) => ({ upload, key: take(upload, i) }))
    .sort((a, b) => a.key - b.key)
    .map(({ upload }) => upload);

const dice = (seed: number, i: number): number =>
  Math.abs(Math.sin((i + 1) * (seed + 1) * 12.9898));

const world = fc.record({
  maker: fc.constantFrom('approachesProtected', 'meetsOther', 'livesNotFar', 'losesProtected'),
  seed: fc.nat(1e6),
  /** At the same instants, as in one request, or each at its own. */
  isTogether: fc.boolean(),
  everySeconds: fc.constantFrom(60, 240),
  repeatPercent: fc.constantFrom(0, 30),
});

describe('given two people whose devices upload every four minutes or oftener', () => {
  it(
    'tells the same, and takes nothing back, whichever upload is taken first',
    () => {
      let found = 0;
      fc.assert(
        fc.property(world, ({ maker, seed, ...sent }) => {
          const day = MAKERS[maker](seed);
          const uploads = uploadsOf(day, { seed, ...sent, lagSeconds: 40 });
          // Those of a quarter of a minute are given to several workers at once.
          const raced = takenAs(uploads, ({ at }, i) => at + dice(seed, i) * 15_000);
          // What is sent together comes within a minute of each other, whoever is asked to wait.
          const agency = sent.isTogether ? {} : PATIENT;
          const told = live(day, raced, agency);
          const whole = wholeDay(day, uploads, agency);
          found += whole.length;
          expect(ofKind(told, 'opened').map(shown).sort()).toEqual(
            ofKind(whole, 'opened').map(shown).sort(),
          );
          expect(ofKind(told, 'withdrawn').map(shown)).toEqual([]);
          expect(standing(told)).toEqual(standing(whole));
        }),
        { numRuns: RUNS },
      );
      expect(found).toBeGreaterThan(RUNS / 3);
    },
    LONGEST_MILLISECONDS,
  );
});

describe('given two people of whom either is heard late, out of order and twice', () => {
  it(
    'stands with the violations of one whole fold',
    () => {
      fc.assert(
        fc.property(world, fc.boolean(), ({ maker, seed, ...sent }, isInOrder) => {
          const day = MAKERS[maker](seed);
          const uploads = uploadsOf(day, { seed, ...sent, everySeconds: 240, lagSeconds: 40 });
          const late = (of: string) => dice(seed, of === 'a-1' ? 1 : 2) * 4e6;
          const shuffled = takenAs(uploads, ({ at, of }, i) =>
            isInOrder ? at + late(of) : dice(seed, i),
          );
          const told = live(day, shuffled);
          expect(standing(told)).toEqual(standing(wholeDay(day, uploads)));
        }),
        { numRuns: Math.ceil(RUNS / 2) },
      );
    },
    LONGEST_MILLISECONDS,
  );
});

/** The uploads of one device that fall into a stretch come at its end, one right after another. */
const caughtUp = (
  uploads: readonly Upload[],
  { of, fromAt, minutes }: Readonly<{ of: string; fromAt: Instant; minutes: number }>,
): Upload[] => {
  const untilAt = secondsAfter(fromAt, minutes * 60);
  let nth = 0;
  return uploads
    .map((upload) => {
      if (upload.of !== of || upload.at < fromAt || upload.at >= untilAt) return upload;
      nth += 1;
      const at = secondsAfter(untilAt, 2 * nth);
      const events = upload.events.map((event) => ({ ...event, receivedAt: at }));
      return { ...upload, at, events };
    })
    .sort((a, b) => a.at - b.at);
};

/** What begins more than so long after what was taken back is another thing, and may be so. */
const SAME_SECONDS = 300;

const isSameAgain = (taken: Change['mark'], mark: Change['mark']): boolean =>
  taken.watchId === mark.watchId &&
  Math.abs(secondsBetween(taken.openedAt, mark.openedAt)) <= SAME_SECONDS;

const silences = fc.record({
  of: fc.constantFrom('a-1', 'a-2'),
  minutes: fc.integer({ min: 6, max: 40 }),
  startMinute: fc.integer({ min: 20, max: 100 }),
});

describe('given one of two people who cannot send for a while, and then sends all of it', () => {
  it(
    'tells nothing again that it takes back, and stands with the violations of one whole fold',
    () => {
      fc.assert(
        fc.property(fc.nat(1e6), silences, (seed, { startMinute, ...silence }) => {
          const day = approachesProtected(seed);
          const fromAt = secondsAfter(day.startsAt, startMinute * 60);
          const sent = { seed, everySeconds: 240, isTogether: false, lagSeconds: 40 };
          const usual = uploadsOf(day, { ...sent, repeatPercent: 10 });
          const uploads = caughtUp(usual, { ...silence, fromAt });
          const told = live(day, uploads);
          expect(standing(told)).toEqual(standing(wholeDay(day, uploads)));
          const gone: Change['mark'][] = [];
          const again = told.filter(({ kind, mark }) => {
            if (kind === 'withdrawn') gone.push(mark);
            return kind === 'opened' && gone.some((taken) => isSameAgain(taken, mark));
          });
          expect(again).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    LONGEST_MILLISECONDS,
  );
});
