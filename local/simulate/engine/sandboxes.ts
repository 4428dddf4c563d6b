import type { Agenda } from './agenda.ts';
import type { Dice } from './dice.ts';
import type { Caller } from './network.ts';

/** One process of a function. It works on one input at a time, and remembers between them. */
export type Sandbox = Caller & Readonly<{ now: () => number }>;

export type Handler = (input: unknown) => Promise<unknown>;

export type Outcome = Readonly<{ kind: 'answered'; answer: unknown } | { kind: 'failed' | 'died' }>;

export type FunctionProps = Readonly<{
  name: string;
  timeoutSeconds: number;
  /** So many at once. */
  mostAtOnce: number;
  start: (sandbox: Sandbox) => Handler;
  /** An invocation began or ended, and how. */
  onInvocation: (sandbox: Sandbox, how: 'begins' | Outcome['kind']) => void;
}>;

type Warm = Readonly<{ sandbox: Sandbox; handler: Handler }>;

const MOST_SKEW_MILLISECONDS = 400;
const FAILS_AFTER_MILLISECONDS = 150;

/** A deployed function: sandboxes that are started as they are needed, and may die at any time. */
export const simulatedFunction = (props: FunctionProps, agenda: Agenda, dice: Dice) => {
  const idle: Warm[] = [];
  const busy = new Map<Sandbox, (outcome: Outcome) => void>();
  let started = 0;
  let isDown = false;

  const start = (): Warm => {
    started += 1;
    const skew = dice.between(-MOST_SKEW_MILLISECONDS, MOST_SKEW_MILLISECONDS);
    const sandbox: Sandbox = {
      name: `${props.name}-${started}`,
      isAlive: true,
      now: () => agenda.now() + skew,
      die: () => {
        sandbox.isAlive = false;
        const end = busy.get(sandbox);
        busy.delete(sandbox);
        end?.({ kind: 'died' });
      },
    };
    return { sandbox, handler: props.start(sandbox) };
  };

  /** One that has died since its last answer, by a call that it had left behind, is passed over. */
  const takeIdle = (): Warm | undefined => {
    let warm = idle.pop();
    while (warm !== undefined && !warm.sandbox.isAlive) warm = idle.pop();
    return warm;
  };

  /** Gives a function something to work on; it comes back when that is done, failed or dead. */
  const invoke = (input: unknown): Promise<Outcome> =>
    new Promise((resolve) => {
      if (isDown) {
        agenda.after(FAILS_AFTER_MILLISECONDS, () => resolve({ kind: 'failed' }));
        return;
      }
      const warm = takeIdle() ?? start();
      const { sandbox, handler } = warm;
      const end = (outcome: Outcome): void => {
        if (busy.delete(sandbox)) idle.push(warm);
        props.onInvocation(sandbox, outcome.kind);
        resolve(outcome);
      };
      busy.set(sandbox, end);
      props.onInvocation(sandbox, 'begins');
      agenda.after(props.timeoutSeconds * 1000, () => {
        if (busy.get(sandbox) === end) sandbox.die();
      });
      handler(input).then(
        (answer) => sandbox.isAlive && end({ kind: 'answered', answer }),
        // Record: whoever gave the input decides whether it comes again.
        () => sandbox.isAlive && end({ kind: 'failed' }),
      );
    });

  return {
    name: props.name,
    invoke,
    isFree: () => busy.size < props.mostAtOnce,
    /** While it is down, as after a wrong deploy, nothing that it is given is worked on. */
    setDown: (to: boolean): void => {
      isDown = to;
    },
    /** All sandboxes are replaced: what runs is cut off. */
    replace: () => {
      for (const { sandbox } of idle.splice(0)) sandbox.die();
      for (const sandbox of [...busy.keys()]) sandbox.die();
    },
  };
};
export type SimulatedFunction = ReturnType<typeof simulatedFunction>;
