import type { AlertId, HoldId, OrderId } from '../model/ids.ts';
import { DAY_SECONDS, earliest, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import { DATA_CLASSES, type DataClass } from './data-class.ts';
import { daysAfter, daysOf, type RetainedOrder, type RetentionPolicy } from './retention-policy.ts';

/** An order that is or was, as far as keeping goes by it. */
export type DatedOrder = RetainedOrder & Readonly<{ orderId: OrderId; endsAt: Instant | null }>;

/** What is known of a wearer when it is asked what may go. */
export type WearerFacts = Readonly<{
  at: Instant;
  policy: RetentionPolicy;
  orders: readonly DatedOrder[];
  /** Holds that nobody has released. */
  holds: readonly HoldId[];
  openAlerts: readonly AlertId[];
  openTasks: readonly string[];
  /** When something was last put on record of somebody who never had an order. */
  lastKnownAt: Instant;
}>;

/** Why nothing of a wearer goes, whatever its age. */
export type Standing =
  | Readonly<{ kind: 'under-hold'; holdIds: readonly HoldId[] }>
  | Readonly<{ kind: 'order-open'; orderId: OrderId; endsAt: Instant | null }>
  | Readonly<{ kind: 'alert-open'; alertIds: readonly AlertId[] }>
  | Readonly<{ kind: 'task-open'; taskIds: readonly string[] }>;

/** From when a class may go, and by which order; null: the wearer never had one. */
export type ClassPlan = Readonly<{
  dataClass: DataClass;
  days: number;
  mayGoAt: Instant;
  governedBy: OrderId | null;
}>;

const inFull = (count: number): string => count.toLocaleString('en-GB');

/** Why something of a class goes, for the record: on what its time rests. */
export const whyItGoes = ({ days, governedBy }: ClassPlan): string =>
  governedBy === null
    ? `${inFull(days)} days after the wearer was last put on record`
    : `${inFull(days)} days after order ${governedBy} ended, and after its own date`;

/** What becomes of a wearer's data: why it all stands, or from when each class may go. */
export type RetentionPlan = Readonly<{
  standing: readonly Standing[];
  classes: readonly ClassPlan[];
  /** When to look again by the clock; null: when what stands is over, or never. */
  nextAt: Instant | null;
}>;

const isOpen = ({ endsAt }: DatedOrder, at: Instant): boolean => endsAt === null || endsAt > at;

const some = <T>(found: readonly T[], told: (all: readonly T[]) => Standing): Standing[] =>
  found.length === 0 ? [] : [told(found)];

/** Everything for which nothing may go; none: time alone decides. */
const standingOf = ({ at, orders, holds, openAlerts, openTasks }: WearerFacts): Standing[] => [
  ...some(holds, (holdIds) => ({ kind: 'under-hold', holdIds })),
  ...orders
    .filter((order) => isOpen(order, at))
    .map(({ orderId, endsAt }): Standing => ({ kind: 'order-open', orderId, endsAt })),
  ...some(openAlerts, (alertIds) => ({ kind: 'alert-open', alertIds })),
  ...some(openTasks, (taskIds) => ({ kind: 'task-open', taskIds })),
];

const daysLater = (at: Instant, days: number): Instant => secondsAfter(at, days * DAY_SECONDS);

/** The order after which a class is kept the longest governs all of it. */
const planClass = (facts: WearerFacts, dataClass: DataClass): ClassPlan => {
  const { policy, orders, lastKnownAt, at } = facts;
  const own = daysOf(policy, dataClass);
  const never = { dataClass, days: own, mayGoAt: daysLater(lastKnownAt, own), governedBy: null };
  const plans = orders.map((order): ClassPlan => {
    const days = daysAfter(policy, dataClass, order);
    const mayGoAt = daysLater(order.endsAt ?? at, days);
    return { dataClass, days, mayGoAt, governedBy: order.orderId };
  });
  const [first = never, ...others] = plans;
  const last = others.reduce((one, plan) => (plan.mayGoAt > one.mayGoAt ? plan : one), first);
  // Another order never lets go sooner what came on record after all of them.
  return { ...last, days: Math.max(last.days, ...plans.map(({ days }) => days)) };
};

/**
 * What may go of a wearer, and from when. The wearer's own documents say whose all the rest is:
 * they may go when every other class may.
 */
export const planRetention = (facts: WearerFacts): RetentionPlan => {
  const standing = standingOf(facts);
  const planned = DATA_CLASSES.map((dataClass) => planClass(facts, dataClass));
  const lastAt = planned.reduce((last, { mayGoAt }) => laterOf(last, mayGoAt), facts.lastKnownAt);
  const classes = planned.map((plan) =>
    plan.dataClass === 'wearer' ? { ...plan, mayGoAt: laterOf(plan.mayGoAt, lastAt) } : plan,
  );
  const ahead = classes.map(({ mayGoAt }) => mayGoAt).filter((mayGoAt) => mayGoAt > facts.at);
  return { standing, classes, nextAt: standing.length > 0 ? null : earliest(ahead) };
};

/** Something that is held of a wearer, and its own date: when it was, or came on record. */
export type Piece = Readonly<{ dataClass: DataClass; name: string; at: Instant }>;

/** Why a piece stays. */
export type Stays =
  | Readonly<{ kind: 'standing'; standing: readonly Standing[] }>
  | Readonly<{ kind: 'too-early'; untilAt: Instant; governedBy: OrderId | null }>
  | Readonly<{ kind: 'others-first' }>;

export type PiecePlan<P extends Piece> = Readonly<{
  goes: readonly P[];
  stays: readonly Readonly<{ piece: P; because: Stays }>[];
}>;

/** From when a piece may go: after its class's time, and as many days after its own date. */
const pieceGoesAt = ({ mayGoAt, days }: ClassPlan, { at }: Piece): Instant =>
  laterOf(mayGoAt, daysLater(at, days));

const planPiece = (plan: RetentionPlan, piece: Piece, at: Instant): Stays | null => {
  const { standing, classes } = plan;
  if (standing.length > 0) return { kind: 'standing', standing };
  const own = classes.find(({ dataClass }) => dataClass === piece.dataClass);
  if (own === undefined) return { kind: 'others-first' };
  const untilAt = pieceGoesAt(own, piece);
  return untilAt > at ? { kind: 'too-early', untilAt, governedBy: own.governedBy } : null;
};

/**
 * Which of a wearer's pieces go at an instant, and why each of the others stays. The wearer's own
 * documents go only with, or after, the last of everything else: `isAll` says whether the pieces
 * are all that is held.
 */
export const planPieces = <P extends Piece>(
  plan: RetentionPlan,
  pieces: readonly P[],
  { at, isAll }: Readonly<{ at: Instant; isAll: boolean }>,
): PiecePlan<P> => {
  const judged = pieces.map((piece) => ({ piece, because: planPiece(plan, piece, at) }));
  const isWearer = ({ piece }: { piece: P }): boolean => piece.dataClass === 'wearer';
  const isSomeLeft = !isAll || judged.some((one) => !isWearer(one) && one.because !== null);
  const final = judged.map((one) =>
    isWearer(one) && isSomeLeft && one.because === null
      ? { ...one, because: { kind: 'others-first' } as const }
      : one,
  );
  return {
    goes: final.flatMap(({ piece, because }) => (because === null ? [piece] : [])),
    stays: final.flatMap(({ piece, because }) => (because === null ? [] : [{ piece, because }])),
  };
};
