import type { Dice } from '../engine/dice.ts';
import type { PutRequest } from './office.ts';

/** Somebody outside who is told of alerts, and how they behave. */
export type Outsider = Readonly<{
  liaisonId: string;
  /** Whether it is sent what it is told; else it fetches. */
  isPushed: boolean;
  /** What it has to keep to where it has to accept each incident; null: it need not. */
  acceptance: Readonly<{ receiptSeconds: number; acceptSeconds: number; policyId: string }> | null;
  /** How far its clock is ahead of ours; behind, where that is below 0. */
  aheadMilliseconds: number;
  /** How often its system says nothing of an event that it has. */
  losesReceipts: number;
  /** How late what it says may come. */
  mostMillisecondsLate: number;
}>;

/** Beside the force, whom an order may name. */
const OTHERS = [
  ['victims', 'victim-liaison'],
  ['support', 'support-service'],
  ['panel', 'mappa-panel'],
  ['crown-court', 'court'],
] as const;

const FORCE = 'met';
const MOST_APART_MILLISECONDS = 295_000;
const CLASSES = ['device-care', 'welfare'];

const drawAcceptance = (dice: Dice, policyIds: readonly string[]): Outsider['acceptance'] => ({
  receiptSeconds: dice.pick([10, 30, 60, 120]),
  acceptSeconds: dice.pick([30, 120, 600]),
  policyId: dice.pick(policyIds),
});

const drawOutsider = (
  dice: Dice,
  liaisonId: string,
  acceptance: Outsider['acceptance'],
): Outsider => ({
  ...{ liaisonId, acceptance, isPushed: dice.happens(0.7) },
  aheadMilliseconds: dice.pick([
    ...[0, -MOST_APART_MILLISECONDS, MOST_APART_MILLISECONDS],
    dice.between(-MOST_APART_MILLISECONDS, MOST_APART_MILLISECONDS),
  ]),
  losesReceipts: dice.pick([0, 0.1, 0.5, 1]),
  mostMillisecondsLate: dice.pick([2_000, 30_000, 400_000]),
});

const putOf = (kind: string, { liaisonId, isPushed, acceptance }: Outsider): PutRequest => ({
  route: '/v1/liaisons/{liaisonId}',
  path: { liaisonId },
  body: {
    ...{ kind, name: liaisonId, acceptance, classes: CLASSES },
    fields: kind === 'police' ? ['person', 'finding', 'power'] : ['finding', 'outcome'],
    legalBasis: 'Data Protection Act 2018, Part 3',
    purpose: 'Response to breaches of monitored conditions',
    delivery: { by: isPushed ? 'topic' : 'pull' },
  },
});

/** Who is told outside: the force, which may have to accept, and in some worlds others. */
export const drawOutside = (
  dice: Dice,
  policyIds: readonly string[],
): Readonly<{ outsiders: readonly Outsider[]; puts: readonly PutRequest[] }> => {
  const acceptance = dice.happens(0.45) ? drawAcceptance(dice, policyIds) : null;
  const drawn = drawOutsider(dice, FORCE, acceptance);
  const force = acceptance === null ? { ...drawn, isPushed: true } : drawn;
  const others = dice.happens(0.35)
    ? OTHERS.map(([liaisonId, kind]) => ({ kind, is: drawOutsider(dice, liaisonId, null) }))
    : [];
  const all = [{ kind: 'police', is: force }, ...others];
  return { outsiders: all.map(({ is }) => is), puts: all.map(({ kind, is }) => putOf(kind, is)) };
};

/** Whom an order names beside its force. */
export const drawNamed = (dice: Dice, outsiders: readonly Outsider[]): object[] =>
  outsiders
    .filter(({ liaisonId }) => liaisonId !== FORCE && dice.happens(0.6))
    .map(({ liaisonId }) => ({ liaisonId }));
