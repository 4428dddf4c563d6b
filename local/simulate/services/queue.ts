import type { Agenda } from '../engine/agenda.ts';
import type { Dice } from '../engine/dice.ts';
import type { Weather } from '../engine/weather.ts';

type Message = { readonly id: string; readonly body: string; visibleAt: number; received: number };

/** What was taken: `done` ends a message, what is not ended comes again. */
export type Taken = Readonly<{ id: string; body: string; done: () => void }>;

export type QueueProps = Readonly<{
  name: string;
  agenda: Agenda;
  dice: Dice;
  weather: Weather;
  visibilitySeconds: number;
  mostReceives: number;
  /** Whether messages that wait for an instant are lost: the sweep must make that good. */
  losesDelayed: boolean;
  /** There may be something to take. */
  onVisible: () => void;
}>;

const MOST_TAKEN = 10;
const TWICE_WITHIN_MILLISECONDS = 180_000;
const LATE_MILLISECONDS = [1_000, 300_000] as const;

/** A standard queue: at least once, in any order, with delays, and dead letters behind it. */
export const simulatedQueue = (props: QueueProps) => {
  const { agenda, dice, weather } = props;
  const messages = new Map<string, Message>();
  const dead: string[] = [];
  let sent = 0;

  const put = (body: string, visibleAt: number): void => {
    sent += 1;
    const id = `${props.name}-${sent}`;
    messages.set(id, { id, body, visibleAt, received: 0 });
    agenda.at(visibleAt, props.onVisible);
  };

  const send = (body: string, delaySeconds = 0): void => {
    if (delaySeconds > 0 && props.losesDelayed) return;
    const at = agenda.now() + delaySeconds * 1000;
    const fault = weather.ofDelivery(props.name, delaySeconds > 0 ? ['twice', 'late'] : ['twice']);
    put(body, fault === 'late' ? at + dice.between(...LATE_MILLISECONDS) : at);
    if (fault === 'twice') put(body, at + dice.below(TWICE_WITHIN_MILLISECONDS));
  };

  const visible = (): Message[] =>
    [...messages.values()].filter(({ visibleAt }) => visibleAt <= agenda.now());

  const receive = (message: Message): Taken[] => {
    message.received += 1;
    if (message.received > props.mostReceives) {
      messages.delete(message.id);
      dead.push(message.body);
      return [];
    }
    message.visibleAt = agenda.now() + props.visibilitySeconds * 1000;
    agenda.at(message.visibleAt, props.onVisible);
    const { id, body } = message;
    return [{ id, body, done: () => messages.delete(id) }];
  };

  /** Takes some of what is visible, in any order. */
  const take = (): Taken[] => {
    const some = visible();
    const taken: Message[] = [];
    for (let left = dice.between(1, MOST_TAKEN); left > 0 && some.length > 0; left -= 1) {
      taken.push(...some.splice(dice.below(some.length), 1));
    }
    return taken.flatMap(receive);
  };

  return { name: props.name, send, take, dead, size: () => messages.size };
};
export type SimulatedQueue = ReturnType<typeof simulatedQueue>;
