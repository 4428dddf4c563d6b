import { between } from '#local/worlds/chance.ts';
import type { Agenda } from './agenda.ts';
import { type Dice, hashed } from './dice.ts';
import type { CallFault, Weather } from './weather.ts';

/** Whoever calls services: it may die at any call, and then no answer reaches it. */
export type Caller = { readonly name: string; isAlive: boolean; die: () => void };

/** Does what a command asks, at once, or throws as the service does. */
export type Service = (command: object) => object;

type Trouble = 'ServiceUnavailable' | 'TimeoutError';

/** What a service throws that is in trouble, or whose answer does not come. */
export class Unanswered extends Error {
  constructor(name: Trouble) {
    super('the service did not answer as it should');
    this.name = name;
  }
}

type Outcome = Readonly<{ answer: object } | { error: unknown }>;

const outcomeOf = (service: Service, command: object): Outcome => {
  try {
    return { answer: service(command) };
  } catch (error) {
    // Record: the caller gets it as the service's answer.
    return { error };
  }
};

export type NetworkProps = Readonly<{
  agenda: Agenda;
  weather: Weather;
  dice: Dice;
  seed: number;
  /** The service's own error of a conflict, for a command that can have one. */
  conflictOf: (command: object) => unknown;
  /** Whether the SDK sends a repeat under a token by which the service knows it. */
  isRecognised: (command: object) => boolean;
}>;

type Range = readonly [least: number, most: number];
const USUAL_MILLISECONDS: Range = [2, 25];
const SLOW_MILLISECONDS: Range = [1_000, 40_000];
const LATE_MILLISECONDS: Range = [500, 90_000];

type Settle = Readonly<{ resolve: (answer: object) => void; reject: (error: unknown) => void }>;

/** The way of every call: it takes its time, and something may go wrong with it. */
export const network = (props: NetworkProps) => {
  const { agenda, weather, dice } = props;

  const calls = new Map<string, number>();
  /** How long a call takes follows from its caller and number alone: so one changes no other. */
  const nextKey = ({ name }: Caller): number => {
    const count = (calls.get(name) ?? 0) + 1;
    calls.set(name, count);
    return hashed(`${name} ${count}`);
  };

  const end = (caller: Caller, outcome: Outcome, { resolve, reject }: Settle): void => {
    if (!caller.isAlive) return;
    if ('error' in outcome) reject(outcome.error);
    else resolve(outcome.answer);
  };

  const failed = (name: Trouble): Outcome => ({ error: new Unanswered(name) });

  const twice = (service: Service, command: object): Outcome => {
    const first = outcomeOf(service, command);
    const isKnown = 'answer' in first && props.isRecognised(command);
    return isKnown ? first : outcomeOf(service, command);
  };

  /** What a call with a fault does, and what its caller hears of it. */
  const faulty = (fault: CallFault, service: Service, command: object): Outcome => {
    switch (fault) {
      case 'refused':
      case 'dies-before':

      case 'answer-lost':
        outcomeOf(service, command);
        return failed('TimeoutError');
      case 'sent-twice':
        return twice(service, command);
      case 'done-late':
        agenda.after(dice.between(...LATE_MILLISECONDS), () => outcomeOf(service, command));
        return failed('TimeoutError');
      case 'in-conflict': {
        const conflict = props.conflictOf(command);
        return conflict === null ? failed('ServiceUnavailable') : { error: conflict };
      }
      case 'slow':
      case 'dies-after':
        return outcomeOf(service, command);
      default:
        return fault satisfies never;
    }
  };

  /** Sends a command to a service for somebody, who gets its answer if they live to hear it. */
  return (caller: Caller, service: Service, command: object): Promise<object> =>
    new Promise((resolve, reject) => {
      if (!caller.isAlive) return;
      const fault = weather.ofCall(caller.name);
      const range = fault === 'slow' ? SLOW_MILLISECONDS : USUAL_MILLISECONDS;
      agenda.after(Math.round(between(...range, props.seed, nextKey(caller))), () => {
        // What was sent may arrive although its sender has died.
        if (!caller.isAlive && dice.happens(0.5)) return;
        const outcome =
          fault === null ? outcomeOf(service, command) : faulty(fault, service, command);
        if (fault === 'dies-before' || fault === 'dies-after') caller.die();
        end(caller, outcome, { resolve, reject });
      });
    });
};
export type Network = ReturnType<typeof network>;
