import type { Dice } from '../engine/dice.ts';
import { drawPolicy, drawRota, type Office, type PutRequest } from './office.ts';

/** Something that the world does to the system, at an instant. */
export type Happening = Readonly<{ at: number }> &
  (
    | Readonly<{ kind: 'violation'; wearerId: string; nth: number; isOldNews: boolean }>
    | Readonly<{ kind: 'violation-change'; wearerId: string; nth: number; to: ViolationChange }>
    | Readonly<{ kind: 'status'; wearerId: string; strap: 'open' | 'closed' }>
    | Readonly<{ kind: 'put'; put: PutRequest }>
    | Readonly<{ kind: 'stop'; personId: string }>
    | Readonly<{ kind: 'deploy' }>
  );
export type ViolationChange = 'amended' | 'ended' | 'withdrawn' | 'became-graver';

export type Span = Readonly<{ startAt: number; stormUntil: number; deploysADay: number }>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const CHANGES: readonly ViolationChange[] = ['amended', 'ended', 'withdrawn', 'became-graver'];

const within = (dice: Dice, { startAt, stormUntil }: Span, share = 1): number =>
  startAt + MINUTE + dice.below((stormUntil - startAt) * share);

/** Violations as evaluation writes them, with what becomes of them. */
const drawViolations = (dice: Dice, span: Span, wearerId: string): Happening[] =>
  Array.from({ length: dice.pick([1, 1, 2]) }, (_, nth) => nth).flatMap((nth) => {
    const at = within(dice, span, 0.6);
    const changes = Array.from({ length: dice.pick([0, 0, 1, 2]) }, (): Happening => {
      // Often right after it, so that the two are worked on at once.
      const most = dice.happens(0.5) ? 20_000 : DAY / 4;
      const later = at + dice.below(Math.min(span.stormUntil - at, most));
      return { kind: 'violation-change', at: later, wearerId, nth, to: dice.pick(CHANGES) };
    });
    const isOldNews = dice.happens(0.15);
    return [{ kind: 'violation', at, wearerId, nth, isOldNews } satisfies Happening, ...changes];
  });

const drawStatuses = (dice: Dice, span: Span, wearerId: string): Happening[] => {
  const openAt = within(dice, span, 0.5);
  const opened: Happening = { kind: 'status', at: openAt, wearerId, strap: 'open' };
  const closedAt = openAt + dice.between(5, 60) * MINUTE;
  const isClosed = dice.happens(0.5);
  return isClosed ? [opened, { ...opened, at: closedAt, strap: 'closed' }] : [opened];
};

/** Documents that are changed, often by two people at the same moment; some of them are new. */
const drawPuts = (dice: Dice, span: Span, office: Office): Happening[] =>
  Array.from({ length: dice.between(0, 2) }).flatMap((): Happening[] => {
    const at = within(dice, span);
    const personIds = office.tempers.map((one) => one.personId);
    const [rotaId] = office.rotaIds;
    const id = dice.happens(0.3) ? 'another' : (rotaId ?? null);
    const draw = (): PutRequest =>
      id !== null && dice.happens(0.5)
        ? drawRota(dice, id, { startAt: span.startAt, personIds })
        : drawPolicy(dice, dice.pick(office.policyIds), { personIds, rotaIds: office.rotaIds });
    const put = draw();
    const rivals = Array.from({ length: dice.below(3) }, draw).filter(
      (rival) => rival.route === put.route,
    );
    return [put, ...rivals].map((one): Happening => ({ kind: 'put', at, put: one }));
  });

export const drawHappenings = (dice: Dice, span: Span, office: Office): Happening[] => {
  const days = (span.stormUntil - span.startAt) / DAY;
  const deploys = Math.round(span.deploysADay * days);
  const stops = office.tempers.filter(() => dice.happens(0.06));
  const all = [
    ...office.wearerIds.flatMap((wearerId) =>
      office.liveIds.includes(wearerId)
        ? drawStatuses(dice, span, wearerId)
        : drawViolations(dice, span, wearerId),
    ),
    ...drawPuts(dice, span, office),
    ...stops.map(({ personId }): Happening => ({ kind: 'stop', at: within(dice, span), personId })),
    ...Array.from(
      { length: deploys },
      (): Happening => ({ kind: 'deploy', at: within(dice, span) }),
    ),
  ];
  return all.sort((a, b) => a.at - b.at);
};
