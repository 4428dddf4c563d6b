import { type Position, position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { between } from '../chance.ts';
import { offsetBy } from '../track/place-trace.ts';
import type { OrderBody, PermissionBody, TimetableBody } from '../world.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong, homeUnitChecks, type Spot, type Way } from './movement.ts';

const HOME: Position = position(51.5, -0.1);
/** So far from home lies where the wearer goes: a walk of eight minutes. */
const AWAY: Spot = { east: 620, north: 100 };
/** Another address, of the wearer's mother. */
const MOTHERS: Spot = { east: -700, north: 250 };
const WALK_SECONDS = 480;

/** Evenings of a curfew from 19:00 to 22:00, London time, in summer. */
export const CURFEW_STARTS_AT = instant(Date.parse('2026-06-01T18:00:00Z'));
export const CURFEW_ENDS_AT = secondsAfter(CURFEW_STARTS_AT, 3 * 3600);
const STARTS_AT = secondsAfter(CURFEW_STARTS_AT, -2 * 3600);
const ENDS_AT = secondsAfter(CURFEW_ENDS_AT, 3600);
export const GRACE_SECONDS = 300;
const FIXES_EVERY_SECONDS = 120;
const MONDAYS = { timeZone: 'Europe/London', days: ['mon' as const] };

type CurfewBody = Extract<OrderBody['conditions'][number], { kind: 'curfew' }>;

/** The wearer is out of the house from one instant to another. */
export type Out = Readonly<{ from: Instant; until: Instant; spot?: Spot }>;

const wayOf = (outs: readonly Out[]): Way => {
  const home = { east: 0, north: 0 };
  const trips = outs.flatMap(({ from, until, spot = AWAY }) => [
    { at: from, spot: home },
    { at: secondsAfter(from, WALK_SECONDS), spot },
    { at: secondsAfter(until, -WALK_SECONDS), spot },
    { at: until, spot: home },
  ]);
  return [{ at: STARTS_AT, spot: home }, ...trips];
};

export type Evening = Readonly<{
  seed: number;
  outs: readonly Out[];
  truth: MadeDay['truth'];
  permissions?: readonly PermissionBody[];
  condition?: Partial<CurfewBody>;
  timetables?: readonly TimetableBody[];
  /** Where evidence comes from: fixes, or the home unit's checks alone. */
  evidence?: 'fixes' | 'checks';
  seen?: (event: MadeEvent) => boolean;
}>;

const isHomeAt =
  (outs: readonly Out[]) =>
  (at: Instant): boolean =>
    !outs.some(({ from, until }) => at > from && at < until);

/** An evening of a curfew: where the wearer truly was, and what was seen of it. */
export const evening = (made: Evening): MadeDay => {
  const { seed, outs, truth, permissions = [], timetables = [], evidence = 'fixes', seen } = made;
  const stretch = { from: STARTS_AT, until: ENDS_AT };
  const events =
    evidence === 'checks'
      ? homeUnitChecks({ ...stretch, everySeconds: 120, isHome: isHomeAt(outs) })
      : fixesAlong({
          ...{ ...stretch, seed, origin: HOME, way: wayOf(outs) },
          ...{ everySeconds: FIXES_EVERY_SECONDS, accuracyMetres: between(4, 12, seed, 1) },
        });
  return {
    ...{ rule: 'curfew-absence', startsAt: STARTS_AT, endsAt: ENDS_AT, truth, permissions },
    timetables: [
      {
        ...{ timetableId: 'evening', name: 'evening', timeZone: MONDAYS.timeZone },
        windows: [{ days: MONDAYS.days, start: '19:00', end: '22:00' }],
      },
      ...timetables,
    ],
    order: {
      conditions: [
        {
          ...{ conditionId: 'curfew', kind: 'curfew', timetableId: 'evening' },
          place: { label: 'home', ...HOME },
          ...made.condition,
        },
      ],
    },
    events: seen === undefined ? events : events.filter(seen),
  };
};

const minutes = (count: number): number => count * 60;
const afterStart = (seconds: number): Instant => secondsAfter(CURFEW_STARTS_AT, seconds);

/** Somebody who leaves is known to be away once they are some way off: within so long. */
const NOTICED_SECONDS = 600;

const told = (reason: ViolationReason, outSince: Instant): MadeDay['truth'][number] => ({
  ...{ conditionId: 'curfew', reasons: [reason], beganAt: secondsAfter(outSince, GRACE_SECONDS) },
  withinSeconds: NOTICED_SECONDS,
});

const wentOutBefore = (seed: number): Instant => afterStart(-minutes(between(30, 90, seed, 10)));

/** Out when the curfew starts, and home 15 minutes to an hour and a half later. */
export const returnsLate = (seed: number): MadeDay => {
  const until = afterStart(minutes(between(15, 90, seed, 11)));
  const outs = [{ from: wentOutBefore(seed), until }];
  return evening({ seed, outs, truth: [told('returned-late', CURFEW_STARTS_AT)] });
};

/** Home at first, away for half an hour or more, and home again before the end. */
export const leavesAndReturns = (seed: number): MadeDay => {
  const from = afterStart(minutes(between(20, 60, seed, 10)));
  const outs = [{ from, until: secondsAfter(from, minutes(between(30, 70, seed, 11))) }];
  return evening({ seed, outs, truth: [told('left-during', from)] });
};

/** Home at first, and still away when the curfew ends. */
export const isOutAtEnd = (seed: number): MadeDay => {
  const from = afterStart(minutes(between(30, 120, seed, 10)));
  const outs = [{ from, until: secondsAfter(CURFEW_ENDS_AT, minutes(between(10, 50, seed, 11))) }];
  return evening({ seed, outs, truth: [told('out-at-end', from)] });
};

/** Away from before the curfew starts until after it ends. */
export const isOutAllCurfew = (seed: number, evidence?: Evening['evidence']): MadeDay => {
  const until = secondsAfter(CURFEW_ENDS_AT, minutes(between(10, 50, seed, 11)));
  const outs = [{ from: wentOutBefore(seed), until }];
  const truth = [told('out-all-curfew', CURFEW_STARTS_AT)];
  return evening({ seed, outs, truth, ...(evidence === undefined ? {} : { evidence }) });
};

/** The same, with an hour in which nothing was seen: nobody can say that it was the whole of it. */
export const isOutOfSightAWhile = (seed: number): MadeDay => {
  const gapFrom = afterStart(minutes(between(20, 60, seed, 12)));
  const gapUntil = secondsAfter(gapFrom, 3_600);
  const seen = ({ recordedAt }: MadeEvent): boolean => {
    const at = Date.parse(recordedAt);
    return at < gapFrom || at > gapUntil;
  };
  const until = secondsAfter(CURFEW_ENDS_AT, minutes(between(10, 50, seed, 11)));
  const outs = [{ from: wentOutBefore(seed), until }];
  return evening({ seed, outs, seen, truth: [told('out-at-start', CURFEW_STARTS_AT)] });
};

/** The home unit alone speaks: out when the curfew starts, home later. */
export const returnsLateByChecks = (seed: number): MadeDay => {
  const until = afterStart(minutes(between(15, 90, seed, 11)));
  const truth = [told('returned-late', CURFEW_STARTS_AT)];
  return evening({ seed, outs: [{ from: wentOutBefore(seed), until }], truth, evidence: 'checks' });
};

/** Home just in time, and out again just after the end: nothing to tell. */
export const keepsCurfew = (seed: number): MadeDay => {
  const outs = [
    { from: wentOutBefore(seed), until: afterStart(-minutes(between(1, 20, seed, 11))) },
    { from: secondsAfter(CURFEW_ENDS_AT, 60), until: secondsAfter(CURFEW_ENDS_AT, 2_400) },
  ];
  return evening({ seed, outs, truth: [] });
};

/** Back within two minutes of the start, which the grace covers. */
export const isBackWithinGrace = (seed: number): MadeDay => {
  const until = afterStart(between(0, 120, seed, 11));
  return evening({ seed, outs: [{ from: wentOutBefore(seed), until }], truth: [] });
};

/** Nothing is heard of them from before the curfew on: neither home nor guilt. */
export const isNeverSeen = (seed: number): MadeDay => {
  const lastAt = afterStart(-minutes(between(13, 60, seed, 12)));
  const seen = ({ recordedAt }: MadeEvent) => Date.parse(recordedAt) < lastAt;
  const outs = [{ from: wentOutBefore(seed), until: secondsAfter(CURFEW_ENDS_AT, 1_800) }];
  return evening({ seed, outs, seen, truth: [] });
};

const permission = (from: Instant, until: Instant): PermissionBody => ({
  ...{ permissionId: 'p-1', reason: 'medical', grantedBy: 'officer' },
  ...{ from: toIso(from), until: toIso(until) },
});

/** At the hospital, with a permission that covers all of it. */
export const isPermitted = (seed: number): MadeDay => {
  const from = afterStart(minutes(between(20, 60, seed, 10)));
  const until = secondsAfter(from, minutes(between(30, 70, seed, 11)));
  const permissions = [permission(secondsAfter(from, -300), secondsAfter(until, 300))];
  return evening({ seed, outs: [{ from, until }], permissions, truth: [] });
};

/** A permission for the start of the curfew, and home half an hour after it ended. */
export const overstaysLeave = (seed: number): MadeDay => {
  const leaveUntil = afterStart(minutes(between(20, 80, seed, 12)));
  const until = secondsAfter(leaveUntil, minutes(between(15, 60, seed, 11)));
  const permissions = [permission(wentOutBefore(seed), leaveUntil)];
  const outs = [{ from: wentOutBefore(seed), until }];
  return evening({ seed, outs, permissions, truth: [told('returned-late', leaveUntil)] });
};

const mothers = {
  label: "mother's",
  ...offsetBy(HOME, MOTHERS.east, MOTHERS.north),
};

/** Goes from one address to the other and back, at each of which they may be. */
export const isAtEither = (seed: number): MadeDay => {
  const outs = [{ from: wentOutBefore(seed), until: ENDS_AT, spot: MOTHERS }];
  return evening({ seed, outs, condition: { otherPlaces: [mothers] }, truth: [] });
};

const UNTIL_EIGHT: TimetableBody = {
  ...{ timetableId: 'until-eight', name: 'until eight', timeZone: 'Europe/London' },
  windows: [{ days: ['mon'], start: '18:00', end: '20:00' }],
};
const timedMothers = { otherPlaces: [{ ...mothers, timetableId: 'until-eight' }] };
const EIGHT = afterStart(minutes(60));

/** At the mother's while that counts, and home before it ends. */
export const isAtMothersInTime = (seed: number): MadeDay => {
  const until = secondsAfter(EIGHT, -minutes(between(1, 15, seed, 11)));
  const outs = [{ from: wentOutBefore(seed), until, spot: MOTHERS }];
  const condition = { ...timedMothers, graceSeconds: 1_200 };
  return evening({ seed, outs, condition, timetables: [UNTIL_EIGHT], truth: [] });
};

/** At the mother's for longer than that counts. */
export const staysAtMothers = (seed: number): MadeDay => {
  const until = secondsAfter(EIGHT, minutes(between(30, 90, seed, 11)));
  const outs = [{ from: wentOutBefore(seed), until, spot: MOTHERS }];
  const truth = [told('left-during', EIGHT)];
  return evening({ seed, outs, condition: timedMothers, timetables: [UNTIL_EIGHT], truth });
};
