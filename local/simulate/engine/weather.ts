import { chance } from '#local/worlds/chance.ts';
import { hashed } from './dice.ts';

/** What may go wrong with one call of a service. */
export type CallFault =
  /** Refused: throttled, or the service is in trouble. Nothing was done. */
  | 'refused'
  /** Done, but the answer never came. */
  | 'answer-lost'
  /** Done, the answer never came, and the SDK sent the same again. */
  | 'sent-twice'
  /** Given up by the caller, and done some seconds later all the same. */
  | 'done-late'
  | 'slow'
  /** The caller dies before anything was done, or right after it. */
  | 'dies-before'
  | 'dies-after'
  /** Another transaction was at the same item; of a batch, a part is refused. */
  | 'in-conflict';

/** What may go wrong with something that is delivered. */
export type DeliveryFault = 'twice' | 'late' | 'never';

export type Fault = CallFault | DeliveryFault | 'deploy' | 'down';

/** How bad it is, as probabilities. */
export type Climate = Readonly<{ calls: number; deliveries: number; deploysADay: number }>;

export type Weather = Readonly<{
  /** The fault of the next call, if any. */
  ofCall: (caller: string) => CallFault | null;
  /** `share`: how much more seldom than others it is. */
  ofDelivery: (
    where: string,
    kinds: readonly DeliveryFault[],
    share?: number,
  ) => DeliveryFault | null;
  /** Notes a fault of another kind; whether it may take place. */
  allows: (fault: Fault, where: string) => boolean;
  /** From now on nothing goes wrong any more. */
  clearUp: () => void;
  /** Every fault that took place, under its occasion. */
  happened: readonly Happened[];
}>;

export type Happened = Readonly<{ id: string; fault: Fault; at: number; where: string }>;

const CALL_FAULTS: readonly CallFault[] = [
  ...(['refused', 'answer-lost', 'sent-twice', 'done-late'] as const),
  ...(['slow', 'dies-before', 'dies-after', 'in-conflict'] as const),
];

export type WeatherProps = Readonly<{
  seed: number;
  climate: () => Climate;
  now: () => number;
  log: (line: string) => void;
  /** The only faults that may take place; null: all. So a failing run gets simpler. */
  only: ReadonlySet<string> | null;
}>;

/** Decides what goes wrong: by the seed and the occasion alone, so that one changes no other. */
export const weather = ({ seed, climate, now, only, log }: WeatherProps): Weather => {
  const happened: Happened[] = [];
  const counts = new Map<string, number>();
  let isClear = false;

  /** The next occasion somewhere, such as the third call of a sandbox. */
  const occasionOf = (where: string): string => {
    const count = (counts.get(where) ?? 0) + 1;
    counts.set(where, count);
    return `${where}/${count}`;
  };

  const note = (fault: Fault, where: string, id: string): boolean => {
    if (isClear || only?.has(id) === false) return false;
    log(`FAULT ${id}: ${fault}`);
    happened.push({ id, fault, at: now(), where });
    return true;
  };

  const strikes = <T extends Fault>(share: number, where: string, kinds: readonly T[]) => {
    const id = occasionOf(where);
    const key = hashed(id);
    if (chance(seed, key, 1) >= share) return null;
    const fault = kinds[Math.floor(chance(seed, key, 2) * kinds.length)];
    return fault !== undefined && note(fault, where, id) ? fault : null;
  };

  return {
    ofCall: (caller) => strikes(climate().calls, caller, CALL_FAULTS),
    ofDelivery: (where, kinds, share = 1) => strikes(climate().deliveries * share, where, kinds),
    allows: (fault, where) => note(fault, where, occasionOf(where)),
    clearUp: () => {
      isClear = true;
    },
    happened,
  };
};
