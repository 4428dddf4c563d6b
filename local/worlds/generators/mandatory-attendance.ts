import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { between } from '../chance.ts';
import type { OrderBody, PermissionBody } from '../world.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

/** The probation office. Home lies 900 m east of it. */
const OFFICE = position(51.5, -0.1);
const HOME = { east: 900, north: 0 };
const AT_OFFICE = { east: 0, north: 0 };
const WALK_SECONDS = 700;
const STARTS_AT = instant(Date.parse('2026-06-01T08:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 8 * 3600);
/** Two appointments of an hour, at 9:00 and at 13:00 UTC. */
const FIRST_AT = secondsAfter(STARTS_AT, 3600);
const SECOND_AT = secondsAfter(STARTS_AT, 5 * 3600);
const HOUR = 3600;

type Condition = Extract<OrderBody['conditions'][number], { kind: 'mandatory-attendance' }>;
type Visit = Readonly<{ from: Instant; until: Instant }>;
type Asked = Readonly<{
  seed: number;
  visits: readonly Visit[];
  truth: MadeDay['truth'];
  permissions?: readonly PermissionBody[];
  seen?: (event: MadeEvent) => boolean;
  leastStaySeconds?: number;
}>;

const wayOf = (visits: readonly Visit[]): Way => [
  { at: STARTS_AT, spot: HOME },
  ...visits.flatMap(({ from, until }) => [
    { at: secondsAfter(from, -WALK_SECONDS), spot: HOME },
    { at: from, spot: AT_OFFICE },
    { at: until, spot: AT_OFFICE },
    { at: secondsAfter(until, WALK_SECONDS), spot: HOME },
  ]),
];

const officeDay = (asked: Asked): MadeDay => {
  const { seed, visits, truth, permissions = [], seen, leastStaySeconds = 300 } = asked;
  const condition: Condition = {
    ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
    leastStaySeconds,
    place: { label: 'probation office', ...OFFICE },
    appointments: [FIRST_AT, SECOND_AT].map((at) => ({
      ...{ from: toIso(at), until: toIso(secondsAfter(at, HOUR)) },
    })),
  };
  const events = fixesAlong({
    ...{ seed, origin: OFFICE, way: wayOf(visits), from: STARTS_AT, until: ENDS_AT },
    ...{ everySeconds: 120, accuracyMetres: between(4, 12, seed, 1) },
  });
  return {
    ...{ rule: 'mandatory-attendance', startsAt: STARTS_AT, endsAt: ENDS_AT, truth, permissions },
    order: { conditions: [condition] },
    events: seen === undefined ? events : events.filter(seen),
  };
};

const visit = (seed: number, at: Instant): Visit => ({
  from: secondsAfter(at, -between(60, 600, seed, at, 1)),
  until: secondsAfter(at, between(1200, 2400, seed, at, 2)),
});

const told = (reason: ViolationReason, at: Instant): MadeDay['truth'][number] => ({
  ...{ conditionId: 'office', reasons: [reason], withinSeconds: 600, beganAt: at },
});

export const keepsBoth = (seed: number): MadeDay =>
  officeDay({ seed, visits: [visit(seed, FIRST_AT), visit(seed, SECOND_AT)], truth: [] });

/** Comes 15 to 35 minutes late to the second. */
export const comesLate = (seed: number): MadeDay => {
  const from = secondsAfter(SECOND_AT, between(900, 2100, seed, 3));
  const late = { from, until: secondsAfter(from, 1200) };
  const truth = [told('late-for-appointment', secondsAfter(from, -120))];
  return officeDay({ seed, visits: [visit(seed, FIRST_AT), late], truth });
};

/** Misses the first, and keeps the second. */
export const missesOne = (seed: number): MadeDay => {
  const truth = [told('missed-appointment', secondsAfter(FIRST_AT, HOUR))];
  return officeDay({ seed, visits: [visit(seed, SECOND_AT)], truth });
};

/** Misses both. */
export const missesBoth = (seed: number): MadeDay => {
  const truth = [
    told('missed-appointment', secondsAfter(FIRST_AT, HOUR)),
    told('missed-appointment-again', secondsAfter(SECOND_AT, HOUR)),
  ];
  return officeDay({ seed, visits: [], truth });
};

/** Misses both; the first was permitted, so that the second is the first to count. */
export const missesOneExcused = (seed: number): MadeDay => {
  const permission: PermissionBody = {
    ...{ permissionId: 'p-1', reason: 'work', grantedBy: 'officer', conditionIds: ['office'] },
    ...{ from: toIso(secondsAfter(FIRST_AT, -600)), until: toIso(secondsAfter(FIRST_AT, HOUR)) },
  };
  const truth = [told('missed-appointment', secondsAfter(SECOND_AT, HOUR))];
  return officeDay({ seed, visits: [], permissions: [permission], truth });
};

/** Is there at the wrong end of the tolerance, by a minute or more: in time. */
export const comesJustInTime = (seed: number): MadeDay => {
  const visits = [FIRST_AT, SECOND_AT].map((at) => {
    const from = secondsAfter(at, between(0, 120, seed, at, 1));
    return { from, until: secondsAfter(from, 1500) };
  });
  return officeDay({ seed, visits, truth: [] });
};

/** Leaves again after eight minutes, of at least twenty. */
export const leavesEarly = (seed: number): MadeDay => {
  const from = secondsAfter(SECOND_AT, between(60, 240, seed, 3));
  const brief = { from, until: secondsAfter(from, 480) };
  const truth = [told('left-appointment-early', secondsAfter(SECOND_AT, HOUR))];
  const visits = [{ from: FIRST_AT, until: secondsAfter(FIRST_AT, 2400) }, brief];
  return officeDay({ seed, visits, truth, leastStaySeconds: 1200 });
};

/** Nothing was heard for half of each appointment: nobody can say that they were missed. */
export const isUnseen = (seed: number): MadeDay => {
  const seen = ({ recordedAt }: MadeEvent): boolean => {
    const at = Date.parse(recordedAt);
    return ![FIRST_AT, SECOND_AT].some((from) => at > from + 600_000 && at < from + 2_700_000);
  };
  return officeDay({ seed, visits: [], truth: [], seen });
};
