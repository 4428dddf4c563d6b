import { digest } from '../model/digest.ts';
import type { OrderId, WearerRef } from '../model/ids.ts';
import { type Instant, instant } from '../model/instant.ts';
import { type Activation, activationPhaseAt } from '../model/wearer.ts';
import type { Supervision } from './supervision.ts';

/** What was in force from an instant until the next era begins. */
export type Era = Readonly<{
  fromAt: Instant;
  /** Another one for whatever differs from the era before. */
  key: string;
  supervision: Supervision;
  /** Orders that had ended when it began. */
  endedOrders: ReadonlySet<OrderId>;
}>;

/**
 * Everything in force for a wearer, one era after another. Each event is judged under the era that
 * it was recorded in, whenever it arrives.
 */
export type Timeline = Readonly<{
  wearer: WearerRef;
  /** Changes with any version behind it. */
  key: string;
  activations: readonly Activation[];
  /** The earliest instant that it can tell of. */
  fromAt: Instant;
  /** Oldest first; the first holds for whatever lies before it, too. */
  eras: readonly [Era, ...Era[]];
}>;

/** One supervision for good, or several one after another. */
export type InForce = Supervision | Timeline;

const NO_ORDERS: ReadonlySet<OrderId> = new Set();

const eraOf = (supervision: Supervision, fromAt: Instant): Era => ({
  fromAt,
  key: digest(`${supervision.key} ${fromAt}`),
  supervision,
  endedOrders: NO_ORDERS,
});

/** Instants at which a device came off the wearer, each once, in order. */
export const activationEnds = (activations: readonly Activation[]): Instant[] => {
  const ends = activations.flatMap(({ endsAt }) => (endsAt === null ? [] : [endsAt]));
  return [...new Set(ends)].sort((a, b) => a - b);
};

/**
 * The devices that the wearer has on at an instant, and those that have come off by then. A device
 * put on within an era comes off at the end of it, though none was on as it began.
 */
export const devicesAt = (activations: readonly Activation[], at: Instant): unknown[] =>
  (['active', 'ended'] as const).map((phase) =>
    activations
      .filter((one) => activationPhaseAt(one, at) === phase)
      .map(({ activationId }) => activationId),
  );

const alwaysInForce = (supervision: Supervision): Timeline => {
  const { wearer, key, activations } = supervision;
  const first: Era = { ...eraOf(supervision, instant(0)), key };
  const rest = activationEnds(activations).map((at) => eraOf(supervision, at));
  return { wearer, key, activations, fromAt: instant(0), eras: [first, ...rest] };
};

export const timelineFrom = (inForce: InForce): Timeline =>
  'eras' in inForce ? inForce : alwaysInForce(inForce);

/** The eras from an instant on: at each edge another one, where anything differs from before. */
export const erasFrom = (
  sinceAt: Instant,
  edges: readonly Instant[],
  eraFrom: (fromAt: Instant) => Era,
): [Era, ...Era[]] => {
  const inOrder = [...new Set(edges)].sort((a, b) => a - b);
  const eras: [Era, ...Era[]] = [eraFrom(inOrder.findLast((at) => at <= sinceAt) ?? instant(0))];
  for (const at of inOrder.filter((edge) => edge > sinceAt)) {
    const era = eraFrom(at);
    if (era.key !== eras.at(-1)?.key) eras.push(era);
  }
  return eras;
};

/** What was in force at an instant. */
export const eraAt = ({ eras }: Timeline, at: Instant): Era =>
  eras.findLast(({ fromAt }) => fromAt <= at) ?? eras[0];

/** What comes into force next after an instant; null where nothing more is known to. */
export const nextEraAfter = ({ eras }: Timeline, at: Instant): Era | null =>
  eras.length === 1 ? null : (eras.find(({ fromAt }, i) => i > 0 && fromAt > at) ?? null);

/** The newest supervision that is known. */
export const newestSupervision = ({ eras }: Pick<Timeline, 'eras'>): Supervision =>
  (eras.at(-1) ?? eras[0]).supervision;

/** The last instant of the era before one that begins at `fromAt`. */
export const justBefore = (fromAt: Instant): Instant => instant(Math.max(0, fromAt - 1));
