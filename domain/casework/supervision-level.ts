import * as z from 'zod';
import { isSafety } from '../escalate/safety.ts';
import type { AlertClass } from '../model/alert-class.ts';
import { levelIdSchema, personIdSchema, policyIdSchema } from '../model/ids.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';

/** How closely somebody is supervised; `reduced-for-care`: less is asked, more is given. */
export const levelNameSchema = z.enum(['standard', 'enhanced', 'intensive', 'reduced-for-care']);
export type LevelName = z.infer<typeof levelNameSchema>;

const dayCount = z.number().int().min(1).max(366);

/** A stretch of time in which somebody is supervised at a level. */
export const supervisionLevelSchema = z
  .object({
    levelId: levelIdSchema,
    level: levelNameSchema,
    from: isoInstantSchema,
    /** When the level returns by itself to what it otherwise is; null: it stays. */
    until: isoInstantSchema.nullable().default(null),
    /** Who decided so, and why. */
    by: personIdSchema,
    reason: z.string().min(1).max(2_000),
    /** How many days may pass between contacts, and between home visits; null: the usual number. */
    contactEveryDays: dayCount.nullable().default(null),
    visitEveryDays: dayCount.nullable().default(null),
    /** By which policy alerts go out that no safety hangs on; null: by the order's. */
    policyId: policyIdSchema.nullable().default(null),
    /** True of a stretch that was put on record by mistake: it counts at no instant. */
    isRevoked: z.boolean().default(false),
  })
  .refine(({ from, until }) => until === null || until > from, {
    path: ['until'],
    message: 'the stretch ends before it starts',
  })
  .refine(({ level, until }) => level !== 'reduced-for-care' || until !== null, {
    path: ['until'],
    message: 'what is reduced for care is so for a time: say until when',
  });
export type SupervisionLevel = z.infer<typeof supervisionLevelSchema>;

type Rhythm = Readonly<{ contactEveryDays: number; visitEveryDays: number | null }>;

/**
 * How often somebody is to be met or spoken to, and visited, unless a stretch says otherwise: after
 * the national standards of England and Wales of 2000, weekly at first, then fortnightly, then each
 * month. Care means more contact and no visit that is owed.
 */
const USUAL: Readonly<Record<LevelName, Rhythm>> = {
  standard: { contactEveryDays: 30, visitEveryDays: null },
  enhanced: { contactEveryDays: 14, visitEveryDays: 60 },
  intensive: { contactEveryDays: 7, visitEveryDays: 30 },
  'reduced-for-care': { contactEveryDays: 7, visitEveryDays: null },
};

/** The level at an instant, and what follows from it. */
export type LevelAt = Rhythm &
  Readonly<{
    level: LevelName;
    /** The stretch that says so; null: none does, and everybody is at the standard level. */
    stretch: SupervisionLevel | null;
  }>;

const holds =
  (at: Instant) =>
  ({ from, until, isRevoked }: SupervisionLevel): boolean =>
    !isRevoked && from <= at && (until === null || at < until);

/** Of two stretches the one that began later counts; of one instant that with the later name. */
const laterOf = (a: SupervisionLevel, b: SupervisionLevel): SupervisionLevel => {
  if (a.from !== b.from) return a.from > b.from ? a : b;
  return a.levelId > b.levelId ? a : b;
};

/**
 * At which level somebody is supervised at an instant. Of several stretches that hold it the one
 * that began last counts, and when it is over what it had taken the place of counts again: nothing
 * has to happen for that.
 */
export const levelAt = (stretches: readonly SupervisionLevel[], at: Instant): LevelAt => {
  const stretch = stretches
    .filter(holds(at))
    .reduce<SupervisionLevel | null>((best, one) => (best ? laterOf(best, one) : one), null);
  const level = stretch?.level ?? 'standard';
  return {
    ...{ level, stretch },
    contactEveryDays: stretch?.contactEveryDays ?? USUAL[level].contactEveryDays,
    visitEveryDays: stretch?.visitEveryDays ?? USUAL[level].visitEveryDays,
  };
};

/** A stretch that has ended by itself, and the level that counts from then on. */
export type LevelReturned = Readonly<{ stretch: SupervisionLevel; to: LevelAt }>;

/** What the end of a stretch comes to; null while it goes on, or where it never counted. */
export const returnOf = (
  stretches: readonly SupervisionLevel[],
  levelId: SupervisionLevel['levelId'],
  now: Instant,
): LevelReturned | null => {
  const stretch = stretches.find((one) => one.levelId === levelId);
  if (stretch === undefined || stretch.isRevoked) return null;
  const { until } = stretch;
  return until === null || until > now ? null : { stretch, to: levelAt(stretches, until) };
};

/** Whom these protect is somebody else, or the wearer themselves: no level changes who is told. */
const UNTOUCHED: readonly AlertClass[] = [
  'victim-proximity',
  'exclusion-zone',
  'non-association',
  'welfare',
  'transfer',
  'casework',
];

/**
 * By which policy an alert goes out that opens at this level; null: by the one that it would go
 * by anyhow. What protects others, and whatever safety hangs on, is never touched by it.
 */
export const policyAtLevel = (
  { stretch }: LevelAt,
  violation: Pick<Violation, 'reason' | 'conditionKind'>,
): SupervisionLevel['policyId'] =>
  isSafety(violation) || UNTOUCHED.includes(violation.conditionKind)
    ? null
    : (stretch?.policyId ?? null);
