import type { Dice } from '../engine/dice.ts';
import { drawChangedPerson, drawPolicy, drawRota, type Office, type PutRequest } from './office.ts';
import { drawConcerns, drawOverrides, drawPauses } from './orders-of-the-day.ts';
import { type Span, within } from './span.ts';

/** Something that the world does to the system, at an instant. */
export type Happening = Readonly<{ at: number }> &
  (
    | Readonly<{ kind: 'violation'; wearerId: string; nth: number } & Found>
    | Readonly<{ kind: 'violation-change'; wearerId: string; nth: number; to: ViolationChange }>
    | Readonly<{ kind: 'status'; wearerId: string; strap: 'open' | 'closed' }>
    | Readonly<{ kind: 'put'; put: PutRequest }>
    /** Texts STOP, to their carrier alone or to us as well, or START. */
    | Readonly<{ kind: 'stop' | 'start'; personId: string; isTexted: boolean }>
    /** A function does nothing but fail for some minutes. */
    | Readonly<{ kind: 'down'; verb: 'escalate' | 'notify'; minutes: number }>
    | Readonly<{ kind: 'deploy' }>
  );
/** What evaluation may find of a device: of safety and not, to be acted on and only to be known. */
const FOUND_REASONS = [
  ...(['strap-open', 'strap-open', 'case-open', 'home-unit-moved', 'device-silent'] as const),
  ...(['device-silent-for-long', 'battery-critical', 'moving-without-position'] as const),
  ...(['reception-blocked', 'impossible-movement', 'no-position'] as const),
] as const;
export type FoundReason = (typeof FOUND_REASONS)[number];
type Found = Readonly<{ reason: FoundReason; isOldNews: boolean }>;
export type ViolationChange = 'amended' | 'ended' | 'withdrawn' | 'became-graver';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const CHANGES: readonly ViolationChange[] = ['amended', 'ended', 'withdrawn', 'became-graver'];

type Numbered = Readonly<{ wearerId: string; nth: number }>;

const drawChanges = (dice: Dice, span: Span, of: Numbered & { at: number }): Happening[] =>
  Array.from({ length: dice.pick([0, 0, 1, 2]) }, (): Happening => {
    // Often right after it, so that the two are worked on at once.
    const most = dice.happens(0.5) ? 20_000 : DAY / 4;
    const later = of.at + dice.below(Math.min(span.stormUntil - of.at, most));
    return { ...of, kind: 'violation-change', at: later, to: dice.pick(CHANGES) };
  });

/**
 * Violations as evaluation writes them, with what becomes of them; often several of a wearer within
 * seconds, as when a strap is cut and the device falls silent.
 */
const drawViolations = (dice: Dice, span: Span, wearerId: string): Happening[] => {
  const first = within(dice, span, 0.6);
  return Array.from({ length: dice.pick([1, 1, 2, 3]) }, (_, nth) => nth).flatMap((nth) => {
    const isTogether = nth === 0 || dice.happens(0.6);
    const at = isTogether
      ? first + nth * dice.below(dice.pick([3_000, 240_000]))
      : within(dice, span, 0.6);
    const found = { reason: dice.pick(FOUND_REASONS), isOldNews: dice.happens(0.15) };
    const violation: Happening = { kind: 'violation', at, wearerId, nth, ...found };
    return [violation, ...drawChanges(dice, span, { wearerId, nth, at })];
  });
};

const drawStatuses = (dice: Dice, span: Span, wearerId: string): Happening[] => {
  const openAt = within(dice, span, 0.5);
  const opened: Happening = { kind: 'status', at: openAt, wearerId, strap: 'open' };
  const closedAt = openAt + dice.between(5, 60) * MINUTE;
  const isClosed = dice.happens(0.5);
  return isClosed ? [opened, { ...opened, at: closedAt, strap: 'closed' }] : [opened];
};

/** Documents that are changed, often by two people at the same moment; some of them are new. */
const drawPuts = (dice: Dice, span: Span, office: Office): Happening[] =>
  Array.from({ length: dice.between(0, 3) }).flatMap((): Happening[] => {
    const at = within(dice, span);
    const personIds = office.tempers.map((one) => one.personId);
    const [rotaId] = office.rotaIds;
    const id = dice.happens(0.3) ? 'another' : (rotaId ?? null);
    const draw = (): PutRequest => {
      if (dice.happens(0.25)) return drawChangedPerson(dice, dice.below(personIds.length) + 1);
      return id !== null && dice.happens(0.5)
        ? drawRota(dice, id, { startAt: span.startAt, personIds })
        : drawPolicy(dice, dice.pick(office.policyIds), { personIds, rotaIds: office.rotaIds });
    };
    const put = draw();
    const rivals = Array.from({ length: dice.below(3) }, draw).filter(
      (rival) => rival.route === put.route,
    );
    return [put, ...rivals].map((one): Happening => ({ kind: 'put', at, put: one }));
  });

/** Two wearers are given the same device under the same id, at the same moment. */
const drawRivals = (dice: Dice, span: Span, { wearerIds }: Office): Happening[] => {
  const at = within(dice, span);
  if (wearerIds.length < 2 || dice.happens(0.7)) return [];
  return wearerIds.slice(0, 2).map((wearerId): Happening => {
    const path = { wearerId, activationId: 'a-shared' };
    const body = {
      headEndId: 'head-end',
      deviceSerial: 'T-shared',
      startsAt: '2025-12-01T00:00:00Z',
    };
    const route = '/v1/wearers/{wearerId}/activations/{activationId}';
    return { kind: 'put', at, put: { route, path, body } };
  });
};

/** Where somebody looks on, a function may be down for longer than anybody should wait. */
const drawOutages = (dice: Dice, span: Span): Happening[] => {
  if (!span.isWatched || dice.happens(0.3)) return [];
  const verb = dice.pick(['escalate', 'notify'] as const);
  return [{ kind: 'down', at: within(dice, span, 0.6), verb, minutes: dice.between(3, 30) }];
};

/** Carriers end all messages at STOP; nearly always they hand it over to us. */
const drawStop = (dice: Dice, span: Span, personId: string): Happening[] => {
  const at = within(dice, span);
  const stopped: Happening = { kind: 'stop', at, personId, isTexted: dice.happens(0.8) };
  const startedAt = at + dice.below(4 * 60 * MINUTE);
  const isStarted = dice.happens(0.4) && startedAt < span.stormUntil;
  return isStarted ? [stopped, { ...stopped, kind: 'start', at: startedAt }] : [stopped];
};

export const drawHappenings = (dice: Dice, span: Span, office: Office): Happening[] => {
  const days = (span.stormUntil - span.startAt) / DAY;
  const deploys = Math.round(span.deploysADay * days);
  const stops = office.tempers.filter(() => dice.happens(0.1));
  const all = [
    ...office.wearerIds.flatMap((wearerId) =>
      office.liveIds.includes(wearerId)
        ? drawStatuses(dice, span, wearerId)
        : drawViolations(dice, span, wearerId),
    ),
    ...drawPuts(dice, span, office),
    ...drawOverrides(dice.named('overrides'), span, office),
    ...drawRivals(dice.named('rivals'), span, office),
    ...drawOutages(dice.named('outages'), span),
    ...drawPauses(dice.named('pauses'), span, office),
    ...drawConcerns(dice.named('concerns'), span, office),
    ...stops.flatMap(({ personId }) => drawStop(dice.named(personId), span, personId)),
    ...Array.from(
      { length: deploys },
      (): Happening => ({ kind: 'deploy', at: within(dice, span) }),
    ),
  ];
  return all.sort((a, b) => a.at - b.at);
};
