import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import { emptyCore, type Mark } from '#domain/evaluate/core.ts';
import { applyInput, type Folded } from '#domain/evaluate/fold.ts';
import { learnPlace, type PlaceTrail } from '#domain/evaluate/position/learn-places.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { agencyIdSchema, wearerIdSchema, zoneIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { type Alert, minuteOf } from './seen-fix.ts';
import { ACTIVATION, STARTS_AT } from './world/observe.ts';
import type { WearerDays } from './world/wearer.ts';

/** The same zone, watched side by side: the curve over certainty, and three areas of "inside". */
const DIALS = [
  ...[0.5, 0.8, 0.9, 0.95, 0.98].map((certainty) => ({
    certainty,
    insideAreaSquareMetres: 1e5,
  })),
  { certainty: 0.95, insideAreaSquareMetres: 2.5e4 },
  { certainty: 0.98, insideAreaSquareMetres: 2.5e4 },
  { certainty: 0.95, insideAreaSquareMetres: 4e5 },
];
export type Dial = (typeof DIALS)[number];

/** What an order gets that says nothing of either. */
export const isUsual = ({ certainty, insideAreaSquareMetres }: Dial): boolean =>
  certainty === 0.95 && insideAreaSquareMetres === 1e5;

/** Which of a fix's flags the rule is given. */
export const SIGNALS = ['positions', 'with motion', 'with motion and home unit'] as const;
export type Signals = (typeof SIGNALS)[number];

const given = (fix: Fix, signals: Signals): Fix => {
  const motion = signals === 'positions' ? 'unknown' : fix.motion;
  const homeUnit = signals === 'with motion and home unit' ? fix.homeUnit : 'unknown';
  return { ...fix, motion, homeUnit };
};

const idOf = (dial: Dial): string => `${dial.certainty}-${dial.insideAreaSquareMetres}`;

const DAY_MINUTES = 1_440;
const NIGHT = { fromMinute: 22 * 60, minutes: 8 * 60 } as const;

/** The nights of some days, and all of their fixes. */
const trailOf = (history: readonly Fix[]): PlaceTrail => {
  const nights = new Map<number, Fix[]>();
  for (const fix of history) {
    const minute = minuteOf(fix) - NIGHT.fromMinute;
    const night = Math.floor(minute / DAY_MINUTES);
    if (minute - night * DAY_MINUTES >= NIGHT.minutes) continue;
    nights.set(night, [...(nights.get(night) ?? []), fix]);
  }
  return { nights: [...nights.values()], days: history };
};

const orderOf = (place: WearerDays['place'], dials: readonly Dial[]) =>
  orderSchema.parse({
    ...{ orderId: 'order', type: 'community', legalBasis: 'bench', timeZone: 'UTC' },
    ...{ responsibleOfficer: 'officer', policyId: 'policy', deviceCare: null },
    startsAt: '2026-01-01T00:00:00Z',
    conditions: dials.map((dial) => ({
      ...{ conditionId: idOf(dial), kind: 'exclusion-zone', zoneId: 'zone', ...dial },
      place: { label: 'home', ...place },
    })),
  });

/** A wearer, and what the days before taught of the home. */
export type Learned = Readonly<{ wearer: WearerDays; learned: ReturnType<typeof learnPlace> }>;

export const learnHome = (wearer: WearerDays): Learned => ({
  wearer,
  learned: learnPlace(wearer.place, trailOf(wearer.history)),
});

/** A wearer's order as evaluation sees it, with what the days before taught of the home. */
const superviseAt = ({ wearer, learned }: Learned, dials: readonly Dial[]): Supervision => {
  const { zone, place } = wearer;
  const zoneId = zoneIdSchema.parse('zone');
  const wearerId = wearerIdSchema.parse('wearer');
  const kind = 'exclusion' as const;
  return compileSupervision({
    wearer: { agencyId: agencyIdSchema.parse('bench'), wearerId },
    orders: [{ version: 1, value: orderOf(place, dials) }],
    zones: new Map([[zoneId, { version: 1, value: { zoneId, name: 'zone', kind, zone } }]]),
    timetables: new Map(),
    activations: [
      activationSchema.parse({
        ...{ activationId: ACTIVATION, wearerId, headEndId: 'bench', deviceSerial: 'tag' },
        ...{ startsAt: instant(Date.UTC(2026, 0, 1)), endsAt: null },
      }),
    ],
    learnedPlaces:
      learned === null
        ? []
        : [{ at: place, fromDay: '2026-03-02', nights: learned.nights, place: learned }],
  });
};

/** What the rule made of a wearer's days at one dial. */
export type Outcome = Readonly<{
  dial: Dial;
  alerts: readonly Alert[];
  /** What it said of each, when it opened. */
  certainties: readonly number[];
  /** Of ways that led through between two fixes: a milder alert of its own. */
  passes: readonly Alert[];
}>;

export type OurRun = Readonly<{
  outcomes: readonly Outcome[];
  fixes: number;
  /** Fixes in the safe region of a wearer who is watched at the usual dial only. */
  skipped: number;
  /** Minutes of the fixes after which the usual watch said that it could not tell. */
  undetermined: ReadonlySet<number>;
  /** Times that the officer was told that the usual watch had long been unable to tell. */
  prompts: number;
}>;

const toMinute = (at: number): number => (at - STARTS_AT) / 60_000;

const alertOf = ({ foundAt, endedAt }: Mark, last: number): Alert => ({
  fromMinute: toMinute(foundAt),
  toMinute: endedAt === null ? last : toMinute(endedAt),
});

const outcomeOf = (dial: Dial, marks: readonly Mark[], last: number): Outcome => {
  const own = marks.filter(({ watchId }) => watchId === idOf(dial));
  const stays = own.filter(({ reason }) => reason !== 'passed-through');
  return {
    dial,
    alerts: stays.map((mark) => alertOf(mark, last)),
    certainties: stays.map(({ certainty }) => certainty ?? 1),
    passes: own.filter((mark) => !stays.includes(mark)).map((mark) => alertOf(mark, last)),
  };
};

const begun = (): Folded => ({ core: emptyCore(instant(0)), anchors: {}, wasSafe: false });

const foldAll = (
  supervision: Supervision,
  fixes: readonly Fix[],
  look: (folded: Folded, fix: Fix) => void = () => {},
): Folded => {
  let folded = begun();
  for (const fix of fixes) {
    folded = applyInput(folded, supervision, fix);
    look(folded, fix);
  }
  return folded;
};

const verdictOf = ({ core }: Folded): string | undefined => Object.values(core.watches)[0]?.verdict;

/** Folds a wearer's days with the evaluation that runs in production. */
export const runOurs = (home: Learned, signals: Signals): OurRun => {
  const { wearer } = home;
  const undetermined = new Set<number>();
  let skipped = 0;
  const fixes = wearer.fixes.map((fix) => given(fix, signals));
  const usual = foldAll(superviseAt(home, DIALS.filter(isUsual)), fixes, (folded, fix) => {
    if (folded.wasSafe) skipped += 1;
    if (verdictOf(folded) === 'undetermined') undetermined.add(minuteOf(fix));
  });
  const { core } = foldAll(superviseAt(home, DIALS), fixes);
  const lastFix = wearer.fixes.at(-1);
  const last = lastFix === undefined ? 0 : minuteOf(lastFix);
  return {
    outcomes: DIALS.map((dial) => outcomeOf(dial, core.marks, last)),
    fixes: wearer.fixes.length,
    skipped,
    undetermined,
    prompts: usual.core.marks.filter(({ reason }) => reason === 'whereabouts-unclear').length,
  };
};
