import type { Page } from '#domain/model/alert.ts';
import type { FeedEvent } from '#functions/adapters/dynamodb/liaison-feed-items.ts';
import { sizes } from '#lib/verbs.ts';
import type { Agenda } from '../engine/agenda.ts';
import type { Dice } from '../engine/dice.ts';
import type { Network } from '../engine/network.ts';
import { type Sandbox, type SimulatedFunction, simulatedFunction } from '../engine/sandboxes.ts';
import { clientsOf, type Services } from '../services/clients.ts';
import { simulatedVoice } from '../services/messaging.ts';
import { type Published, simulatedSns } from '../services/topics.ts';
import type { SimulatedVerb } from './environment.ts';
import { startFunction } from './functions.ts';
import { responseOf, testDeviceRequest } from './requests.ts';

/** A message that SNS took, and the page that it was sent for; null: a nudge, or none. */
export type Told = Published & Readonly<{ at: number; page: Page | null }>;

export type DeployedProps = Readonly<{
  agenda: Agenda;
  dice: Dice;
  network: Network;
  services: Omit<Services, 'sns' | 'voice'>;
  optedOut: ReadonlySet<string>;
  onTold: (told: Told) => void;
  pageOf: (event: FeedEvent) => Page | null;
  log: (line: string) => void;
}>;

const VERBS: readonly SimulatedVerb[] = [
  'canary',
  ...(['ingest', 'evaluate', 'escalate', 'notify', 'deliver'] as const),
  ...(['reply', 'sweep', 'api', 'audit'] as const),
];
const MOST_AT_ONCE = 3;

/** Every function, wired as it is deployed. */
export const deployFunctions = (props: DeployedProps) => {
  const { agenda, dice, log } = props;
  const chances = dice.named('secrets');
  const sendings = new Map<Sandbox, Page | null>();
  let published = 0;
  const nextId = (): string => {
    published += 1;
    return `provider-${published}`;
  };
  const watching = {
    log: (sandbox: Sandbox, line: string) => log(`${sandbox.name}: ${line}`),
    sending: (sandbox: Sandbox, page: Page | null) => void sendings.set(sandbox, page),
    pageOf: props.pageOf,
    pause: (milliseconds: number) =>
      new Promise<void>((resolve) => agenda.after(Math.ceil(milliseconds), () => resolve())),
    post: async (body: string) => {
      const answer = responseOf(await functionOf('ingest').invoke(testDeviceRequest(body)));
      if (answer === null) return { status: 503, body: null };
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    },
    chance: (bytes: number) => Buffer.from(Array.from({ length: bytes }, () => chances.below(256))),
  };
  const deployOne = (verb: SimulatedVerb): SimulatedFunction => {
    const start = (sandbox: Sandbox) => {
      // What is given up may be done all the same, when something else is being sent.
      const sentFor = new WeakMap<object, Page>();
      const network: Network = (caller, service, command) => {
        const page = sendings.get(sandbox) ?? null;
        if (page !== null) sentFor.set(command, page);
        return props.network(caller, service, command);
      };
      const onPublished = (one: Published, command: object): void =>
        props.onTold({ ...one, at: agenda.now(), page: sentFor.get(command) ?? null });
      const sns = simulatedSns({ optedOut: props.optedOut, nextId, onPublished });
      const voice = simulatedVoice({ nextId, onPublished });
      const clients = clientsOf(network, sandbox, { ...props.services, sns, voice });
      return startFunction(verb, { sandbox, clients }, watching);
    };
    const onInvocation = (sandbox: Sandbox, how: string) => log(`${sandbox.name} ${how}`);
    const { timeoutSeconds } = sizes[verb];
    const made = { name: verb, timeoutSeconds, mostAtOnce: MOST_AT_ONCE, start, onInvocation };
    return simulatedFunction(made, agenda, dice);
  };
  const deployed = new Map(VERBS.map((verb) => [verb, deployOne(verb)]));
  const functionOf = (verb: SimulatedVerb): SimulatedFunction => {
    const found = deployed.get(verb);
    if (found === undefined) throw new Error(`${verb} is not simulated`);
    return found;
  };
  /** A deploy: every sandbox is replaced, whatever it is at. */
  const replaceAll = (): void => {
    for (const one of deployed.values()) one.replace();
  };
  return { functionOf, replaceAll };
};
