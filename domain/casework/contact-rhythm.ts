import { DAY_SECONDS, type Instant, instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Visit } from '../model/visit.ts';
import { type CaseNote, isContact } from './case-note.ts';
import { type LevelAt, levelAt, type SupervisionLevel } from './supervision-level.ts';

/** What a level asks for again and again: to meet or speak to somebody, and to visit them. */
export const RHYTHMS = [
  { kind: 'contact-due', about: 'contact', daysOf: (at: LevelAt) => at.contactEveryDays },
  { kind: 'visit-due', about: 'home-visit', daysOf: (at: LevelAt) => at.visitEveryDays },
] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** That somebody was met or spoken to, or not: a note of the case, or what came of a visit. */
export type Happened = Pick<CaseNote, 'kind' | 'happenedAt'>;

/** A home visit that met the wearer counts as a note of one does; any other leaves it owed. */
export const metOnVisit = ({ outcome }: Pick<Visit, 'outcome'>): Happened[] =>
  outcome?.result === 'present' ? [{ kind: 'home-visit', happenedAt: outcome.visitedAt }] : [];

const counts = ({ kind }: Rhythm, note: Happened): boolean =>
  kind === 'visit-due' ? note.kind === 'home-visit' : isContact(note);

const lastOf = (rhythm: Rhythm, notes: readonly Happened[]): Instant | null =>
  notes
    .filter((note) => counts(rhythm, note))
    .reduce<Instant | null>(
      (last, { happenedAt }) => (last === null ? happenedAt : laterOf(last, happenedAt)),
      null,
    );

type Known = Readonly<{
  notes: readonly Happened[];
  stretches: readonly SupervisionLevel[];
  now: Instant;
}>;

/**
 * By when somebody is to be met, or visited, next: so many days after the last time, and after the
 * beginning of the stretch that asks for it, whichever is later. Null: the level asks for none.
 */
export const rhythmDueAt = (rhythm: Rhythm, { notes, stretches, now }: Known): Instant | null => {
  const level = levelAt(stretches, now);
  const days = rhythm.daysOf(level);
  if (days === null) return null;
  const last = lastOf(rhythm, notes);
  const asked = level.stretch?.from ?? null;
  const from = last === null || asked === null ? (last ?? asked ?? now) : laterOf(last, asked);
  return secondsAfter(from, days * DAY_SECONDS);
};

/**
 * The same where a level has returned, from what was due under the one before: earlier or later by
 * so many days as the two differ. Null: nothing is due any more.
 */
export const dueAfterReturn = (
  rhythm: Rhythm,
  wasDueAt: Instant | null,
  { before, after, at }: Readonly<{ before: LevelAt; after: LevelAt; at: Instant }>,
): Instant | null => {
  const [was, is] = [rhythm.daysOf(before), rhythm.daysOf(after)];
  if (is === null) return null;
  if (was === null || wasDueAt === null) return secondsAfter(at, is * DAY_SECONDS);
  return secondsAfter(wasDueAt, (is - was) * DAY_SECONDS);
};

/** The level that counted just before an instant. */
export const levelBefore = (stretches: readonly SupervisionLevel[], at: Instant): LevelAt =>
  levelAt(stretches, instant(at - 1));
